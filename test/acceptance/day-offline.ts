/** A day of work at a desk without a line: what a branch does between nine and six, and what goes wrong. */
import { sampleCity } from '../../cli/sample-city/city.ts'
import type { Change } from '../../domain/change.ts'
import type { Item, Loan, Reader, RecordKind, Records } from '../../domain/records.ts'
import { addDays, dateAt } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { BranchId, LoanId, TitleId } from '../../domain/words/ids.ts'
import type { Bridge } from './pages/bridge.ts'

const today = dateAt(Date.now())
const seeded = sampleCity(today, () => '')
const rowsIn = <K extends RecordKind>(kind: K): readonly Records[K][] =>
  seeded.flatMap((change: Change) =>
    'put' in change && change.put === kind ? [change.row as Records[K]] : [],
  )

const BRANCHES = { A: '044005-01', B: '044006-01' } as const
type DeskName = keyof typeof BRANCHES

/** On their shelves, and nothing is said against lending them. */
const shelved = (desk: DeskName): readonly Item[] =>
  rowsIn('item').filter(
    (item) =>
      item.atBranchId === BRANCHES[desk] &&
      item.homeBranchId === BRANCHES[desk] &&
      item.state === 'on-shelf' &&
      item.itemType === 'book' &&
      item.language === 'chi' &&
      item.condition === 'good' &&
      item.isForLoan &&
      item.heldForReaderId === null,
  )

/** A copy on the shelf of each: kept aside for the clashes of holds. */
const pairs: readonly { readonly atA: Item; readonly atB: Item }[] = shelved('A')
  .flatMap((atA) => {
    const atB = shelved('B').find(({ titleId }) => titleId !== null && titleId === atA.titleId)
    return atB === undefined ? [] : [{ atA, atB }]
  })
  .filter(({ atA }, at, all) => all.findIndex((one) => one.atA.titleId === atA.titleId) === at)
  .slice(0, 2)
const isKeptAside = ({ titleId }: Item): boolean => pairs.some(({ atA }) => atA.titleId === titleId)

/** Known at both desks, with nothing out and nothing owed. */
const readers = rowsIn('reader').filter(
  (reader) =>
    reader.category === 'lidu' &&
    reader.cardState === 'valid' &&
    reader.blockedUntilOn === null &&
    reader.expiresOn > today &&
    reader.openLoansCount === 0 &&
    reader.feesOwedFen === 0 &&
    Object.values(BRANCHES).every((id) => reader.activeAt.some(({ branchId }) => branchId === id)),
)
/** Five items at most. */
const smallCard = rowsIn('reader').find(
  (reader) =>
    reader.category === 'deposit-50' &&
    reader.openLoansCount === 0 &&
    reader.feesOwedFen === 0 &&
    reader.expiresOn > today &&
    reader.blockedUntilOn === null &&
    Object.values(BRANCHES).every((id) => reader.activeAt.some(({ branchId }) => branchId === id)),
)

/** Takes the next ones; a day that needs more than there are is a mistake of the day. */
function taker<T>(from: readonly T[], what: string): (count: number) => readonly T[] {
  let taken = 0
  return (count) => {
    const next = from.slice(taken, taken + count)
    taken += count
    if (next.length < count) throw new Error(`not enough ${what}: ${from.length}`)
    return next
  }
}

const unpaired = (desk: DeskName) => shelved(desk).filter((item) => !isKeptAside(item))
const itemsA = taker(unpaired('A'), 'items at A')
const itemsB = taker(unpaired('B'), 'items at B')
const people = taker(readers, 'readers')

const sureOf = <T>(one: T | undefined): T => {
  if (one === undefined) throw new Error('the sample city has none')
  return one
}

/** What both desks meet, each without knowing of the other. */
export const clashes = {
  lentTwice: itemsA(5),
  lentTwiceToOne: itemsA(3),
  returnedElsewhere: itemsA(3),
  forFullCard: [...itemsA(5), ...itemsB(3)],
  forBlocked: itemsA(1),
  forUnknownCard: itemsA(2),
  first: sureOf(people(1)[0]),
  second: sureOf(people(1)[0]),
  full: sureOf(smallCard),
  blocked: sureOf(people(1)[0]),
  edited: people(2),
  paying: people(2),
  unknownItems: ['04400588888801', '04400588888802', '04400588888803'],
  unknownCard: '0440050088801',
  /** Lent at B weeks ago, renewed there without a line. */
  renewed: lentAtB(),
  /** Five holds are allowed: four are placed before, and one more at each desk. */
  holder: sureOf(people(1)[0]),
  heldTitles: sixTitles(),
  debtor: sureOf(people(1)[0]),
  forDebtor: itemsA(1),
  /** B sends it on, and it turns up at A. */
  strayed: itemsB(1),
  /** One waits, and each desk keeps a copy. */
  waitsForEither: sureOf(people(1)[0]),
  either: sureOf(pairs[0]),
  /** B keeps what A lends. */
  waitsForIt: sureOf(people(1)[0]),
  bypassed: sureOf(pairs[1]),
} as const

