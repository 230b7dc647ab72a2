/** A file of records, its format found by looking at how it begins. */
import { readIso2709 } from './iso2709-reading.ts'
import { readMarcXml } from './marc-xml-reading.ts'
import type { Chunks, Portion, ReadingChoices } from './record-reading.ts'

const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])
const ANGLE = 0x3c

const isXml = (chunk: Uint8Array): boolean => chunk.find((byte) => !BLANKS.has(byte)) === ANGLE

async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>): Chunks {
  try {
    yield first
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value
    }
  } finally {
    // Left early, the file must be closed all the same.
    await rest.return?.()
  }
}

/** Never holds more than one chunk and one record. Throws what the stream throws. */
export async function* readRecords(
  chunks: Chunks,
  choices: ReadingChoices,
): AsyncGenerator<Portion> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const all = withFirst(first.value, iterator)
  const isMarcXml =
    choices.format === 'marcxml' || (choices.format === 'auto' && isXml(first.value))
  yield* isMarcXml ? readMarcXml(all, choices) : readIso2709(all, choices)
}
