/** I10: what the catalogue shows of an epoch, or of a history, that is over. */
import { afterEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { startAnewAfter } from '../../db/outbox/anew-after.ts'
import {
  VOID_REPLICA_SETTING,
  VOID_ROWS_AND_TITLES,
  VOID_TITLES_SETTING,
} from '../../db/outbox/log-turns.ts'
import { aBib, aTitle, anItem, theCity } from '../../test/builders/city.ts'
import {
  DEVICE,
  copyOfHome,
  enrolAt,
  meetableCity,
  openMetDesk,
  removeHomes,
} from '../../test/builders/met-desk.ts'
import type { MetCity, MetDesk } from '../../test/builders/met-desk.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import { renewVoid } from './recover.ts'

const opened: MetDesk[] = []
afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.close()
  removeHomes()
})
function open(city: MetCity, home?: string): MetDesk {
  const desk = openMetDesk(city, home)
  opened.push(desk)
  return desk
}
async function closed(desk: MetDesk): Promise<string> {
  opened.splice(opened.indexOf(desk), 1)
  await desk.close()
  return desk.home
}
async function aCity(): Promise<MetCity> {
  const storage = openMemoryStorage('e1')
  const records = [put('title', aTitle()), put('bib', aBib()), put('item', anItem())]
  await storage.seed([...theCity(), ...records], false)
  await enrolAt(storage)
  return await meetableCity(storage)
}

const returning = ['loan.check-in', { barcode: anItem().barcode, returnedOn: null }] as const
const [{ id: _title, ...title }, { id: _bib, ...bib }] = [aTitle(), aBib()]
/** Over the city's own title, by somebody who may not: the city will keep it for a person. */
const importing = [
  'title.import',
  { source: 'new.iso', records: [{ title: { ...title, title: '围城' }, bib, items: [] }] },
] as const
const shownTitle = ({ stores }: MetDesk) => stores.catalogue.titles(['title-1']).get('title-1')

test('I10 a refused import of an epoch that has ended leaves the catalogue', async () => {
  const city = await aCity()
  const original = open(city)
  await original.sync()
  expect(shownTitle(original)).toEqual(aTitle())
  original.act(...importing)
  const copy = open(city, copyOfHome(await closed(original)))
  expect(shownTitle(copy)?.title).toBe('围城')
  startAnewAfter(copy.stores.outbox, 'copied')
  copy.act(...returning)
  await copy.sync()
  expect(copy.stores.outbox.byId(`${DEVICE}.1.1`)?.outcome).toBe('quarantined')
  expect(shownTitle(copy)).toEqual(aTitle())
})

test('I10 an import whose refusal was not heeded before the epoch ended leaves the catalogue', async () => {
  const city = await aCity()
  const desk = open(city)
  await desk.sync()
  desk.act(...importing)
  const { outbox } = desk.stores
  const { body, hash } = outbox.bySeq(1) ?? {}
  const operations = [{ body: body as never, hash: hash ?? '' }]
  const { outcomes } = await city.transportOf(DEVICE).send('push', { operations })
  outbox.saveOutcomes(outcomes)
  // The power went here.
  startAnewAfter(outbox, 'copied')
  await desk.sync()
  expect(outbox.identity()?.epoch).toBe(2)
  expect(shownTitle(desk)).toEqual(aTitle())
})

test('a catalogue of another history is gone, though the program ended before its file was', async () => {
  const city = await aCity()
  const desk = open(city)
  await desk.sync()
  desk.stores.outbox.saveSetting(VOID_REPLICA_SETTING, VOID_ROWS_AND_TITLES)
  renewVoid(desk.stores)
  // As the disk is now: the search thread has the old file open still.
  const next = open(city, copyOfHome(desk.home))
  expect(shownTitle(next)).toBeUndefined()
  await next.sync()
  expect(shownTitle(next)).toEqual(aTitle())
  expect(next.stores.outbox.setting(VOID_TITLES_SETTING)).toBeNull()
})
