/** `citydesk import FILE…` */
import { open } from 'node:fs/promises'
import { basename } from 'node:path'

import { READING_FAULTS_EN, READING_FAULTS_ZH } from '../../domain/marc/reading-faults.ts'
import { importFile } from '../../main/engine/import/import-file.ts'
import type { ImportCounts, ImportSubmitted } from '../../main/engine/import/import-file.ts'
import type { Remark } from '../../main/engine/import/record-reading.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { UnusableInput } from '../command.ts'
import type { Command, CommandEnvironment, CommandOutcome } from '../command.ts'
import { withDesk } from '../with-desk.ts'
import { readingChoices, readingHelp, readingOptions } from './reading-options.ts'

type Submit = (batch: readonly ImportedRecord[], source: string) => Promise<ImportSubmitted>

const nothingSubmitted: ImportSubmitted = { imported: 0, updated: 0, items: 0, takenBarcodes: [] }

export const importTitles: Command = {
  name: 'import',
  summary: 'Takes catalogue records in, with the items of their 905 or 852 fields.',
  help: `FILE… [--dry-run]
${readingHelp}
  --dry-run                                reads and checks, writes nothing

Files are opened before anything is taken in: one that cannot be read ends the command (status 2).
What is not a file of records (a table, a picture, an archive, an empty file) is refused by name.

JSON: { read, imported, updated, recovered, items,
  refused: [{ record, offset, reason, message, messageZh }] };
with several files each refusal also names its file.`,
  options: { ...readingOptions, 'dry-run': { type: 'boolean' } },
  run: async (paths, values, environment) => {
    if (paths.length === 0) throw new UnusableInput('import needs a FILE')
    const choices = readingChoices(values)
    for (const path of paths) await expectReadable(path)
    const isDryRun = values['dry-run'] === true
    const importAll = async (submit: Submit): Promise<CommandOutcome> => {
      const reports: { path: string; counts: ImportCounts }[] = []
      for (const path of paths) {
        const source = basename(path).slice(0, 200)
        const counts = await importFile({
          ...choices,
          path,
          isDryRun,
          submit: (batch) => submit(batch, source),
          onRemark: (remark) => environment.log(remarkLine(path, remark)),
          refusedMax: Number.POSITIVE_INFINITY,
          signal: environment.signal,
        })
        reports.push({ path, counts })
      }
      return outcomeOf(reports, environment)
    }
    if (isDryRun) return importAll(() => Promise.resolve(nothingSubmitted))
    return withDesk(environment, (desk) =>
      importAll((batch, source) => Promise.resolve(desk.submitImport(batch, source))),
    )
  },
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

function outcomeOf(
  reports: readonly { path: string; counts: ImportCounts }[],
  { signal }: CommandEnvironment,
): CommandOutcome {
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
    refused,
  }
  const lines = [
    `${json.read} read, ${json.imported} imported, ${json.updated} updated, ${json.items} items, ` +
      `${json.recovered} recovered, ${refused.length} refused`,
    ...refused.map(
      ({ record, offset, reason, message, messageZh }) =>
        `record ${record} at byte ${offset}: ${reason} (${message} · ${messageZh})`,
    ),
    ...(signal.aborted ? ['cancelled'] : []),
  ]
  return { exit: refused.length > 0 || signal.aborted ? 1 : 0, json, text: lines.join('\n') }
}
