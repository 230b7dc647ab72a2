/** `citydesk export` */
import { readFileSync } from 'node:fs'

import { exportTitles as writeTitles } from '../../main/engine/export/export-titles.ts'
import type {
  ExportForm,
  ExportRefusal,
  ExportReport,
  TitleSelection,
} from '../../main/engine/export/export-titles.ts'
import { UnusableInput, choice, requiredOption, textOption } from '../command.ts'
import type { Command, CommandEnvironment, OptionValues } from '../command.ts'
import { openDraftFile } from '../draft-file.ts'
import { withDesk } from '../with-desk.ts'

export const exportTitles: Command = {
  name: 'export',
  summary: 'Writes titles to a file: their full records, or a table.',
  help: `--format iso2709|marcxml|csv --encoding utf-8|gb18030|gbk --out FILE [--query Q | --numbers LIST]
  --query Q       every title that a search for Q answers
  --numbers LIST  a file with a control number or an ISBN a line
                  without either, all titles
  --bom           csv in utf-8: with the mark by which Excel knows it

A character that the encoding lacks is never dropped: its record is refused, the others are written.
MARC21 has no word for GB 18030: who reads such a file has to be told (import --encoding gb18030).
The desk does not know when a title changed, so there is no export of changes since a date.

JSON: { exported, refused: [{ id, controlNumber, reason, tag, unmappable: [{ tag, occurrence, code,
index, character }] }], unknown: [number] }`,
  options: {
    query: { type: 'string' },
    numbers: { type: 'string' },
    format: { type: 'string' },
    encoding: { type: 'string' },
    bom: { type: 'boolean' },
    out: { type: 'string' },
  },
  run: async (_words, values, environment) => {
    const form = formOf(values)
    const out = requiredOption(values, 'out')
    const report = await write(environment, selectionOf(values), form, out)
    const { exported, refused, unknown } = report
    const isCancelled = environment.signal.aborted
    return {
      exit: refused.length > 0 || unknown.length > 0 || isCancelled ? 1 : 0,
      json: report,
      text: [
        `${exported} exported, ${refused.length} refused`,
        ...refused.map(refusalLine),
        ...unknown.map((number) => `${number}: no title has this number`),
        ...(isCancelled ? ['cancelled: nothing was written'] : []),
      ].join('\n'),
    }
  },
}

function formOf(values: OptionValues): ExportForm {
  const format = choice(values, 'format', ['iso2709', 'marcxml', 'csv'])
  const encoding = choice(values, 'encoding', ['utf-8', 'gb18030', 'gbk'], 'utf-8')
  const hasBom = values['bom'] === true
  if (hasBom && (format !== 'csv' || encoding !== 'utf-8')) {
    throw new UnusableInput('--bom is for csv in utf-8')
  }
  return format === 'csv' ? { format, encoding, hasBom } : { format, encoding }
}

function selectionOf(values: OptionValues): TitleSelection {
  const query = textOption(values, 'query')
  const list = textOption(values, 'numbers')
  if (query !== null && list !== null) throw new UnusableInput('--query or --numbers, not both')
  if (query !== null) return { of: 'query', text: query.slice(0, 400) }
  if (list === null) return { of: 'all' }
  const lines = readFileSync(list, 'utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
  return { of: 'numbers', numbers: lines.map((line) => line.trim()).filter((line) => line !== '') }
}

async function write(
  environment: CommandEnvironment,
  selection: TitleSelection,
  form: ExportForm,
  out: string,
): Promise<ExportReport> {
  const { signal } = environment
  const file = await openDraftFile(out)
  try {
    const report = await withDesk(environment, ({ stores: { catalogue } }) =>
      writeTitles({ catalogue, selection, form, put: file.put, signal }),
    )
    if (signal.aborted) file.discard()
    else await file.finish()
    return report
  } catch (error) {
    file.discard()
    throw error
  }
}

const refusalLine = ({ id, controlNumber, reason, tag, unmappable }: ExportRefusal): string =>
  [
    `${controlNumber ?? id}: ${reason}${tag === null ? '' : ` in ${tag}`}`,
    ...unmappable.map(
      ({ tag: at, occurrence, code, index, character }) =>
        `  ${at}[${occurrence + 1}]${code === null ? '' : ` $${code}`} character ${index + 1}: ${character}`,
    ),
  ].join('\n')
