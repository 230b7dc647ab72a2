/** I2, I3, I4, I7, I35: a desk whose log and the city's ledger of it are not one history. */
import { afterEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { startAnewAfter } from '../../db/outbox/anew-after.ts'
import { aReader, anItem, theCity } from '../../test/builders/city.ts'
import {
  DEVICE,
  copyOfHome,
  enrolAt,
  meetableCity,
  newHome,
  openMetDesk,
  removeHomes,
} from '../../test/builders/met-desk.ts'
import type { MetCity, MetDesk } from '../../test/builders/met-desk.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import type { LedgerOperation } from '../../server/storage/ledger-storage.ts'
import type { OperationBody } from '../../contract/sync-protocol.ts'

const items = Array.from({ length: 20 }, (_, n) =>
  anItem({ id: `item-${n}`, barcode: `0440051000${String(n).padStart(4, '0')}` }),
)
const readers = items.map((_, n) =>
  aReader({ id: `reader-${n}`, cardNumber: `04400500${String(n).padStart(5, '0')}` }),
)
const seed = (): Change[] => [
  ...theCity(),
  ...items.map((item) => put('item', item)),
  ...readers.map((reader) => put('reader', reader)),
]
/** Loan of item n to reader n: whoever does it, it is done once. */
const lend = (n: number) =>
  [
    'loan.check-out',
    { barcode: items[n]?.barcode, card: readers[n]?.cardNumber, dueOn: null },
  ] as const

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

async function aCity(serverEpoch = 'e1'): Promise<MetCity> {
  const storage = openMemoryStorage(serverEpoch)
  await storage.seed(seed(), false)
  await enrolAt(storage)
  return await meetableCity(storage)
}

/** Every operation in the ledger of the device, by epoch. */
async function ledgerOf({ storage }: MetCity): Promise<LedgerOperation[]> {
  const epochs = await Promise.all(
    Array.from({ length: 9 }, (_, n) => storage.operationsAfter(DEVICE, n + 1, 0, 1_000, 1e9)),
  )
  return epochs.flat()
}

/** How often each item was lent, by the operations of the ledger. */
async function lentItems(city: MetCity): Promise<number[]> {
  const lent = (await ledgerOf(city)).filter(({ kind }) => kind === 'loan.check-out')
  const barcodes = lent.map(
    ({ body }) => (JSON.parse(body) as { payload: { barcode: string } }).payload.barcode,
  )
  return items.map(({ barcode }) => barcodes.filter((one) => one === barcode).length)
}

const onceEach = (count: number): number[] => items.map((_, n) => (n < count ? 1 : 0))

const openLoans = ({ stores }: MetDesk): number =>
  readers.reduce((sum, { id }) => sum + stores.replica.find('openLoansByDue', [id, null]).length, 0)

async function settle(...desks: MetDesk[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) for (const desk of desks) await desk.sync()
}

test('a disk that was rolled back begins a new epoch and has its own log again', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  before.act(...lend(0))
  await before.sync()
  const image = copyOfHome(await closed(before))
  const real = open(city, before.home)
  real.act(...lend(1))
  real.act(...lend(2))
  await real.sync()
  await closed(real)

  const restored = open(city, image)
  await restored.sync()
  const { outbox } = restored.stores
  expect(outbox.identity()?.epoch).toBe(2)
  expect(outbox.epochs()).toMatchObject([{ epoch: 1, lastSeq: 3, answeredSeq: 3 }])
  restored.act(...lend(3))
  await restored.sync()
  expect(await lentItems(city)).toEqual(onceEach(4))
  expect(openLoans(restored)).toBe(4)
  expect(outbox.pendingCount()).toBe(0)
  expect(restored.stores.replica.pendingSeqs()).toEqual([])
})

test('a rolled back disk that worked on before it met the city tells its facts under new numbers', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  before.act(...lend(0))
  await before.sync()
  const image = copyOfHome(await closed(before))
  const real = open(city, before.home)
  real.act(...lend(1))
  await real.sync()
  await closed(real)

  const restored = open(city, image)
  const receipt = restored.act(...lend(2))
  const undone = restored.act(...lend(3))
  restored.act('operation.undo', { operation: undone.operationId, reason: null })
  await restored.sync()
  const { outbox } = restored.stores
  const again = outbox.byRequestId(receipt.requestId)
  expect(again).toMatchObject({ id: `${DEVICE}.2.1`, epoch: 2, at: receipt.at, outcome: 'applied' })
  // The number it had first is the twin's now, and so is whatever takes it back.
  expect(outbox.byId(`${DEVICE}.1.2`)?.requestId).toBe(`recovered:${DEVICE}.1.2`)
  expect(outbox.byId(`${DEVICE}.2.2`)?.undoneBy).toBe(`${DEVICE}.2.3`)
  expect((await ledgerOf(city)).map(({ id, outcome }) => [id, outcome])).toEqual([
    [`${DEVICE}.1.1`, 'applied'],
    [`${DEVICE}.1.2`, 'applied'],
    [`${DEVICE}.2.1`, 'applied'],
    [`${DEVICE}.2.2`, 'applied'],
    [`${DEVICE}.2.3`, 'applied'],
  ])
  expect(openLoans(restored)).toBe(3)
})

