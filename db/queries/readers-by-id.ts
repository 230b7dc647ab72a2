/** Whose identity card was read: by the keyed hash alone, on this desk's own rows. */
import { standingReader } from '../../domain/reader-facts.ts'
import { gatherFrom } from '../replica/load-facts.ts'
import { readerToRow } from './find-readers.ts'
import type { ReaderRow } from './find-readers.ts'
import type { AskedAt, Stores } from './stores.ts'

/** One person, with every record a desk made by mistake; more is a defect of the rows. */
const READERS_MAX = 20

interface Ask {
  readonly idNumberHash: string
}

/** By card number; a record that became part of another is told by that one. */
export function readersById(
  { replica: { rows } }: Stores,
  { idNumberHash }: Ask,
  _asked: AskedAt,
): readonly ReaderRow[] {
  const tail = 'WHERE idNumberHash = ? ORDER BY cardNumber, id LIMIT ?'
  const found = rows
    .select('reader', tail, idNumberHash, READERS_MAX)
    .flatMap((reader) => gatherFrom(rows, standingReader(reader)) ?? [])
  const byId = new Map(found.map((reader) => [reader.id, readerToRow(reader)]))
  return [...byId.values()]
}
