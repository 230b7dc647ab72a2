/** C42, C44: two rooms number titles of one class without a line, and no two titles meet. */
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { isProvisional, callNumberOf } from '../../domain/words/book-number.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { numbering } from '../../db/queries/numbering.ts'
import { BRANCH, NOW, TODAY, aSchemes, aStaff, aTitle, theCity } from '../../test/builders/city.ts'
import { enrolAt, meetableCity, openMetDesk, removeHomes } from '../../test/builders/met-desk.ts'
import type { MetCity, MetDesk } from '../../test/builders/met-desk.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import { BranchId, TitleId } from '../../domain/words/ids.ts'

const CLASS = 'I247.5'
const SCHEME = 'scheme-1'
const CATALOGUER = 'staff-hua'
const titleIds = Array.from({ length: 12 }, (_, index) => `title-${index + 1}`)
const asked: AskedAt = { at: NOW, today: TODAY }

const opened: MetDesk[] = []
afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.close()
  removeHomes()
})

async function twoRooms(): Promise<{ city: MetCity; rooms: readonly [MetDesk, MetDesk] }> {
  const storage = openMemoryStorage('e1')
  const titles = titleIds.map((id) => put('title', aTitle({ id, controlNumber: id })))
  const hua = aStaff({ id: CATALOGUER, username: 'hua', role: 'cataloguer' })
  const records = [put('staff', hua), put('number-schemes', aSchemes())]
  await storage.seed([...theCity(), ...titles, ...records], false)
  await enrolAt(storage)
  await enrolAt(storage, 'desk-b')
  const city = await meetableCity(storage)
  const rooms = ['desk-a', 'desk-b'].map((id) => openMetDesk(city, undefined, id))
  opened.push(...rooms)
  const [one, other] = rooms
  if (one === undefined || other === undefined) throw new Error('two rooms')
  return { city, rooms: [one, other] }
}

const knownOf = ({ stores }: MetDesk, titleId: string) =>
  numbering(
    stores,
    { titleId, branchId: BranchId.parse(BRANCH), shelf: null, classNumber: CLASS, callNumber: '' },
    asked,
  )

let labels = 0

/** As the screen does: the number it has, the next of a block, or one that the city is asked for. */
function catalogue(room: MetDesk, titleId: string): void {
  const { kept, next, above } = knownOf(room, titleId)
  let number = kept
  if (number === null) {
    const given =
      next === null
        ? { by: 'city', above }
        : { by: 'block', lease: next.lease, number: next.number }
    const payload = { title: titleId, scheme: SCHEME, classNumber: CLASS, given }
    const summary = room.act('number.give', payload, CATALOGUER).summary as {
      bookNumberId: never
      text: string | null
    }
    number = { id: summary.bookNumberId, text: summary.text }
  }
  labels += 1
  const adding = {
    title: TitleId.parse(titleId),
    barcodes: [`0440059${String(labels).padStart(7, '0')}`],
    branch: BRANCH,
    shelf: null,
    callNumber: callNumberOf(CLASS, number.text),
    bookNumber: number.id,
    itemType: 'book',
    priceFen: null,
  }
  expect(room.act('item.add', adding, CATALOGUER).outcome).toBe('done')
}

const block = (room: MetDesk) =>
  room.act('number.request-block', { scheme: SCHEME, classNumber: CLASS, above: 0 }, CATALOGUER)

interface Shelved {
  readonly titleId: string | null
  readonly callNumber: string | null
}
const itemsOf = ({ stores }: MetDesk): readonly Shelved[] =>
  stores.replica.rows
    .raw('SELECT titleId, callNumber FROM item WHERE callNumber IS NOT NULL')
    .map(({ titleId, callNumber }) => ({
      titleId: titleId as string | null,
      callNumber: callNumber as string | null,
    }))

/** Of each call number, the titles that stand under it. */
const titlesByCallNumber = (items: readonly Shelved[]): Map<string | null, Set<string | null>> => {
  const titles = new Map<string | null, Set<string | null>>()
  for (const { callNumber, titleId } of items) {
    titles.set(callNumber, (titles.get(callNumber) ?? new Set()).add(titleId))
  }
  return titles
}

test('C42 without a block and without a line the number is to come, and the items follow it', async () => {
  const { rooms } = await twoRooms()
  const [here, there] = rooms
  for (const room of rooms) await room.sync()
  catalogue(here, 'title-1')
  catalogue(there, 'title-2')
  expect(itemsOf(here).map(({ callNumber }) => callNumber)).toEqual(['I247.5/?'])
  expect(knownOf(here, 'title-1').kept?.text).toBeNull()
  for (const room of [here, there, here]) await room.sync()
  expect(itemsOf(here)).toEqual([
    { titleId: 'title-1', callNumber: 'I247.5/1' },
    { titleId: 'title-2', callNumber: 'I247.5/2' },
  ])
  expect(knownOf(here, 'title-1').kept?.text).toBe('1')
})

test('C44 two rooms with a block each print at once, and nothing meets when the line is back', async () => {
  const { rooms } = await twoRooms()
  const [here, there] = rooms
  for (const room of rooms) await room.sync()
  for (const room of rooms) block(room)
  for (const room of rooms) await room.sync()
  expect(rooms.map((room) => knownOf(room, 'title-1').next?.number)).toEqual([1, 4])
  for (const id of ['title-1', 'title-2']) catalogue(here, id)
  for (const id of ['title-3', 'title-4']) catalogue(there, id)
  const printed = rooms.flatMap((room) => itemsOf(room).map(({ callNumber }) => callNumber))
  expect(printed).toEqual(['I247.5/1', 'I247.5/2', 'I247.5/4', 'I247.5/5'])
  for (const room of [here, there, here]) await room.sync()
  const both = rooms.map((room) => itemsOf(room).map(({ callNumber }) => callNumber))
  for (const callNumbers of both) expect(new Set(callNumbers)).toEqual(new Set(printed))
})

const step = fc.record({
  room: fc.constantFrom(0, 1),
  does: fc.constantFrom('catalogue', 'catalogue', 'catalogue', 'ask', 'sync'),
  title: fc.constantFrom(...titleIds),
})

test(
  'C44 whatever two rooms do and whenever they meet the city, no two titles stand under one number',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { rooms } = await twoRooms()
        for (const room of rooms) await room.sync()
        /** What a spine says before the line is back: all that is not provisional. */
        const printed: Shelved[] = []
        for (const { room: at, does, title } of steps) {
          const room = rooms[at === 0 ? 0 : 1]
          if (does === 'catalogue') {
            catalogue(room, title)
            printed.push(...itemsOf(room).filter((one) => !isProvisional(one.callNumber ?? '')))
          } else if (does === 'ask') block(room)
          else await room.sync()
        }
        for (const room of [...rooms, ...rooms]) await room.sync()
        const [here, there] = rooms.map(itemsOf)
        const all = [...printed, ...(here ?? []), ...(there ?? [])]
        expect([...titlesByCallNumber(all).values()].filter(({ size }) => size > 1)).toEqual([])
        expect(all.filter(({ callNumber }) => isProvisional(callNumber ?? ''))).toEqual([])
        for (const room of opened.splice(0)) await room.close()
      }),
      { numRuns: 8 },
    )
  },
)
