/** What a screen keeps covered, in clear: asked each time, so that the audit has each time. */
import type { Reader } from '../../domain/records.ts'
import type { AskedAt, Stores } from './stores.ts'

interface RevealedReader {
  readonly reader: Pick<Reader, 'id'>
  readonly name: string
  readonly cardNumber: string
  readonly phone: string | null
}

export function revealReader(
  { replica }: Stores,
  { readerId }: { readonly readerId: string },
  _asked: AskedAt,
): RevealedReader | null {
  const reader = replica.rows.row('reader', readerId)
  if (reader === null) return null
  const { id, name, cardNumber, phone } = reader
  return { reader: { id }, name, cardNumber, phone }
}
