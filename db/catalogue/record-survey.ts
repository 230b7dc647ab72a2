/** Full records read by the thousand: linted, or shown as a fix would leave them. */
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { fixedContent } from '../../domain/marc/batch-fix.ts'
import { recordContext } from '../../domain/marc/lint-finding.ts'
import { lintRecord } from '../../domain/marc/lint.ts'
import type { Bib } from '../../domain/records.ts'
import type { Statement } from '../open.ts'
import type { FaultOfRecord, FixedRecord, LintedPiece, Surveys } from './survey-messages.ts'
import { unpackBib } from './bib-rows.ts'

type Sql = (text: string) => Statement

/** About 0.1 s: who asks for a preview meanwhile waits no longer. */
const RECORDS_A_PIECE = 1_000

interface BibRow {
  readonly number: number
  readonly id: string
  readonly body: string
}

export function lintRecords(sql: Sql, { ids, after, year }: Surveys['lint']['ask']): LintedPiece {
  const rows =
    ids === null
      ? (sql('SELECT number, id, body FROM bib WHERE number > ? ORDER BY number LIMIT ?').all(
          after,
          RECORDS_A_PIECE,
        ) as BibRow[])
      : bibRows(sql, ids)
  const faulty = rows.flatMap(({ id, body }) => {
    const faults = faultsOf(unpackBib(id, body), year)
    return faults.length === 0 ? [] : [{ id, faults }]
  })
  const isEnd = ids !== null || rows.length < RECORDS_A_PIECE
  return { readCount: rows.length, faulty, next: isEnd ? null : (rows.at(-1)?.number ?? null) }
}

const bibRows = (sql: Sql, ids: readonly string[]): BibRow[] =>
  sql(
    'SELECT number, id, body FROM bib WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number',
  ).all(JSON.stringify(ids)) as BibRow[]

function faultsOf(bib: Bib, year: number): FaultOfRecord[] {
  const found = lintRecord(bibToMarcRecord(bib), bib.profile, recordContext(year))
  const worst = new Map<string, FaultOfRecord>()
  for (const { rule, severity } of found) {
    if (worst.get(rule)?.severity !== 'error') worst.set(rule, { rule, severity })
  }
  return [...worst.values()]
}

export const fixRecords = (
  sql: Sql,
  { ids, fix, year }: Surveys['fix']['ask'],
): readonly FixedRecord[] =>
  bibRows(sql, ids).flatMap(({ id, body }) => {
    const { profile, leader, fields } = unpackBib(id, body)
    const before = { leader, fields }
    const after = fixedContent({ profile, ...before }, fix, year)
    return after === null ? [] : [{ id, profile, before, after }]
  })
