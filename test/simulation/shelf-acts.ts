/** What cataloguers do with numbers and labels: few titles and two classes, so that rooms meet. */
import { numbering } from '../../db/queries/numbering.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { BookNumberId } from '../../domain/words/ids.ts'
import { BranchId, TitleId } from '../../domain/words/ids.ts'
import { callNumberOf, isProvisional } from '../../domain/words/book-number.ts'
import { TODAY } from '../builders/city.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

const classes = ['I999', 'K999'] as const
export const NUMBERED_TITLES = ['title-1', 'title-2', 'title-3', 'title-4'] as const
const SCHEME = 'scheme-1'

const weights = { number: 5, add: 4, ask: 2, print: 3, edit: 2, barcode: 1 } as const

/** Null where there is nothing of the kind to be done here. */
export function withShelves(random: Random, stores: Stores, itemId: string): Doing | null {
  const what = random.weighted<keyof typeof weights>(weights)
  const classNumber = random.pick(classes)
  switch (what) {
    case 'number':
    case 'add':
      return aboutTitle(what, random, stores, classNumber)
    case 'ask':
      return {
        kind: 'number.request-block',
        payload: { scheme: SCHEME, classNumber, above: 0 },
      }
    case 'print':
      return printing(stores)
    default:
      return aboutItem(what, random, stores, itemId)
  }
}

function aboutTitle(
  what: 'number' | 'add',
  random: Random,
  stores: Stores,
  classNumber: string,
): Doing | null {
  const branchId = stores.outbox.identity()?.branchId ?? ''
  const title = random.pick(NUMBERED_TITLES)
  if (branchId === '' || stores.replica.row('title', title) === null) return null
  const place = { titleId: title, branchId: BranchId.parse(branchId), shelf: null }
  const known = numbering(
    stores,
    { ...place, classNumber, callNumber: '' },
    { at: 0, today: TODAY },
  )
  const { scheme, kept, next, above } = known
  if (scheme === null) return null
  if (what === 'add') return kept && adding(random, branchId, title, classNumber, kept)
  if (kept !== null) return null
  const given =
    next === null ? { by: 'city', above } : { by: 'block', lease: next.lease, number: next.number }
  return { kind: 'number.give', payload: { title, scheme: scheme.id, classNumber, given } }
}

interface Kept {
  readonly id: BookNumberId | null
  readonly text: string | null
}

const adding = (
  random: Random,
  branch: string,
  title: string,
  classNumber: string,
  { id, text }: Kept,
): Doing => ({
  kind: 'item.add',
  payload: {
    title: TitleId.parse(title),
    barcodes: [`0440056666${String(random.int(1, 9999)).padStart(4, '0')}`],
    branch,
    shelf: null,
    callNumber: callNumberOf(classNumber, text),
    bookNumber: id,
    itemType: 'book',
    priceFen: null,
  },
})

function printing({ replica }: Stores): Doing | null {
  const due = replica.rows.select('spine-label', 'WHERE isDue = 1 ORDER BY dueAt, id LIMIT 3')
  const labels = due.flatMap(({ id }) => {
    const callNumber = replica.row('item', id)?.callNumber ?? null
    return callNumber === null || isProvisional(callNumber) ? [] : [{ item: id, callNumber }]
  })
  return labels.length === 0 ? null : { kind: 'label.print', payload: { labels } }
}

function aboutItem(
  what: 'edit' | 'barcode',
  random: Random,
  { replica }: Stores,
  itemId: string,
): Doing | null {
  const item = replica.row('item', itemId)
  if (item === null) return null
  if (what === 'barcode') {
    const barcode = `0440055555${String(random.int(1, 30)).padStart(4, '0')}`
    return { kind: 'item.replace-barcode', payload: { item: item.id, barcode } }
  }
  const { callNumber, shelf, itemType, priceFen } = item
  const was = { callNumber, shelf, itemType, priceFen }
  const set = {
    ...was,
    shelf: random.pick(['甲区', '乙区']),
    callNumber: random.pick(['B1/1', 'B1/2']),
  }
  return { kind: 'item.edit', payload: { item: item.id, set, was } }
}
