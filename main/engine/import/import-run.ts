/**
 * One import of one file, which a kill or a cancel interrupts and the next import of the same file
 * goes on with. The place is no number somewhere: each batch has a request id that follows from the
 * run and from what the batch holds, so a batch that the log has is answered by the log, with the
 * counts of then, and is never done twice. What was done before is read again, at reading speed.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'

import type { ImportedRecord } from '../../../domain/operations/import-titles.ts'
import type { Outbox } from '../../../db/outbox/outbox.ts'
import type { ReadingChoices } from './record-reading.ts'

export interface ImportRun {
  /** An earlier import of this file did not come to its end. */
  readonly isGoingOn: boolean
  /** Of the next batch, in the order in which they are read. */
  readonly nextRequestId: (batch: readonly ImportedRecord[]) => string
  /** The file was read to its end: imported again, it is imported again. */
  readonly end: () => void
}

type Settings = Pick<Outbox, 'setting' | 'saveSetting'>

/** Choices decide what a batch holds. Throws what the file system throws. */
export async function beginImportRun(
  settings: Settings,
  path: string,
  { format, profile, encoding }: ReadingChoices,
): Promise<ImportRun> {
  const content = await contentHash(path)
  const name = `import-run:${content}:${format}:${profile}:${encoding}`
  const before = settings.setting(name)
  const run = before ?? randomUUID().slice(-12)
  if (before === null) settings.saveSetting(name, run)
  let number = 0
  return {
    isGoingOn: before !== null,
    nextRequestId(batch) {
      number += 1
      return `import-${run}-${number}-${batchHash(batch)}`
    },
    end: () => settings.saveSetting(name, null),
  }
}

/** 10 GB are read in half a minute: little beside what their import takes. */
async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk as Uint8Array)
  }
  return hash.digest('hex').slice(0, 32)
}

/** A later program may cut a file into other batches: those are not taken for the ones of then. */
function batchHash(batch: readonly ImportedRecord[]): string {
  const hash = createHash('sha256')
  for (const { title, bib, items } of batch) {
    hash.update(`${title.controlNumber}\n${title.title}\n${bib.fields.length}\n${items.length}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}
