/** What a desk called done and the city refused is in front of a person, with what was promised. */
import type { LedgerOperation } from '../../../server/storage/ledger-storage.ts'
import type { CityRows } from './city-rows.ts'
import { rowIn } from './table.ts'

/** Nobody is told that these are done: the program asks, or the screen waits for the city. */
const untold = new Set(['reader.welcome', 'lease.request', 'lease.return'])

interface Body {
  readonly payload: { readonly exception?: string; readonly settlement?: string }
  readonly promised?: { readonly dueOn?: string }
}

const exceptionOf = (id: string): string => `${id}.x-request-refused`

/** I22: looked at when the outcome is written. */
export function untoldBroken(
  { id, kind, outcome, body }: LedgerOperation,
  { rows }: CityRows,
): string[] {
  const told = rowIn(rows, 'exception', exceptionOf(id))
  if (outcome !== 'refused') {
    return told === null ? [] : [`I22 ${id} has outcome ${outcome} and is told as refused`]
  }
  if (untold.has(kind))
    return told === null ? [] : [`I22 ${id} was told to nobody and stands there`]
  const { payload, promised } = JSON.parse(body) as Body
  if (told === null) {
    const { exception = '', settlement } = payload
    const settled = rowIn(rows, 'exception', exception)
    const isSoAlready = kind === 'exception.settle' && settled?.settlement === settlement
    return isSoAlready ? [] : [`I7 ${id} was called done, is refused, and nobody is told`]
  }
  const said = JSON.stringify(told.evidence?.findings)
  return promised?.dueOn === undefined || said.includes(promised.dueOn)
    ? []
    : [`I28 ${id} promised ${promised.dueOn}, and its exception does not say so`]
}

/** I28: at the end the slip is in front of a person, or counts, or a person decided otherwise. */
export function brokenPromise({ rows }: CityRows, id: string, printed: string | null): string[] {
  if (printed === null) return []
  const told = rowIn(rows, 'exception', exceptionOf(id))
  if (told === null) return [`I28 ${id} printed ${printed}, was refused, and nobody is told`]
  const loan = told.loanId === null ? null : rowIn(rows, 'loan', told.loanId)
  const isHonoured = told.settlement === 'later-date'
  return isHonoured && loan !== null && loan.returnedAt === null && loan.dueOn < printed
    ? [`I28 ${id} printed ${printed}, which was to stand, and kept is ${loan.dueOn}`]
    : []
}
