/** Full records ⇄ rows, and the numbers that they are found by. */
import type { Bib } from '../../domain/records.ts'
import { recordNumbersOf } from '../../domain/search/record-numbers.ts'
import type { Statement } from '../open.ts'

type BibField = Bib['fields'][number]
/** `[tag, indicators, value, code, value, code, value …]`: half the length of named fields. */
type PackedField = [tag: string, indicators: string | null, value: string | null, ...rest: string[]]

export const packBib = ({ profile, leader, fields }: Bib): string =>
  JSON.stringify([
    profile,
    leader,
    fields.map(({ tag, indicators, value, subfields }): PackedField => [
      tag,
      indicators,
      value,
      ...subfields.flatMap((subfield) => [subfield.code, subfield.value]),
    ]),
  ])

export function unpackBib(id: string, body: string): Bib {
  const [profile, leader, packed] = JSON.parse(body) as [Bib['profile'], string, PackedField[]]
  const fields = packed.map(([tag, indicators, value, ...rest]): BibField => {
    const subfields: BibField['subfields'] = []
    for (let at = 0; at + 1 < rest.length; at += 2) {
      subfields.push({ code: rest[at] ?? '', value: rest[at + 1] ?? '' })
    }
    return { tag, indicators, value, subfields }
  })
  return { id: id as Bib['id'], profile, leader, fields }
}

type Sql = (text: string) => Statement

export function readBib(sql: Sql, id: string): Bib | null {
  const body = sql('SELECT body FROM bib WHERE id = ?').pluck().get(id) as string | undefined
  return body === undefined ? null : unpackBib(id, body)
}

/** The record keeps its number for as long as it is there. `changedAt`: epoch ms, this desk's own. */
export function writeBib(sql: Sql, bib: Bib, changedAt: number): void {
  const number = numberOf(sql, bib.id)
  if (number === undefined) sql('DELETE FROM goneBib WHERE id = ?').run(bib.id)
  else forgetNumbers(sql, bib.id, number)
  const written = sql(
    `INSERT INTO bib (id, body, changedAt) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, changedAt = excluded.changedAt
     RETURNING number`,
  )
    .pluck()
    .get(bib.id, packBib(bib), changedAt) as number
  for (const key of recordNumbersOf(bib))
    sql('INSERT INTO bibByNumber VALUES (?, ?)').run(key, written)
}

/** What it was stays known. `goneAt`: epoch ms, this desk's own. */
export function removeBib(sql: Sql, id: string, goneAt: number): void {
  const number = numberOf(sql, id)
  if (number === undefined) return
  sql('INSERT OR REPLACE INTO goneBib SELECT id, body, ? FROM bib WHERE number = ?').run(
    goneAt,
    number,
  )
  forgetNumbers(sql, id, number)
  sql('DELETE FROM bib WHERE number = ?').run(number)
}

const numberOf = (sql: Sql, id: string): number | undefined =>
  sql('SELECT number FROM bib WHERE id = ?').pluck().get(id) as number | undefined

function forgetNumbers(sql: Sql, id: string, number: number): void {
  const bib = readBib(sql, id)
  for (const key of bib === null ? [] : recordNumbersOf(bib)) {
    sql('DELETE FROM bibByNumber WHERE key = ? AND bib = ?').run(key, number)
  }
}
