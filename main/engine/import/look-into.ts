/** How a file begins → what it seems to be, told before its import begins. */
import type { ImportLook } from '../../../contract/import-shapes.ts'
import { recordToBrief } from '../../../domain/marc/brief.ts'
import type { ReadingFault } from '../../../domain/marc/reading-faults.ts'
import { readRecords } from './read-records.ts'
import type { Reading, ReadingChoices, RecordRead } from './record-reading.ts'
import { isPacked } from './unpacked-chunks.ts'

const TITLES_MAX = 5
/** A packed file's beginning may hold very many. */
const RECORDS_MAX = 2000

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** `isWhole`: the file ends with `head`. */
export async function lookInto(
  head: Uint8Array,
  isWhole: boolean,
  choices: ReadingChoices,
): Promise<ImportLook> {
  const readings: Reading[] = []
  for await (const portion of readRecords(onePiece(head), choices)) {
    readings.push(...portion.readings)
    if (readings.length >= RECORDS_MAX) break
  }
  const fault = fileFault(readings)
  const seen = isWhole || fault !== null ? readings : withoutCutEnd(readings)
  const read = seen.filter((reading): reading is RecordRead => 'record' in reading)
  return {
    fault,
    isPacked: isPacked(head),
    records: read.length,
    refusedCount: seen.length - read.length,
    profiles: counted(read.map(({ profile }) => profile)),
    encodings: counted(read.map(({ encoding }) => encoding)),
    isEncodingGuessed: read.some(({ remarks }) =>
      remarks.some(({ code }) => code === 'encoding-guessed'),
    ),
    titles: read.flatMap(titleOf).slice(0, TITLES_MAX),
  }
}

const WHOLE_FILE: ReadonlySet<ReadingFault> = new Set<ReadingFault>([
  'encoding-utf-16',
  'encoding-unknown',
  'document-type-refused',
])

/** What is wrong with the file is told as its only record. */
function fileFault(readings: readonly Reading[]): string | null {
  const [first, second] = readings
  if (first === undefined || second !== undefined || !('refused' in first)) return null
  const { reason } = first.refused
  const isOfFile = reason.startsWith('file-') || WHOLE_FILE.has(reason)
  return isOfFile && reason !== 'file-packed-damaged' ? reason : null
}

/** The last record, and the packing, end where the look ends. */
function withoutCutEnd(readings: readonly Reading[]): readonly Reading[] {
  const last = readings.findLastIndex((reading) => 'record' in reading)
  return readings.slice(0, last + 1)
}

const titleOf = ({ record, profile }: RecordRead): string[] => {
  const { title } = recordToBrief(record, profile)
  return title === null ? [] : [title.slice(0, 200)]
}

function counted<T extends string>(names: readonly T[]) {
  const countByName = new Map<T, number>()
  for (const name of names) countByName.set(name, (countByName.get(name) ?? 0) + 1)
  return [...countByName]
    .map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count)
}
