/** A file of records, its format found by looking at how it begins. */
import { readIso2709 } from './iso2709-reading.ts'
import { readMarcXml } from './marc-xml-reading.ts'
import type { Chunks, Portion, ReadingChoices } from './record-reading.ts'

const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])
const ANGLE = 0x3c

const isXml = (chunk: Uint8Array): boolean => chunk.find((byte) => !BLANKS.has(byte)) === ANGLE

const UTF_16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const

/** By its mark, or by the zero in every second byte of what would be a leader in digits. */
const isUtf16 = (chunk: Uint8Array): boolean =>
  UTF_16_MARKS.some(([first, second]) => chunk[0] === first && chunk[1] === second) ||
  [0, 1].some((odd) =>
    [0, 2, 4, 6, 8].every((at) => chunk[at + odd] === 0 && chunk[at + 1 - odd] !== 0),
  )

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
  if (isUtf16(first.value)) {
    await iterator.return?.()
    // Neither format counts in 16 bits: cut at bytes, every record of it would be refused in vain.
    const refused = { record: 1, offset: 0, reason: 'encoding-utf-16' }
    yield { readBytes: first.value.length, readings: [{ refused }] }
    return
  }
  const all = withFirst(first.value, iterator)
  const isMarcXml =
    choices.format === 'marcxml' || (choices.format === 'auto' && isXml(first.value))
  yield* isMarcXml ? readMarcXml(all, choices) : readIso2709(all, choices)
}
