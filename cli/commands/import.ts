/** `citydesk import FILE…` */
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'

import { READING_FAULTS_EN, READING_FAULTS_ZH } from '../../domain/marc/reading-faults.ts'
import { importFile } from '../../main/engine/import/import-file.ts'
import type { ImportCounts } from '../../main/engine/import/import-file.ts'
import { beginImportRun } from '../../main/engine/import/import-run.ts'
import type { ReadingChoices, Remark } from '../../main/engine/import/record-reading.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { UnusableInput } from '../command.ts'
import type { Command, CommandEnvironment, CommandOutcome } from '../command.ts'
import { withDesk } from '../with-desk.ts'
import { readingChoices, readingHelp, readingOptions } from './reading-options.ts'

const HELP = `FILE… [--dry-run]
${readingHelp}
  --dry-run                                reads and checks, writes nothing

Files are opened before anything is taken in: one that cannot be read ends the command (status 2).
Files packed with gzip or zstd are read as they are; places are those of their contents.
What is not a file of records (a table, a picture, an archive, an empty file) is refused by name.

An import that was cancelled or killed goes on where it was when the same file is imported again with
the same options: nothing is done twice, and the counts are those of the whole file.

JSON: { read, imported, updated, recovered, items, resumed,
  refused: [{ record, offset, reason, message, messageZh }] };
resumed: records that an interrupted import of the same file had brought in before;
with several files each refusal also names its file.`

interface FileReport {
  readonly path: string
  readonly counts: ImportCounts
  /** Records that were in already. */
  readonly resumed: number
}

export const importTitles: Command = {
  name: 'import',
  summary: 'Takes catalogue records in, with the items of their 905 or 852 fields.',
  help: HELP,
  options: { ...readingOptions, 'dry-run': { type: 'boolean' } },
  run: async (paths, values, environment) => {
    if (paths.length === 0) throw new UnusableInput('import needs a FILE')
    const choices = readingChoices(values)
    for (const path of paths) await expectReadable(path)
    const importAll = async (desk: Headless | null): Promise<CommandOutcome> => {
      const reports: FileReport[] = []
      for (const path of paths) {
        if (!environment.signal.aborted) {
          reports.push(await importOne(desk, path, choices, environment))
        }
      }
      return outcomeOf(reports, environment)
    }
    return values['dry-run'] === true ? importAll(null) : withDesk(environment, importAll)
  },
}

/** Without a desk it is read only. */
async function importOne(
  desk: Headless | null,
  path: string,
  choices: ReadingChoices,
  environment: CommandEnvironment,
): Promise<FileReport> {
  const source = basename(path).slice(0, 200)
  const { size } = await stat(path)
  let resumed = 0
  const run = desk === null ? null : await beginImportRun(desk.stores.outbox, path, choices)
  const counts = await importFile({
    ...choices,
    path,
    isDryRun: desk === null,
    submit: async (batch) => {
      if (desk === null || run === null) throw new Error('a dry run submits nothing')
      const requestId = run.nextRequestId(batch)
      if (run.isGoingOn && desk.stores.outbox.byRequestId(requestId) !== null) {
        resumed += batch.length
      }
      return desk.submitImport(batch, source, requestId)
    },
    onRemark: (remark) => environment.log(remarkLine(path, remark)),
    onProgress: environment.isJson
      ? () => undefined
      : progressTeller(source, size, (line) => environment.log(line)),
    refusedMax: Number.POSITIVE_INFINITY,
    signal: environment.signal,
  })
  if (!environment.signal.aborted) run?.end()
  return { path, counts, resumed }
}

const TOLD_EVERY_MS = 2000

/** First when a batch is in: who started it sees that it works. */
function progressTeller(
  source: string,
  totalBytes: number,
  tell: (line: string) => void,
): (counts: Readonly<ImportCounts>) => void {
  const began = performance.now()
  let toldAt = began
  return ({ readBytes, read, imported, updated }) => {
    const now = performance.now()
    const isFirstBatch = toldAt === began && imported + updated > 0
    if (!isFirstBatch && now - toldAt < TOLD_EVERY_MS) return
    toldAt = now
    const share = Math.min(1, readBytes / totalBytes)
    const leftMs = share === 0 ? 0 : ((now - began) / share) * (1 - share)
    tell(`${source}: ${Math.floor(share * 100)} %, ${read} records, ${leftText(leftMs)} left`)
  }
}

function leftText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 90) return `${seconds} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** Throws what the file system throws, and UnusableInput for a folder. */
async function expectReadable(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    if ((await file.stat()).isDirectory()) throw new UnusableInput(`${path} is a folder`)
  } finally {
    await file.close()
  }
}

function remarkLine(path: string, { record, code, about }: Remark): string {
  const place = record === null ? path : `${path}: record ${record}`
  return about === null ? `${place}: ${code}` : `${place}: ${code} (${about})`
}

function outcomeOf(reports: readonly FileReport[], { signal }: CommandEnvironment): CommandOutcome {
  const sum = (field: 'read' | 'imported' | 'updated' | 'recovered' | 'items'): number =>
    reports.reduce((total, { counts }) => total + counts[field], 0)
  const refused = reports.flatMap(({ path, counts }) =>
    counts.refused.map((entry) => ({
      ...(reports.length > 1 ? { file: path } : {}),
      ...entry,
      message: READING_FAULTS_EN[entry.reason],
      messageZh: READING_FAULTS_ZH[entry.reason],
    })),
  )
  const json = {
    read: sum('read'),
    imported: sum('imported'),
    updated: sum('updated'),
    recovered: sum('recovered'),
    items: sum('items'),
    resumed: reports.reduce((total, { resumed }) => total + resumed, 0),
    refused,
  }
  const lines = [
    `${json.read} read, ${json.imported} imported, ${json.updated} updated, ${json.items} items, ` +
      `${json.recovered} recovered, ${refused.length} refused`,
    ...refused.map(
      ({ record, offset, reason, message, messageZh }) =>
        `record ${record} at byte ${offset}: ${reason} (${message} · ${messageZh})`,
    ),
    ...(json.resumed > 0 ? [`${json.resumed} of them were in before: the import went on`] : []),
    ...(signal.aborted ? ['cancelled: the same command goes on from here'] : []),
  ]
  return { exit: refused.length > 0 || signal.aborted ? 1 : 0, json, text: lines.join('\n') }
}
