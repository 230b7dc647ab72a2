/** A file of records → batches of `title.import`: streamed, cancelled between batches, counted. */
import { createReadStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

import { IMPORT_BATCH_MAX } from '../../../domain/operations/import-titles.ts'
import type { ImportedRecord } from '../../../domain/operations/import-titles.ts'
import { jsonBytes, jsonBytesMax, toImportedRecord } from './imported-record.ts'
import { readRecords } from './read-records.ts'
import type { Chunks, Reading, ReadingChoices, RecordRefused, Remark } from './record-reading.ts'

export interface ImportSubmitted {
  readonly imported: number
  readonly updated: number
  readonly items: number
  /** Barcodes that belong to another item already; these items were left out. */
  readonly takenBarcodes: readonly string[]
}

export interface ImportCounts {
  readBytes: number
  read: number
  imported: number
  updated: number
  recovered: number
  items: number
  refusedCount: number
  /** The first `refusedMax`. */
  refused: RecordRefused[]
}

export interface ImportOptions extends ReadingChoices {
  readonly path?: string
  readonly stream?: Chunks
  /** Reads and counts, submits nothing. */
  readonly isDryRun: boolean
  /** At most IMPORT_BATCH_MAX records; performs `title.import`. */
  readonly submit: (batch: readonly ImportedRecord[]) => Promise<ImportSubmitted>
  readonly onProgress?: (counts: Readonly<ImportCounts>) => void
  readonly onRemark?: (remark: Remark) => void
  readonly refusedMax?: number
  /** Aborted: what was submitted stays, nothing more is. */
  readonly signal?: AbortSignal
}

const REFUSED_MAX = 200
/**
 * JSON bytes of a batch. An operation travels whole: it has to stay far below the server's 8 MiB
 * and within one push of the desk. A record alone may be larger (100 KB of GB 18030 are 150 KB).
 */
export const BATCH_BYTES_MAX = 1_000_000

/**
 * Answers with the counts, also where it was cancelled. Throws what the file system or `submit`
 * throws.
 */
export async function importFile(options: ImportOptions): Promise<ImportCounts> {
  const { submit, onProgress, onRemark, signal } = options
  const refusedMax = options.refusedMax ?? REFUSED_MAX
  const counts: ImportCounts = {
    readBytes: 0,
    read: 0,
    imported: 0,
    updated: 0,
    recovered: 0,
    items: 0,
    refusedCount: 0,
    refused: [],
  }
  const batch = new Batch()

  const refuse = (refused: RecordRefused): void => {
    counts.refusedCount += 1
    if (counts.refused.length < refusedMax) counts.refused.push(refused)
  }
  const take = async (reading: Reading): Promise<void> => {
    counts.read += 1
    if ('refused' in reading) {
      refuse(reading.refused)
      return
    }
    const made = toImportedRecord(reading)
    if ('reason' in made) {
      refuse({ record: reading.number, offset: reading.offset, reason: made.reason })
      return
    }
    if (reading.isRecovered) counts.recovered += 1
    for (const remark of [...reading.remarks, ...made.remarks]) onRemark?.(remark)
    if (batch.isFullWith(made.imported)) await flush()
    batch.push(made.imported)
  }
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return
    const full = batch.take()
    if (!options.isDryRun) {
      const submitted = await submit(full)
      counts.imported += submitted.imported
      counts.updated += submitted.updated
      counts.items += submitted.items
      for (const barcode of submitted.takenBarcodes) {
        onRemark?.({ record: null, offset: null, code: 'barcode-taken', about: barcode })
      }
    }
    // Batches are performed on the engine's thread: a loan at the desk comes in between.
    await setImmediate()
  }

  for await (const { readBytes, readings } of readRecords(chunksOf(options), options)) {
    counts.readBytes = readBytes
    for (const reading of readings) {
      if (signal?.aborted === true) return counts
      await take(reading)
      if (batch.length < IMPORT_BATCH_MAX) continue
      await flush()
      onProgress?.(snapshotOf(counts))
    }
    if (signal?.aborted === true) return counts
    onProgress?.(snapshotOf(counts))
  }
  await flush()
  onProgress?.(snapshotOf(counts))
  return counts
}

class Batch {
  #records: ImportedRecord[] = []
  /** At least what the JSON takes; measured exactly only where this comes near the limit. */
  #bytes = 0

  get length(): number {
    return this.#records.length
  }

  isFullWith(record: ImportedRecord): boolean {
    if (this.length === 0 || this.#bytes + jsonBytesMax(record) <= BATCH_BYTES_MAX) return false
    this.#bytes = this.#records.reduce((sum, one) => sum + jsonBytes(one), 0)
    return this.#bytes + jsonBytes(record) > BATCH_BYTES_MAX
  }

  push(record: ImportedRecord): void {
    this.#records.push(record)
    this.#bytes += jsonBytesMax(record)
  }

  take(): ImportedRecord[] {
    const records = this.#records
    this.#records = []
    this.#bytes = 0
    return records
  }
}

const snapshotOf = (counts: ImportCounts): ImportCounts => ({
  ...counts,
  refused: [...counts.refused],
})

function chunksOf({ path, stream }: ImportOptions): Chunks {
  if (stream !== undefined) return stream
  if (path === undefined) throw new Error('importFile needs a path or a stream')
  return createReadStream(path, { highWaterMark: 256 * 1024 })
}
