/** `citydesk export` */
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { choice, requiredOption, textOption } from '../command.ts'
import type { Command } from '../command.ts'
import { openRecordWriter } from '../record-writer.ts'
import type { RecordForm } from '../record-writer.ts'
import { withDesk } from '../with-desk.ts'

const PAGE = 500

export const exportTitles: Command = {
  name: 'export',
  summary: 'Writes the full records of titles to a file.',
  help: `--format iso2709|marcxml --encoding utf-8|gb18030 --out FILE [--query Q]
  --query Q    only the first 500 titles that a search for Q finds; without it, all

JSON: { exported, refused: [{ id, reason }] }`,
  options: {
    query: { type: 'string' },
    format: { type: 'string' },
    encoding: { type: 'string' },
    out: { type: 'string' },
  },
  run: async (_words, values, environment) => {
    const form: RecordForm = {
      format: choice(values, 'format', ['iso2709', 'marcxml']),
      encoding: choice(values, 'encoding', ['utf-8', 'gb18030'], 'utf-8'),
    }
    const out = requiredOption(values, 'out')
    const query = textOption(values, 'query')
    const report = await withDesk(environment, (desk) => write(desk, query, out, form))
    const { exported, refused } = report
    return {
      exit: refused.length > 0 ? 1 : 0,
      json: report,
      text: [
        `${exported} exported, ${refused.length} refused`,
        ...refused.map(({ id, reason }) => `${id}: ${reason}`),
      ].join('\n'),
    }
  },
}

async function write(desk: Headless, query: string | null, out: string, form: RecordForm) {
  const refused: { id: string; reason: string }[] = []
  let exported = 0
  const writer = await openRecordWriter(out, form)
  try {
    for await (const id of titleIds(desk, query)) {
      const bib = desk.stores.catalogue.bib(id)
      const reason =
        bib === null ? 'record-missing' : await writer.write(bibToMarcRecord(bib), bib.profile)
      if (reason === null) exported += 1
      else refused.push({ id, reason })
    }
    await writer.finish()
    return { exported, refused }
  } catch (error) {
    writer.discard()
    throw error
  }
}

async function* titleIds(desk: Headless, query: string | null): AsyncGenerator<string> {
  if (query !== null) {
    const ask = { text: query.slice(0, 400), limit: PAGE }
    const found = await desk.ask('search-titles', ask)
    for (const { id } of found.rows) yield id
    return
  }
  for (let after: number | null = 0; after !== null;) {
    const page = desk.stores.catalogue.titlesAfter(after, PAGE)
    for (const { id } of page.titles) yield id
    after = page.next
  }
}
