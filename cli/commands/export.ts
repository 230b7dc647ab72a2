/** `citydesk export` */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { CalendarDate, startOf } from '../../domain/words/calendar-date.ts'
import { exportTitles as writeTitles } from '../../main/engine/export/export-titles.ts'
import type {
  ExportForm,
  ExportGone,
  ExportRefusal,
  ExportReport,
  TitleSelection,
} from '../../main/engine/export/export-titles.ts'
import { mergedIntoOf } from '../../main/engine/export/merged-into.ts'
import { UnusableInput, choice, textOption } from '../command.ts'
import type { Command, CommandEnvironment, CommandOutcome, OptionValues } from '../command.ts'
import { openDraftFile, standardOutput } from '../draft-file.ts'
import { withDesk } from '../with-desk.ts'

const EXTENSIONS = { iso2709: 'mrc', marcxml: 'xml', csv: 'csv' } as const

export const exportTitles: Command = {
  name: 'export',
  summary: 'Writes titles to a file: their full records, or a table.',
  help: `[--format iso2709|marcxml|csv] [--encoding utf-8|gb18030|gbk] [--out FILE] [--query Q | --numbers LIST | --since DATE]
  Without options: every title as ISO 2709 in UTF-8, into a new file of the present folder,
  citydesk-export-YYYYMMDD-HHMMSS.mrc; the report names it.
  --query Q       every title that a search for Q answers
  --numbers LIST  a file with a control number or an ISBN a line
  --since DATE    what changed since the beginning of that day (YYYY-MM-DD), as this desk heard it,
                  its own changes included; without any of the three, all titles. What was deleted or
                  merged away since then is told in the report, and its record stands at the end of
                  the file as it was, with leader status d (deleted); a table has no such lines
  --profile as-held|cnmarc|marc21
                  each record in the format it came in (the default), or crossed over to one format:
                  what it has no field for is listed under losses
  --out FILE      '-' is standard output, without --json
  --bom           csv in utf-8: with the mark by which Excel knows it

A character that the encoding lacks is never dropped: its record is refused, the others are written.

A desk that began with a file of the city knows changes from that moment on: asked since an earlier
day it exports every title, and says so (changesKnownSince, epoch ms, else null).

JSON: { file, format, encoding, exported, changesKnownSince, bytes, refusedCount, refused: [{ id, controlNumber, reason,
tag, unmappable: [{ tag, occurrence, code, index, character }] }], lossCount, losses: [{ id,
controlNumber, field, reason }], unknownCount, unknown: [number],
goneCount, gone: [{ id, controlNumber, title, mergedIntoId, mergedIntoControlNumber }], goneKnownSince }; lists end at 10000 entries.`,
  options: {
    query: { type: 'string' },
    numbers: { type: 'string' },
    since: { type: 'string' },
    format: { type: 'string' },
    encoding: { type: 'string' },
    profile: { type: 'string' },
    bom: { type: 'boolean' },
    out: { type: 'string' },
  },
  run: async (_words, values, environment) => {
    const form = formOf(values)
    const out = outOf(values, form, environment)
    const report = await write(environment, selectionOf(values), form, out)
    return outcomeOf(report, form, out, environment.signal.aborted)
  },
}

function outcomeOf(
  report: ExportReport,
  { format, encoding }: ExportForm,
  out: string,
  isCancelled: boolean,
): CommandOutcome {
  const { exported, refusedCount, refused, lossCount, losses, unknownCount, unknown } = report
  const file = out === '-' || isCancelled ? null : resolve(out)
  const lines = [
    `${exported} exported, ${refusedCount} refused, ${lossCount} losses`,
    ...(file === null ? [] : [file]),
    ...(report.changesKnownSince === null
      ? []
      : [
          `changes are known here since ${new Date(report.changesKnownSince).toISOString()}: ` +
            'every title was taken',
        ]),
    ...refused.map(refusalLine),
    ...losses.map(
      ({ id, controlNumber, field, reason }) => `${controlNumber ?? id}: ${field} ${reason}`,
    ),
    ...report.gone.map(goneLine),
    ...(report.goneKnownSince === null
      ? []
      : [
          `what left is known here since ${new Date(report.goneKnownSince).toISOString()}: ` +
            'earlier leavings are not told',
        ]),
    ...unknown.map((number) => `${number}: no title has this number`),
    ...(isCancelled ? ['cancelled: nothing was written'] : []),
  ]
  return {
    exit: refusedCount > 0 || unknownCount > 0 || isCancelled ? 1 : 0,
    json: { file, format, encoding, ...report },
    text: out === '-' ? '' : lines.join('\n'),
  }
}