test('three clones of one image, with unsent work in it: every fact once (I2, I7)', async () => {
  const city = await aCity()
  const master = open(city)
  await master.sync()
  master.act(...lend(0))
  await master.sync()
  master.act(...lend(1))
  const home = await closed(master)
  const clones = [open(city, copyOfHome(home)), open(city, copyOfHome(home)), open(city, home)]
  clones.forEach((clone, n) => {
    for (const k of [0, 1, 2]) clone.act(...lend(2 + n * 3 + k))
  })
  await settle(...clones)
  expect(await lentItems(city)).toEqual(onceEach(11))
  for (const clone of clones) {
    expect(clone.stores.outbox.pendingCount()).toBe(0)
    expect(openLoans(clone)).toBe(11)
  }
  const epochs = clones.map(({ stores }) => stores.outbox.identity()?.epoch)
  expect(new Set(epochs).size).toBe(3)
  // They go on side by side.
  clones.forEach((clone, n) => clone.act(...lend(11 + n)))
  await settle(...clones)
  expect(await lentItems(city)).toEqual(onceEach(14))
})

test('databases that were copied to another computer leave the shared numbers to both', async () => {
  const city = await aCity()
  const original = open(city)
  await original.sync()
  original.act(...lend(0))
  const copy = open(city, copyOfHome(await closed(original)))
  startAnewAfter(copy.stores.outbox, 'copied')
  copy.act(...lend(1))
  await copy.sync()
  expect(copy.stores.outbox.identity()?.epoch).toBe(2)
  const real = open(city, original.home)
  real.act(...lend(2))
  await settle(real, copy)
  expect(real.stores.outbox.identity()?.epoch).toBe(1)
  expect(await lentItems(city)).toEqual(onceEach(3))
})

test('a log that is lost altogether comes back from the city, and its numbers are not given again', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  before.act(...lend(0))
  before.act(...lend(1))
  await before.sync()
  await closed(before)
  const anew = open(city, newHome())
  await anew.sync()
  anew.act(...lend(2))
  await anew.sync()
  expect(anew.stores.outbox.byId(`${DEVICE}.1.1`)).toMatchObject({ outcome: 'applied' })
  expect(anew.stores.outbox.identity()?.epoch).toBe(2)
  expect(await lentItems(city)).toEqual(onceEach(3))
  expect(openLoans(anew)).toBe(3)
})

test('a recovered page that does not fit the chain is not believed', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  before.act(...lend(0))
  before.act(...lend(1))
  await before.sync()
  await closed(before)
  const honest = city.transportOf(DEVICE)
  const anew = open(city, newHome())
  const lying: typeof honest = {
    ...honest,
    async send(message, request) {
      const answer = await honest.send(message, request)
      if (message !== 'recover') return answer
      const { operations } = answer as { operations: { body: string }[] }
      for (const one of operations) one.body = one.body.replace('loan.check-out', 'loan.check-inn')
      return answer
    },
  }
  await expect(anew.sync(lying)).rejects.toThrow('altered')
  expect(anew.stores.outbox.byId(`${DEVICE}.1.1`)).toBeNull()
  await anew.sync()
  expect(anew.stores.outbox.byId(`${DEVICE}.1.2`)).not.toBeNull()
})

/** The same city as it was when it had the first `count` operations. */
async function backupOf(city: MetCity, count: number, serverEpoch: string): Promise<MetCity> {
  const then = await aCity(serverEpoch)
  const kept = (await ledgerOf(city)).slice(0, count)
  const operations = kept.map(({ body, hash }) => ({
    body: JSON.parse(body) as OperationBody,
    hash,
  }))
  if (operations.length > 0) {
    await then.transportOf(DEVICE).send('push', { operations })
  }
  return then
}

