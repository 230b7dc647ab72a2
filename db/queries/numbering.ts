/** What a cataloguer is told before a title is given its book number. Rules C40–C44. */
import type { Lease } from '../../domain/ledger-records.ts'
import { isUsable, leftIn, nextNumberOf } from '../../domain/policy/points-leases.ts'
import { numberOnShelves, schemeOfPlace } from '../../domain/policy/number-schemes.ts'
import type { BookNumber, NumberScheme } from '../../domain/shelf-records.ts'
import { bookSeries, sequenceNumberOf } from '../../domain/words/book-number.ts'
import { callNumberSortKey } from '../../domain/words/call-number.ts'
import type { BranchId } from '../../domain/words/ids.ts'
import type { Rows } from '../replica/rows.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export interface NumberingAsk {
  readonly titleId: string
  readonly branchId: BranchId
  readonly shelf: string | null
  /** Empty where nothing was typed yet. */
  readonly classNumber: string
  readonly callNumber: string
}

export interface Numbering {
  readonly scheme: Pick<NumberScheme, 'id' | 'nameZh' | 'nameEn' | 'numbersBy'> | null
  /** What the title has in this class of the scheme; `id` null where only its copies tell. */
  readonly kept: { readonly id: BookNumber['id'] | null; readonly text: string | null } | null
  /** The next number of this desk's own blocks; null where it holds none of this class. */
  readonly next: { readonly lease: Lease['id']; readonly number: number } | null
  /** In all its blocks of this class. */
  readonly left: number
  /** The highest number of the class that stands on this desk's shelves; 0 where none does. */
  readonly above: number
  /** Another title that stands there under the very same call number. */
  readonly clash: TitleRow | null
}

export function numbering(stores: Stores, ask: NumberingAsk, asked: AskedAt): Numbering {
  const { rows } = stores.replica
  const { titleId, branchId, shelf, classNumber } = ask
  const schemes = rows.row('number-schemes', 'city')?.schemes ?? []
  const scheme = schemeOfPlace(schemes, { branchId, shelf })
  const clash = clashOf(stores, ask)
  if (scheme === null || classNumber === '') {
    return { scheme: scheme && named(scheme), kept: null, next: null, left: 0, above: 0, clash }
  }
  const entered = rows
    .find('bookNumbersOfTitle', [titleId])
    .find((one) => one.schemeId === scheme.id && one.classNumber === classNumber)
  const blocks = blocksOf(stores, bookSeries(scheme.id, classNumber), asked)
  const [block] = blocks
  const number = block === undefined ? null : nextNumberOf(block)
  return {
    scheme: named(scheme),
    kept:
      entered === undefined ? onShelves(rows, scheme, ask) : { id: entered.id, text: entered.text },
    next: block === undefined || number === null ? null : { lease: block.id, number },
    left: blocks.reduce((sum, one) => sum + leftIn(one), 0),
    above: highestOnShelf(rows, branchId, classNumber),
    clash,
  }
}

function onShelves(rows: Rows, scheme: NumberScheme, { titleId, classNumber }: NumberingAsk) {
  const text = numberOnShelves(rows.find('itemsOfTitle', [titleId]), scheme, classNumber)
  return text === null ? null : { id: null, text }
}

const named = ({ id, nameZh, nameEn, numbersBy }: NumberScheme) => ({
  id,
  nameZh,
  nameEn,
  numbersBy,
})

/** Usable ones, the oldest first. */
function blocksOf({ outbox, replica }: Stores, series: string, { at }: AskedAt): readonly Lease[] {
  const identity = outbox.identity()
  const policy = replica.row('policy', 'city')
  if (identity === null || policy === null) return []
  const desk = { deviceId: identity.deviceId, epoch: identity.epoch, at }
  return replica
    .find('openLeasesOfDevice', [identity.deviceId, null])
    .filter((lease) => lease.series === series && isUsable(lease, desk, policy.points))
}

/** Numbers with letters, volumes and what nobody can read stand among them. */
const LOOKED_AT = 200

export function highestOnShelf(rows: Rows, branchId: string, classNumber: string): number {
  const key = callNumberSortKey(classNumber)
  const last = rows.raw(
    `SELECT callNumber FROM item WHERE homeBranchId = ? AND shelfKey > ? AND shelfKey < ?
     ORDER BY shelfKey DESC LIMIT ${LOOKED_AT}`,
    branchId,
    key,
    `${key}~`,
  )
  const numbers = last.map(({ callNumber }) => sequenceNumberOf(String(callNumber), classNumber))
  return Math.max(0, ...numbers.map((number) => number ?? 0))
}

function clashOf(
  { replica: { rows }, catalogue }: Stores,
  { callNumber, branchId, titleId }: NumberingAsk,
): TitleRow | null {
  if (callNumber === '') return null
  const [other] = rows.raw(
    `SELECT titleId FROM item
     WHERE homeBranchId = ? AND shelfKey = ? AND titleId <> ? AND state <> 'withdrawn' LIMIT 1`,
    branchId,
    callNumberSortKey(callNumber),
    titleId,
  )
  const id = other === undefined ? null : String(other['titleId'])
  return titleRows(catalogue, [id])(id)
}

export interface ClassInUse {
  readonly schemeId: NumberScheme['id']
  readonly classNumber: string
  readonly above: number
}

const CLASSES_MAX = 20
const IN_USE_MS = 14 * 86_400_000

/** Classes that this branch numbered lately, the latest first. */
export function classesInUse(rows: Rows, branchId: string, at: number): readonly ClassInUse[] {
  const counted = (rows.row('number-schemes', 'city')?.schemes ?? []).filter(
    ({ numbersBy }) => numbersBy === 'sequence',
  )
  const ids = new Map(counted.map(({ id }) => [id as string, id]))
  return rows
    .raw(
      `SELECT schemeId, classNumber FROM "book-number" WHERE branchId = ? AND askedAt > ?
       GROUP BY schemeId, classNumber ORDER BY max(askedAt) DESC LIMIT ${CLASSES_MAX}`,
      branchId,
      at - IN_USE_MS,
    )
    .flatMap(({ schemeId, classNumber }) => {
      const id = ids.get(String(schemeId))
      const text = String(classNumber)
      return id === undefined
        ? []
        : [{ schemeId: id, classNumber: text, above: highestOnShelf(rows, branchId, text) }]
    })
}