/** A file that is there already is overwritten only where somebody named it. */
function outOf(values: OptionValues, { format }: ExportForm, { isJson }: CommandEnvironment) {
  const named = textOption(values, 'out')
  if (named === '-' && isJson) {
    throw new UnusableInput('--out - and --json both write to standard output')
  }
  if (named !== null) return named
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const name = `citydesk-export-${stamp}`
  const extension = EXTENSIONS[format]
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? `${name}.${extension}` : `${name}-${number}.${extension}`
    if (!existsSync(path)) return path
  }
}

function formOf(values: OptionValues): ExportForm {
  const format = choice(values, 'format', ['iso2709', 'marcxml', 'csv'], 'iso2709')
  const encoding = choice(values, 'encoding', ['utf-8', 'gb18030', 'gbk'], 'utf-8')
  const profile = choice(values, 'profile', ['as-held', 'cnmarc', 'marc21'], 'as-held')
  const hasBom = values['bom'] === true
  if (hasBom && (format !== 'csv' || encoding !== 'utf-8')) {
    throw new UnusableInput('--bom is for csv in utf-8')
  }
  return format === 'csv' ? { format, encoding, hasBom } : { format, encoding, profile }
}

function selectionOf(values: OptionValues): TitleSelection {
  const query = textOption(values, 'query')
  const list = textOption(values, 'numbers')
  const since = textOption(values, 'since')
  if ([query, list, since].filter((given) => given !== null).length > 1) {
    throw new UnusableInput('one of --query, --numbers and --since')
  }
  if (query !== null) return { of: 'query', text: query.slice(0, 400) }
  if (since !== null) return { of: 'changes', since: beginningOf(since) }
  if (list === null) return { of: 'all' }
  const lines = readFileSync(list, 'utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
  return { of: 'numbers', numbers: lines.map((line) => line.trim()).filter((line) => line !== '') }
}

/** Epoch ms of the city's midnight. */
function beginningOf(date: string): number {
  const day = CalendarDate.safeParse(date)
  if (!day.success) throw new UnusableInput(`--since ${date}: a day as YYYY-MM-DD`)
  return startOf(day.data)
}

async function write(
  environment: CommandEnvironment,
  selection: TitleSelection,
  form: ExportForm,
  out: string,
): Promise<ExportReport> {
  const { signal } = environment
  const file = out === '-' ? standardOutput() : await openDraftFile(out)
  try {
    const report = await withDesk(environment, ({ stores: { catalogue, replica } }) => {
      const mergedInto = mergedIntoOf(replica.row)
      return writeTitles({ catalogue, mergedInto, selection, form, put: file.put, signal })
    })
    if (signal.aborted) file.discard()
    else await file.finish()
    return report
  } catch (error) {
    file.discard()
    throw error
  }
}

const goneLine = ({
  id,
  controlNumber,
  mergedIntoId,
  mergedIntoControlNumber,
}: ExportGone): string =>
  mergedIntoId === null
    ? `${controlNumber ?? id}: deleted`
    : `${controlNumber ?? id}: merged into ${mergedIntoControlNumber ?? mergedIntoId}`

const refusalLine = ({ id, controlNumber, reason, tag, unmappable }: ExportRefusal): string =>
  [
    `${controlNumber ?? id}: ${reason}${tag === null ? '' : ` in ${tag}`}`,
    ...unmappable.map(
      ({ tag: at, occurrence, code, index, character }) =>
        `  ${at}[${occurrence + 1}]${code === null ? '' : ` $${code}`} character ${index + 1}: ${character}`,
    ),
  ].join('\n')
