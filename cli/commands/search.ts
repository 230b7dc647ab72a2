/** `citydesk search QUERY` */
import { UnusableInput, countOption } from '../command.ts'
import type { Command } from '../command.ts'
import { withDesk } from '../with-desk.ts'
import type { Headless } from '../../main/engine/headless.ts'

const LIMIT_DEFAULT = 20

export const search: Command = {
  name: 'search',
  summary:
    'Searches titles by hanzi, pinyin, initials, author, any number, class, call number or barcode.',
  help: `QUERY [--limit N]

JSON: { total, spelledAs, rows: [{ id, title, author, year, isbn, callNumber }], ms }`,
  options: { limit: { type: 'string' } },
  run: async (words, values, environment) => {
    if (words.length === 0) throw new UnusableInput('search needs a QUERY')
    const limit = countOption(values, 'limit', LIMIT_DEFAULT)
    const text = words.join(' ').slice(0, 400)
    return withDesk(environment, async (desk) => {
      const found = await desk.ask('search-titles', { text, limit })
      const rows = await Promise.all(
        found.rows.map(async ({ id, title, author, year, isbn }) => ({
          id,
          title,
          author,
          year,
          isbn,
          callNumber: await callNumberOf(desk, id),
        })),
      )
      const lines = rows.map(({ title, author, year, callNumber }) =>
        [title, author, year, callNumber].filter((part) => part !== null).join(' / '),
      )
      const read = found.spelledAs === null ? [] : [`read as ${found.spelledAs}`]
      const total = `${found.total}${found.isTotalExact ? '' : '+'} found in ${found.ms.toFixed(1)} ms`
      return {
        exit: 0,
        json: { total: found.total, spelledAs: found.spelledAs, rows, ms: found.ms },
        text: [...read, ...lines, total].join('\n'),
      }
    })
  },
}

/** Of the first item that has one. */
async function callNumberOf(desk: Headless, titleId: string): Promise<string | null> {
  const card = await desk.ask('title-card', { titleId })
  return card?.items.find(({ item }) => item.callNumber !== null)?.item.callNumber ?? null
}
