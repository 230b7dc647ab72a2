/** I10: of an import that the city refused nothing stays, nor of one that it took under another id. */
import { afterEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { aBib, aStaff, aTitle, theCity } from '../../test/builders/city.ts'
import {
  DEVICE,
  enrolAt,
  meetableCity,
  openMetDesk,
  removeHomes,
} from '../../test/builders/met-desk.ts'
import type { MetCity, MetDesk } from '../../test/builders/met-desk.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import { createAnnouncer } from '../engine/announce.ts'
import { pullNews } from './pull.ts'
import type { Transport } from './transport.ts'

const opened: MetDesk[] = []
afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.close()
  removeHomes()
})
function open(city: MetCity, deviceId = DEVICE): MetDesk {
  const desk = openMetDesk(city, undefined, deviceId)
  opened.push(desk)
  return desk
}
const CATALOGUER = 'staff-hua'

async function aCity(): Promise<MetCity> {
  const storage = openMemoryStorage('e1')
  const records = [put('staff', aStaff({ id: CATALOGUER, username: 'hua', role: 'cataloguer' }))]
  await storage.seed([...theCity(), put('title', aTitle()), put('bib', aBib()), ...records], false)
  await enrolAt(storage)
  await enrolAt(storage, 'desk-b')
  return await meetableCity(storage)
}

const [{ id: _title, ...title }, { id: _bib, ...bib }] = [aTitle(), aBib()]
/** By somebody who may not the city keeps it for a person: it has no effect there. */
const importOf = (more: Partial<typeof title>) =>
  [
    'title.import',
    { source: 'new.iso', records: [{ title: { ...title, ...more }, bib, items: [] }] },
  ] as const
/** Over the city's own title. */
const importing = importOf({ title: '围城' })
const shownTitle = ({ stores }: MetDesk) => stores.catalogue.titles(['title-1']).get('title-1')

const allShown = ({ stores }: MetDesk) => stores.catalogue.titlesAfter(-1, 99).titles
const found = async ({ stores }: MetDesk, text: string) =>
  (await stores.search.search(text, 9)).rows.map((row) => row.title)

/** One operation a push. */
const oneByOne = (transport: Transport): Transport => ({
  ...transport,
  send: (message, request) =>
    transport.send(
      message,
      'operations' in request
        ? { ...request, operations: (request.operations as unknown[]).slice(0, 1) }
        : request,
    ),
})

test('I10 of two refused imports of one new record neither stays, refused one by one', async () => {
  const city = await aCity()
  const desk = open(city)
  await desk.sync()
  desk.act(...importOf({ controlNumber: '022026000002', title: '围城' }))
  desk.act(...importOf({ controlNumber: '022026000002', title: '活着' }))
  expect(allShown(desk).map((one) => one.title)).toEqual(['平凡的世界', '活着'])
  const made = allShown(desk).at(-1)?.id ?? ''
  expect(desk.stores.catalogue.bib(made)).not.toBeNull()
  await desk.sync(oneByOne(city.transportOf(DEVICE)))
  expect(desk.stores.outbox.unsettled()).toEqual([])
  expect(allShown(desk)).toEqual([aTitle()])
  expect(desk.stores.catalogue.bib(made)).toBeNull()
  expect([await found(desk, '围城'), await found(desk, '活着')]).toEqual([[], []])
})

test('I10 what the city changed while an import was pending is shown once that is refused', async () => {
  const city = await aCity()
  const [desk, other] = [open(city), open(city, 'desk-b')]
  await desk.sync()
  await other.sync()
  desk.act(...importing)
  other.act(...importOf({ title: '平凡的世界（珍藏版）' }), CATALOGUER)
  await other.sync()
  await pullNews(desk.stores, createAnnouncer(), city.transportOf(DEVICE), {
    mayGoOn: () => true,
    onPage: () => undefined,
    onReached: () => undefined,
    except: () => [],
    pause: () => Promise.resolve(),
  })
  expect(desk.stores.catalogue.cursor()).toBe(other.stores.catalogue.cursor())
  // I16: it is not answered yet.
  expect(shownTitle(desk)?.title).toBe('围城')
  await desk.sync()
  expect(shownTitle(desk)).toEqual(aTitle({ title: '平凡的世界（珍藏版）' }))
  expect(shownTitle(desk)).toEqual(shownTitle(other))
  expect(await found(desk, '珍藏版')).toEqual(['平凡的世界（珍藏版）'])
  expect(await found(desk, '围城')).toEqual([])
})

test('I10 where two offline desks import one new record, both end with the one that the city has', async () => {
  const city = await aCity()
  const [desk, other] = [open(city), open(city, 'desk-b')]
  await desk.sync()
  await other.sync()
  desk.act(...importOf({ controlNumber: '022026000002', title: '围城' }), CATALOGUER)
  other.act(...importOf({ controlNumber: '022026000002', title: '围城（新版）' }), CATALOGUER)
  await desk.sync()
  await other.sync()
  await desk.sync()
  expect(allShown(other).map((one) => one.title)).toEqual(['平凡的世界', '围城（新版）'])
  expect(allShown(desk)).toEqual(allShown(other))
})
