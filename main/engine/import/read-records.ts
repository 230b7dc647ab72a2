/** A file of records, its format found by looking at how it begins. */
import { HEAD_BYTES, fileKind } from './file-kind.ts'
import { readIso2709 } from './iso2709-reading.ts'
import { readMarcXml } from './marc-xml-reading.ts'
import type { Chunks, Portion, Reading, ReadingChoices } from './record-reading.ts'
import { DamagedPacking, unpacked } from './unpacked-chunks.ts'

interface Begun {
  readonly head: Uint8Array
  readonly isWhole: boolean
}

/** As much as tells what the file is. */
async function begin(rest: AsyncIterator<Uint8Array>): Promise<Begun> {
  const chunks: Uint8Array[] = []
  let length = 0
  while (length < HEAD_BYTES) {
    const next = await rest.next()
    if (next.done === true) return { head: Buffer.concat(chunks), isWhole: true }
    // Copied: who fills the stream may use its buffer again.
    chunks.push(next.value.slice())
    length += next.value.length
  }
  return { head: Buffer.concat(chunks), isWhole: false }
}

async function* withHead(head: Uint8Array, rest: AsyncIterator<Uint8Array>): Chunks {
  try {
    yield head
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value
    }
  } finally {
    // Left early, the file must be closed all the same.
    await rest.return?.()
  }
}

/**
 * Never holds more than one chunk and one record. Of a packed file offsets are those of its contents,
 * `readBytes` its own. Throws what the stream throws.
 */
export async function* readRecords(file: Chunks, choices: ReadingChoices): AsyncGenerator<Portion> {
  const { chunks, readBytes } = unpacked(file)
  let record = 0
  let offset = 0
  let isDamaged = false
  async function* measured(): Chunks {
    try {
      for await (const chunk of chunks) {
        offset += chunk.length
        yield chunk
      }
    } catch (error) {
      if (!(error instanceof DamagedPacking)) throw error
      isDamaged = true
    }
  }
  for await (const readings of readingsOf(measured(), choices)) {
    record += readings.length
    yield { readBytes: readBytes(), readings }
  }
  if (!isDamaged) return
  const refused = { record: record + 1, offset, reason: 'file-packed-damaged' } as const
  yield { readBytes: readBytes(), readings: [{ refused }] }
}

async function* readingsOf(
  chunks: Chunks,
  choices: ReadingChoices,
): AsyncGenerator<readonly Reading[]> {
  const iterator = chunks[Symbol.asyncIterator]()
  const { head, isWhole } = await begin(iterator)
  const kind = fileKind(head, isWhole)
  if ('fault' in kind && (choices.format === 'auto' || isHopeless(kind.fault))) {
    await iterator.return?.()
    yield [{ refused: { record: 1, offset: 0, reason: kind.fault } }]
    return
  }
  const all = withHead(head, iterator)
  const format = choices.format === 'auto' && 'format' in kind ? kind.format : choices.format
  yield* format === 'marcxml'
    ? readMarcXml(all, choices, 'encoding' in kind ? kind.encoding : null)
    : readIso2709(all, choices)
}

/** No choice of a format makes records of it. */
const isHopeless = (fault: string): boolean => fault === 'encoding-utf-16' || fault === 'file-empty'
