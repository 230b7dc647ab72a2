/** H8 across a fork: what the slip names goes along when the log is told again under new numbers. */
import { afterEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { BRANCH, aReader, aTitle, anItem, theCity } from '../../test/builders/city.ts'
import {
  copyOfHome,
  enrolAt,
  meetableCity,
  openMetDesk,
  removeHomes,
} from '../../test/builders/met-desk.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'

const item = anItem()
const reader = aReader()
const other = anItem({ id: 'item-2', barcode: '04400510000002' })

afterEach(removeHomes)

test('a hold placed and kept for offline is kept for under its new id, and clashes with none', async () => {
  const storage = openMemoryStorage('e1')
  await storage.seed(
    [
      ...theCity(),
      put('title', aTitle()),
      put('item', item),
      put('item', other),
      put('reader', reader),
    ],
    false,
  )
  await enrolAt(storage)
  const city = await meetableCity(storage)
  const first = openMetDesk(city)
  await first.sync()
  await first.close()
  const image = copyOfHome(first.home)
  const twin = openMetDesk(city, first.home)
  twin.act('loan.check-in', { barcode: other.barcode, returnedOn: null })
  await twin.sync()
  await twin.close()

  const rolledBack = openMetDesk(city, image)
  const placing = { title: 'title-1', item: null, card: reader.cardNumber, neededByOn: null }
  rolledBack.act('hold.place', { ...placing, pickupBranch: BRANCH })
  const kept = rolledBack.act('loan.check-in', { barcode: item.barcode, returnedOn: null })
  expect(kept.summary).toMatchObject({ hold: { id: 'desk-a.1.1.r1' } })
  await rolledBack.sync()
  await rolledBack.sync()
  const { outbox, replica } = rolledBack.stores
  expect(outbox.byRequestId(kept.requestId)).toMatchObject({ id: 'desk-a.2.2', outcome: 'applied' })
  expect(replica.row('hold', 'desk-a.2.1.r1')).toMatchObject({
    state: 'on-shelf',
    trappedItemId: item.id,
  })
  expect(await storage.get('exception', 'desk-a.2.2.x-hold-clash')).toBeNull()
  await rolledBack.close()
})
