import { createHmac } from 'node:crypto'

import { normaliseIdNumber } from '../domain/words/id-number.ts'
import type { Rows } from './replica/rows.ts'

/**
 * What is kept of an ID number: its HMAC-SHA-256 under the city's key, in hex, the same at every desk.
 * Null for less than a number has in any country.
 */
export function idNumberHashOf(rows: Rows, text: string): string | null {
  const number = normaliseIdNumber(text)
  if (number.length < 8) return null
  const key = rows.row('policy', 'city')?.cardHashKey ?? ''
  return createHmac('sha256', Buffer.from(key, 'hex')).update(`id:${number}`).digest('hex')
}
