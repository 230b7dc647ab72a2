/**
 * The shelves of one branch: their list from its beginning, its middle and its end, where a scanned
 * book stands, what a call number finds, and the highest book number of a class. Encrypted, on disk.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../../cli/sample-city/random.ts'
import { itemsByCallNumber } from '../../db/queries/items-by-call-number.ts'
import { highestOnShelf } from '../../db/queries/numbering.ts'
import { shelfList, shelfPlace } from '../../db/queries/shelf-list.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { soughtCallNumber } from '../../domain/search/sought-call-number.ts'
import type { BranchId } from '../../domain/words/ids.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import { anItem } from '../builders/city.ts'
import { fillDesk } from './fill-desk.ts'
import { timeEach, timing } from './measure.ts'
import type { Timing } from './measure.ts'

const CLASSES = ['I247.5', 'I267', 'TP311.1', 'K825.6', 'F272', 'H319.4', 'J292', 'R247.1', 'G40']
/** Of a desk that was never enrolled. */
const HERE = 'local' as BranchId
const ASKED = 200
const PAGE = 100

const barcodeAt = (index: number): string => `0440059${String(index).padStart(7, '0')}`

function* itemsOf(count: number): Generator<Change> {
  for (let index = 0; index < count; index += 1) {
    const classNumber = CLASSES[index % CLASSES.length] ?? ''
    const volume = index % 7 === 0 ? `:${String((index % 3) + 1)}` : ''
    yield put(
      'item',
      anItem({
        id: `item-${String(index).padStart(7, '0')}`,
        barcode: barcodeAt(index),
        titleId: `title-${String(Math.floor(index / 2))}`,
        homeBranchId: HERE,
        atBranchId: HERE,
        shelf: `A-${String(index % 20).padStart(2, '0')}`,
        callNumber: `${classNumber}/${String(Math.floor(index / CLASSES.length) + 1)}${volume}`,
      }),
    )
  }
}

export async function benchShelves({
  items,
}: {
  readonly items: number
}): Promise<readonly Timing[]> {
  const home = mkdtempSync(join(tmpdir(), 'citydesk-shelves-'))
  const desk = openHeadless(home, new Uint8Array(32).fill(7))
  try {
    fillDesk(desk, itemsOf(items))
    const { stores } = desk
    const now = { at: 0, today: '2026-11-23' as never }
    const random = seededRandom(1)
    const whole = { shelf: { is: 'all' }, from: '', to: '' } as const
    const list = (offset: number) => (): void => {
      shelfList(stores, { ...whole, offset, limit: PAGE }, now, HERE)
    }
    const some = (): number => random.between(0, items - 1)
    const classAt = (index: number): string => CLASSES[index % CLASSES.length] ?? ''
    const sought = (text: string): void => {
      const asked = soughtCallNumber(text)
      if (asked !== null) itemsByCallNumber(stores, { sought: asked, limit: 50 }, now)
    }
    const each = (name: string, work: (index: number) => void): Timing =>
      timing(name, timeEach(ASKED, work))
    return [
      each('shelf list, its first page', list(0)),
      each('shelf list, a page in the middle', list(Math.floor(items / 2))),
      each('shelf list, its last page', list(items - PAGE)),
      each('shelf list, a class', (index) => {
        const stretch = { ...whole, from: classAt(index), to: classAt(index) }
        shelfList(stores, { ...stretch, offset: 0, limit: PAGE }, now, HERE)
      }),
      each('place of a scanned book', () => {
        shelfPlace(stores, { ...whole, barcode: barcodeAt(some()) }, now, HERE)
      }),
      each('call number, whole', (index) => {
        sought(`${classAt(index)}/${String((some() % 9_999) + 1)}`)
      }),
      each('call number, a class and its stroke', (index) => sought(`${classAt(index)}/`)),
      each('highest book number of a class', (index) => {
        highestOnShelf(stores.replica.rows, HERE, classAt(index))
      }),
    ]
  } finally {
    await desk.close()
    rmSync(home, { recursive: true })
  }
}