/** A loan of somebody who owes nothing, and has nothing overdue. */
function lentAtB(): Loan {
  const running = rowsIn('loan').filter(({ returnedAt }) => returnedAt === null)
  const isQuiet = (readerId: string): boolean => {
    const reader = rowsIn('reader').find(({ id }) => id === readerId)
    const isGood = reader?.feesOwedFen === 0 && reader.blockedUntilOn === null
    const isLate = running.some((loan) => loan.readerId === readerId && loan.dueOn <= today)
    return isGood && !isLate && reader.expiresOn > '2027-06'
  }
  const found = running.find(
    ({ readerId, lentBranchId, renewalsCount, dueOn, countsAs }) =>
      lentBranchId === BRANCHES.B &&
      renewalsCount === 0 &&
      countsAs === 'chinese' &&
      dueOn < addDays(today, 25) &&
      isQuiet(readerId),
  )
  return sureOf(found)
}

/** Of items that are lent to nobody else on that day. */
function sixTitles(): readonly TitleId[] {
  const titles = new Set(rowsIn('item').flatMap((item) => (isWaitedFor(item) ? item.titleId : [])))
  const found = [...titles].flatMap((id) => id ?? [])
  return found.slice(0, 6)
}

function isWaitedFor(item: Item): boolean {
  return item.state === 'on-shelf' && item.isForLoan && item.homeBranchId === '044007-01'
}

const lend = (desk: Bridge, { barcode }: Pick<Item, 'barcode'>, card: string) =>
  desk.perform('loan.check-out', { barcode, card, dueOn: null })
const takeBack = (desk: Bridge, { barcode }: Item, inHouse = false) =>
  desk.perform('loan.check-in', { barcode, returnedOn: null, ...(inHouse ? { inHouse } : {}) })

/** While both have a line: the fees that both will settle. */
export async function chargeBefore(desk: Bridge): Promise<readonly string[]> {
  const fees: string[] = []
  for (const { id } of clashes.paying) {
    const asked = { reader: id, cause: 'rfid-tag', amountFen: 500, item: null, note: null } as const
    fees.push((await desk.perform('fee.charge', asked)).feeId)
  }
  return fees
}

const wait = (desk: Bridge, title: TitleId | null, { cardNumber }: Reader, at: DeskName) =>
  desk.perform('hold.place', {
    title: sureOf(title ?? undefined),
    item: null,
    card: cardNumber,
    pickupBranch: BRANCHES[at] as BranchId,
    neededByOn: null,
  })

/** Both have a line. */
export async function waitBefore(a: Bridge): Promise<void> {
  const { heldTitles, holder, either, bypassed } = clashes
  for (const title of heldTitles.slice(0, 4)) await wait(a, title, holder, 'A')
  await wait(a, either.atA.titleId, clashes.waitsForEither, 'A')
  await wait(a, bypassed.atA.titleId, clashes.waitsForIt, 'B')
}

/** B has no line any more, and does not hear of it: who owes is not renewed. */
export async function chargeUnheard(a: Bridge): Promise<void> {
  const asked = { cause: 'rfid-tag', amountFen: 500, item: null, note: null } as const
  await a.perform('fee.charge', { reader: clashes.renewed.readerId, ...asked })
}

/** At A, which comes back last: it pays what B waived, and lends to whom B suspended. */
export async function troubleAtA(desk: Bridge, fees: readonly string[]): Promise<void> {
  for (const item of clashes.lentTwiceToOne) await lend(desk, item, clashes.first.cardNumber)
  for (const item of clashes.forFullCard.slice(0, 5)) {
    await lend(desk, item, clashes.full.cardNumber)
  }
  for (const item of clashes.forBlocked) await lend(desk, item, clashes.blocked.cardNumber)
  for (const item of clashes.forUnknownCard) await lend(desk, item, clashes.unknownCard)
  await lend(desk, { barcode: sureOf(clashes.unknownItems[0]) }, clashes.first.cardNumber)
  for (const [place, { id }] of clashes.paying.entries()) {
    const line = { fee: sureOf(fees[place]) as never, amountFen: 500 }
    await desk.perform('payment.take', { reader: id, fees: [line], tender: 'wechat', till: null })
  }
  const { heldTitles, holder, either, bypassed, debtor } = clashes
  await wait(desk, heldTitles[4] ?? null, holder, 'A')
  for (const item of clashes.forDebtor) await lend(desk, item, debtor.cardNumber)
  for (const item of clashes.strayed) await takeBack(desk, item)
  await desk.perform('hold.trap', { barcode: either.atA.barcode })
  await lend(desk, bypassed.atA, clashes.first.cardNumber)
  await editPhones(desk, '13900000001')
  await register(desk, 'A', 0, '欧阳重阳')
}

