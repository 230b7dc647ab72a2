/** A monthly taken at the tiny city's desk, and what is done with it. */
import { put } from '../../domain/change.ts'
import type { OperationKind, PayloadOf } from '../../domain/operations/index.ts'
import { SerialPattern } from '../../domain/serials/pattern-shapes.ts'
import type { IssueLabel } from '../../domain/serials/pattern-shapes.ts'
import { labelOf } from '../../domain/serials/predict.ts'
import { issueIdOf } from '../../domain/serial-records.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { BRANCH, aTitle } from './city.ts'
import { aShelf, performOn, rowOf } from './decide.ts'
import type { CtxParts, Shelf } from './decide.ts'

/** A monthly of 2026, on the 5th, numbered from 1. */
export const aPattern = (parts: object = {}): SerialPattern =>
  SerialPattern.parse({
    frequency: 'monthly',
    firstOn: '2026-01-05',
    firstOrdinal: 1,
    weekdays: [],
    monthDays: [],
    skippedMonths: [],
    combined: [],
    numbering: 'year',
    firstNumber: null,
    volume: null,
    wholeNumber: null,
    ...parts,
  })

export const day = (text: string): CalendarDate => CalendarDate.parse(text)

export const SUBSCRIPTION = 'desk-a.1.1.r1'
export const cataloguer = { role: 'cataloguer' } as const

export type Step = readonly [OperationKind, object, CtxParts?]

/** Of the monthly, two copies of each issue. */
export const terms = (parts: object = {}): object => ({
  endsOn: '2026-12-31',
  issn: '1005-1805',
  shelf: '报刊阅览区',
  callNumber: 'Z62/1',
  copies: 2,
  isForLoan: true,
  priceFen: 900,
  vendor: '邮政报刊发行局',
  claimAfterDays: 20,
  pattern: aPattern(),
  ...parts,
})

export const beginning = (parts: object = {}): object => ({
  title: 'title-1',
  branch: BRANCH,
  beginsOn: '2026-01-01',
  ...terms(parts),
})

export const changing = (parts: object): Step => [
  'subscription.change',
  { subscription: SUBSCRIPTION, revision: 1, ...terms(parts) },
]

/** The issue of this ordinal, as its cover says. */
export const issueNo = (ordinal: number, parts: Partial<IssueLabel> = {}): IssueLabel => ({
  ...labelOf(aPattern(), ordinal, ordinal, day(`2026-${String(ordinal).padStart(2, '0')}-05`)),
  ...parts,
})

export const arriving = (ordinal: number, copies = 1): Step => [
  'serial.arrive',
  { subscription: SUBSCRIPTION, issue: issueNo(ordinal), copies },
]

export const serialTitle = put('title', aTitle({ kind: 'serial', issn: '1005-1805' }))

/** Subscribed as above, and then the steps, each an operation of its own. Throws where one is refused. */
export function subscribed(...steps: readonly Step[]): Shelf {
  const shelf = aShelf([serialTitle])
  const all: readonly Step[] = [['subscription.begin', beginning()], ...steps]
  for (const [index, [kind, payload, parts]] of all.entries()) {
    const who = { ...cataloguer, operationId: `desk-a.1.${index + 1}`, ...parts }
    const { outcome, findings } = performOn(shelf, kind, payload, who)
    if (outcome === 'refused')
      throw new Error(`${kind}: ${findings.map(({ code }) => code).join()}`)
  }
  return shelf
}

export const subscriptionOn = (shelf: Shelf) => rowOf(shelf, 'subscription', SUBSCRIPTION)
export const issueOn = (shelf: Shelf, ordinal: number) =>
  rowOf(shelf, 'serial-issue', issueIdOf(SUBSCRIPTION, ordinal))

export const binding = (
  ordinals: readonly number[],
  barcode = '04400560000001',
): PayloadOf<'serial.bind'> =>
  ({
    subscription: SUBSCRIPTION,
    ordinals: [...ordinals],
    barcode,
    callNumber: 'Z62/1 2026',
    priceFen: 4500,
  }) as PayloadOf<'serial.bind'>

/** Of whoever catalogues. */
export const serialRoutes = [
  'subscription.begin',
  'subscription.change',
  'subscription.end',
  'subscription.renew',
  'serial.arrive',
  'serial.label',
  'serial.claim',
  'serial.mark',
  'serial.bind',
  'serial.discard',
  'serials',
  'serial-scan',
  'subscription',
]