test.each([
  ['under a new name', 'e2'],
  ['and says nothing of it', 'e1'],
])('a server restored from its backup %s has again what the desk did', async (_how, name) => {
  const city = await aCity()
  const desk = open(city)
  await desk.sync()
  for (const n of [0, 1, 2, 3]) desk.act(...lend(n))
  await desk.sync()
  const outcomes = (await ledgerOf(city)).map(({ id, hash }) => [id, hash])
  const after = await backupOf(city, 1, name)
  desk.act(...lend(4))
  await desk.sync(after.transportOf(DEVICE))
  expect(desk.stores.outbox.identity()).toMatchObject({ epoch: 1, serverEpoch: name })
  expect((await ledgerOf(after)).map(({ id, hash }) => [id, hash]).slice(0, 4)).toEqual(outcomes)
  expect(await lentItems(after)).toEqual(onceEach(5))
  expect(openLoans(desk)).toBe(5)
  expect(desk.stores.outbox.pendingCount()).toBe(0)
  // Nothing else may take an answer back.
  const again = () =>
    desk.stores.outbox.saveOutcomes([{ seq: 1, outcome: 'refused', positions: {}, findings: [] }])
  expect(again).toThrow('an outcome never changes')
})

test('a restored server gets ended epochs again as well, in their own numbers', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  before.act(...lend(0))
  await before.sync()
  const image = copyOfHome(await closed(before))
  const real = open(city, before.home)
  real.act(...lend(1))
  await real.sync()
  await closed(real)
  const desk = open(city, image)
  desk.act(...lend(2))
  await desk.sync()
  const all = (await ledgerOf(city)).map(({ id, hash }) => [id, hash])
  const after = await backupOf(city, 1, 'e2')
  await desk.sync(after.transportOf(DEVICE))
  expect((await ledgerOf(after)).map(({ id, hash }) => [id, hash])).toEqual(all)
  expect(desk.stores.outbox.pendingCount()).toBe(0)
  expect(openLoans(desk)).toBe(3)
})

test('a restored server that a twin met first has the facts of both, each once', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  before.act(...lend(0))
  await before.sync()
  const image = copyOfHome(await closed(before))
  const desk = open(city, before.home)
  for (const n of [1, 2, 3]) desk.act(...lend(n))
  await desk.sync()
  const after = await backupOf(city, 1, 'e2')
  const twin = open(after, image)
  twin.act(...lend(4))
  await twin.sync()
  await desk.sync(after.transportOf(DEVICE))
  expect(desk.stores.outbox.identity()).toMatchObject({ epoch: 2, serverEpoch: 'e2' })
  expect(await lentItems(after)).toEqual(onceEach(5))
  expect(openLoans(desk)).toBe(5)
  const forks = await after.storage.listRecords('exception', '', 9)
  expect(forks.map(({ row }) => (row as { kind: string }).kind)).toEqual(['device-fork'])
})

test('what staff do while the city is asked for a number goes along', async () => {
  const city = await aCity()
  const before = open(city)
  await before.sync()
  const image = copyOfHome(await closed(before))
  const real = open(city, before.home)
  real.act(...lend(0))
  await real.sync()
  await closed(real)
  const desk = open(city, image)
  desk.act(...lend(1))
  const honest = city.transportOf(DEVICE)
  await desk.sync({
    ...honest,
    async send(message, request) {
      const answer = await honest.send(message, request)
      if (message === 'newEpoch') desk.act(...lend(2))
      return answer
    },
  })
  expect(await lentItems(city)).toEqual(onceEach(3))
  expect(desk.stores.outbox.lastSeq()).toBe(2)
})

test('cut short at any request, it is taken up again and done once', async () => {
  for (let cutAt = 1; cutAt < 9; cutAt += 1) {
    const city = await aCity()
    const before = open(city)
    await before.sync()
    const image = copyOfHome(await closed(before))
    const real = open(city, before.home)
    real.act(...lend(0))
    await real.sync()
    await closed(real)
    let desk = open(city, image)
    desk.act(...lend(1))
    desk.act(...lend(2))
    let asked = 0
    const honest = city.transportOf(DEVICE)
    const cut: typeof honest = {
      ...honest,
      async send(message, request) {
        const answer = await honest.send(message, request)
        asked += 1
        if (asked === cutAt) throw new Error('the power went')
        return answer
      },
    }
    const end = await desk.sync(cut).then(
      () => 'not cut',
      (error: Error) => error.message,
    )
    expect(end).toBe(asked < cutAt ? 'not cut' : 'the power went')
    desk = open(city, await closed(desk))
    await desk.sync()
    expect(await lentItems(city), `cut at ${cutAt}`).toEqual(onceEach(3))
    expect(openLoans(desk)).toBe(3)
    await closed(desk)
  }
}, 60_000)