export async function troubleAtB(desk: Bridge, fees: readonly string[]): Promise<void> {
  for (const item of clashes.lentTwiceToOne) await lend(desk, item, clashes.first.cardNumber)
  for (const item of clashes.returnedElsewhere) await takeBack(desk, item)
  for (const item of clashes.forFullCard.slice(5)) await lend(desk, item, clashes.full.cardNumber)
  for (const barcode of clashes.unknownItems.slice(1)) {
    await lend(desk, { barcode }, clashes.second.cardNumber)
  }
  await desk.perform('reader.suspend', {
    reader: clashes.blocked.id,
    untilOn: null,
    blockedFor: ['lend'],
    reason: '遗失图书未赔偿',
  })
  for (const [place, { id }] of clashes.paying.entries()) {
    const fee = sureOf(fees[place]) as never
    await desk.perform('fee.waive', {
      reader: id,
      fee,
      amountFen: 500,
      as: 'waived',
      reason: '停电',
    })
  }
  await desk.perform('loan.renew', { loan: clashes.renewed.id })
  const { heldTitles, holder, either, bypassed, debtor } = clashes
  await wait(desk, heldTitles[5] ?? null, holder, 'B')
  const owed = { cause: 'other', amountFen: 20_000, item: null, note: '损坏桌椅' } as const
  await desk.perform('fee.charge', { reader: debtor.id, ...owed })
  const third = { to: '044007-01' as BranchId, reason: 'stock' } as const
  for (const { barcode } of clashes.strayed) await desk.perform('item.send', { barcode, ...third })
  await desk.perform('hold.trap', { barcode: either.atB.barcode })
  await takeBack(desk, bypassed.atA)
  await editPhones(desk, '13900000002')
  await register(desk, 'B', 0, '欧阳重阳')
}

async function editPhones(desk: Bridge, to: string): Promise<void> {
  for (const { id, phone } of clashes.edited) {
    await desk.perform('reader.edit', { reader: id, field: 'phone', from: phone, to })
  }
}

const register = (desk: Bridge, name: DeskName, number: number, called: string) =>
  desk.perform('reader.register', {
    card: `04400500${name === 'A' ? 7 : 8}${String(number).padStart(4, '0')}`,
    name: called,
    category: 'lidu',
    bornOn: '1988-09-09' as CalendarDate,
    phone: null,
    idNumberHash: null,
    guardianReaderId: null,
    hasGuardianConsent: false,
    note: null,
  })

/** Nothing of it clashes. Ends when `desk` has done so many operations. */
export async function usualWork(desk: Bridge, name: DeskName, until: number): Promise<void> {
  const mine = name === 'A' ? itemsA(40) : itemsB(30)
  const served = people(10)
  const cardOf = (place: number): string => sureOf(served[place % served.length]).cardNumber
  const loans: LoanId[] = []
  for (const [place, item] of mine.entries()) {
    const { loanId } = await lend(desk, item, cardOf(place))
    loans.push(loanId as LoanId)
  }
  for (const loan of loans.slice(0, 20)) await desk.perform('loan.renew', { loan })
  const back = mine.slice(0, 25)
  for (const item of back) await takeBack(desk, item)
  for (const [place, item] of back.slice(0, 15).entries()) await lend(desk, item, cardOf(place + 3))
  for (const item of back.slice(15)) await takeBack(desk, item, true)
  for (const item of back.slice(20)) {
    await desk.perform('item.mark-damaged', { item: item.id, note: '书脊松动' })
  }
  await atReaderDesk(desk, name, served)
  for (let place = 0; desk.done < until; place += 1) {
    const earned = { earning: 'reading', amount: 1 + (place % 3), note: null }
    await desk.perform('points.earn', { card: cardOf(place), ...earned })
  }
}

async function atReaderDesk(
  desk: Bridge,
  name: DeskName,
  served: readonly Reader[],
): Promise<void> {
  for (const { id } of served) {
    const asked = { reader: id, cause: 'label', amountFen: 200, item: null, note: null } as const
    const { feeId } = await desk.perform('fee.charge', asked)
    const line = { fee: feeId as never, amountFen: 200 }
    await desk.perform('payment.take', { reader: id, fees: [line], tender: 'alipay', till: null })
    await desk.perform('reader.message', { reader: id, text: '请补登电话' })
    await desk.perform('reader.edit', { reader: id, field: 'note', from: null, to: '常来' })
  }
  for (let number = 1; number <= 8; number += 1) {
    await register(desk, name, number, `新读者${name}${number}`)
  }
}
