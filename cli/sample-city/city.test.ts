import { beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../domain/change.ts'
import { isShelfExpired } from '../../domain/policy/hold-queue.ts'
import { classOf, openOfClass } from '../../domain/policy/loan-class.ts'
import { recordKinds, recordSchemas } from '../../domain/records.ts'
import type { Calendar, RecordKind, Records } from '../../domain/records.ts'
import { readCallNumber } from '../../domain/words/call-number.ts'
import { CalendarDate, addDays, ageOn, dateAt, startOf } from '../../domain/words/calendar-date.ts'
import { classifyScan, defaultScanPolicy } from '../../domain/words/classify-scan.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'
import { normaliseIssn } from '../../domain/words/issn.ts'
import { sampleAccounts, sampleCity } from './city.ts'
import { demoTitles, demoUniversityTitles } from './items.ts'

const seedOn = CalendarDate.parse('2026-11-22')

function rowsIn<K extends RecordKind>(changes: readonly Change[], kind: K): Records[K][] {
  return changes.flatMap((change) =>
    'put' in change && change.put === kind ? [change.row as Records[K]] : [],
  )
}

const changes = sampleCity(seedOn, (username) => `verifier of ${username}`)
const rows = <K extends RecordKind>(kind: K) => rowsIn(changes, kind)
const byId = <K extends RecordKind>(kind: K) =>
  new Map<string, Records[K]>(rows(kind).map((row) => [row.id, row]))

const titles = rows('title')
const items = rows('item')
const readers = rows('reader')
const loans = rows('loan')
const fees = rows('fee')
const itemsById = byId('item')
const readersById = byId('reader')
const anyItem = { itemType: 'book', language: null } as const
const noLimits = { chinese: null, foreign: null, av: null }
const openLoans = loans.filter((loan) => loan.returnedAt === null)
const countedBy = <T>(all: readonly T[], key: (one: T) => string, worth: (one: T) => number) => {
  const sums = new Map<string, number>()
  for (const one of all) sums.set(key(one), (sums.get(key(one)) ?? 0) + worth(one))
  return sums
}

describe('the sample city', () => {
  it('has the promised size', () => {
    expect(rows('library')).toHaveLength(11)
    expect(rows('branch').length).toBeGreaterThanOrEqual(11 + 14)
    expect(titles.length).toBeGreaterThanOrEqual(420)
    expect(titles.filter((title) => title.language === 'eng').length).toBeGreaterThanOrEqual(40)
    expect(titles.filter((title) => title.kind === 'serial').length).toBeGreaterThanOrEqual(15)
    expect(readers).toHaveLength(300)
    expect(openLoans.length).toBeGreaterThan(1300)
  })

  it.each([1, 2, 3, 4, 5, 6, 7])(
    'H10 has on its hold shelves what nobody collected, begun on weekday %i',
    (weekday) => {
      const beganOn = addDays(CalendarDate.parse('2026-11-22'), weekday)
      const city = sampleCity(beganOn, (username) => `verifier of ${username}`)
      const branches = new Map(rowsIn(city, 'branch').map((row) => [row.id, row]))
      const calendars = new Map<string, Calendar>(
        rowsIn(city, 'calendar').map((row) => [row.id, row]),
      )
      const past = rowsIn(city, 'hold').filter((hold) => {
        const branch = branches.get(hold.pickupBranchId)
        const calendar = calendars.get(branch?.calendarId ?? '') ?? null
        return isShelfExpired(hold, calendar, beganOn)
      })
      expect(past).toHaveLength(4)
    },
  )

  it('gives every record a shape that its schema accepts', () => {
    const refused = changes.filter(
      (change) => !('put' in change && recordSchemas[change.put].safeParse(change.row).success),
    )
    expect(refused).toEqual([])
  })

  it('gives no id, barcode, card, control number or ISBN twice', () => {
    const isUnique = (all: readonly string[]) => new Set(all).size === all.length
    for (const kind of recordKinds) expect(isUnique(rows(kind).map((row) => row.id))).toBe(true)
    expect(isUnique(items.map((item) => item.barcode))).toBe(true)
    expect(isUnique(readers.map((reader) => reader.cardNumber))).toBe(true)
    expect(isUnique(titles.map((title) => title.controlNumber ?? title.id))).toBe(true)
    expect(isUnique(titles.flatMap((title) => title.isbns))).toBe(true)
  })

  it('lists no book twice', () => {
    const keys = titles.map((title) => `${title.title}|${title.author}|${title.kind}`)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('is the same city for the same day, and another for another', () => {
    const verifierOf = (username: string) => `verifier of ${username}`
    expect(sampleCity(seedOn, verifierOf)).toEqual(changes)
    const later = sampleCity(addDays(seedOn, 1), verifierOf)
    expect(rowsIn(later, 'loan').map((loan) => loan.dueOn)).not.toEqual(
      loans.map((loan) => loan.dueOn),
    )
  })

  it('prints labels that the default scan policy reads', () => {
    const kindOf = (text: string) => classifyScan(defaultScanPolicy, { text, aim: null }).kind
    expect(items.filter((item) => !/^(\d{6}|F44010)\d{8}$/.test(item.barcode))).toEqual([])
    expect(items.filter((item) => !item.barcode.startsWith(item.ownerLibraryId))).toEqual([])
    expect(items.filter((item) => kindOf(item.barcode) !== 'item')).toEqual([])
    expect(readers.filter((reader) => !/^\d{13}$/.test(reader.cardNumber))).toEqual([])
    expect(readers.filter((reader) => kindOf(reader.cardNumber) !== 'reader-card')).toEqual([])
  })

  it('carries ISBNs with right check digits, of registrants that nobody holds', () => {
    const isbns = titles.flatMap((title) => title.isbns)
    expect(isbns.length).toBeGreaterThan(300)
    expect(isbns.filter((isbn) => normaliseIsbn(isbn) !== isbn)).toEqual([])
    expect(isbns.filter((isbn) => !isbn.startsWith('97876'))).toEqual([])
    const issns = titles.flatMap((title) => title.issn ?? [])
    expect(issns.length).toBeGreaterThan(5)
    expect(issns.filter((issn) => normaliseIssn(issn) !== issn)).toEqual([])
  })

  it('carries call numbers that the shelf order reads, one per library and title', () => {
    const numbers = new Map<string, string | null>()
    for (const item of items) {
      const key = `${item.ownerLibraryId} ${item.titleId}`
      expect(readCallNumber(item.callNumber ?? '').ok, item.callNumber ?? '').toBe(true)
      expect(numbers.get(key) ?? item.callNumber).toBe(item.callNumber)
      numbers.set(key, item.callNumber)
    }
    const standing = [...numbers].map(([key, number]) => `${key.split(' ')[0]} ${number}`)
    expect(new Set(standing).size).toBe(numbers.size)
  })
})

describe('what refers to what', () => {
  let branchIds: Set<string>
  beforeAll(() => {
    branchIds = new Set(rows('branch').map((branch) => branch.id))
  })

  it('names only records that exist', () => {
    const titleIds = new Set(titles.map((title) => title.id))
    const libraryIds = new Set<string>(rows('library').map((library) => library.id))
    const calendarIds = new Set(rows('calendar').map((calendar) => calendar.id))
    for (const branch of rows('branch')) {
      expect(libraryIds.has(branch.libraryId) && calendarIds.has(branch.calendarId)).toBe(true)
    }
    for (const item of items) {
      expect(item.titleId !== null && titleIds.has(item.titleId)).toBe(true)
      expect(branchIds.has(item.homeBranchId) && branchIds.has(item.atBranchId)).toBe(true)
      expect(item.heldForReaderId === null || readersById.has(item.heldForReaderId)).toBe(true)
    }
    for (const loan of loans) {
      expect(itemsById.has(loan.itemId) && readersById.has(loan.readerId)).toBe(true)
      expect(branchIds.has(loan.lentBranchId)).toBe(true)
    }
    const loansById = byId('loan')
    for (const fee of fees) {
      expect(readersById.has(fee.readerId)).toBe(true)
      expect(fee.loanId === null || loansById.get(fee.loanId)?.readerId === fee.readerId).toBe(true)
    }
    const workplaces = rows('staff').flatMap((staff) => staff.branchIds)
    expect(workplaces.filter((id) => !branchIds.has(id))).toEqual([])
  })

  it('has every library keep a main house with the number 01', () => {
    for (const library of rows('library')) expect(branchIds.has(`${library.id}-01`)).toBe(true)
  })

  it('keeps one open loan per item at most, and the item says which', () => {
    const openByItem = new Map(openLoans.map((loan) => [loan.itemId, loan.id]))
    expect(openByItem.size).toBe(openLoans.length)
    for (const item of items) {
      expect(item.openLoanId).toBe(openByItem.get(item.id) ?? null)
      expect(item.state === 'on-loan').toBe(openByItem.has(item.id))
    }
  })

  it('counts loans and debts as the rows add up', () => {
    const loansByReader = countedBy(
      openLoans,
      (loan) => loan.readerId,
      () => 1,
    )
    const owed = fees.filter((fee) => fee.settledAt === null)
    const owedByReader = countedBy(
      owed,
      (fee) => fee.readerId,
      (fee) => fee.amountFen,
    )
    for (const reader of readers) {
      expect(reader.openLoansCount).toBe(loansByReader.get(reader.id) ?? 0)
      expect(reader.feesOwedFen).toBe(owedByReader.get(reader.id) ?? 0)
    }
    for (const of of ['foreign', 'av'] as const) {
      const counted = openLoans.filter((loan) => loan.countsAs === of)
      const byReader = countedBy(
        counted,
        (loan) => loan.readerId,
        () => 1,
      )
      expect(readers.map((reader) => openOfClass(reader, of))).toEqual(
        readers.map(({ id }) => byReader.get(id) ?? 0),
      )
      expect(counted.every((loan) => classOf(itemsById.get(loan.itemId) ?? anyItem) === of)).toBe(
        true,
      )
    }
    expect(owedByReader.size).toBeGreaterThan(5)
  })

  it('I24 counts points as its entries do, and none is leased', () => {
    const pointsByReader = countedBy(
      rows('ledger-entry'),
      (entry) => entry.readerId,
      (entry) => entry.amount,
    )
    for (const reader of readers) {
      expect(reader.pointsFree).toBe(pointsByReader.get(reader.id) ?? 0)
    }
    expect(readersById.get('rdr-0001')?.pointsFree).toBe(180)
    expect(pointsByReader.size).toBeGreaterThan(40)
    expect(rows('lease')).toEqual([])
  })

  it('keeps readers within the limit of their category', () => {
    const [policy] = rows('policy')
    for (const reader of readers) {
      const category = policy?.readerCategories.find((one) => one.id === reader.category)
      expect(category, reader.category).toBeDefined()
      expect(reader.openLoansCount).toBeLessThanOrEqual(category?.itemsMax ?? 0)
      const { chinese, foreign, av } = category?.maxByClass ?? noLimits
      expect(openOfClass(reader, 'chinese')).toBeLessThanOrEqual(chinese ?? Infinity)
      expect(openOfClass(reader, 'foreign')).toBeLessThanOrEqual(foreign ?? Infinity)
      expect(openOfClass(reader, 'av')).toBeLessThanOrEqual(av ?? Infinity)
    }
    const used = new Set(readers.map((reader) => reader.category))
    expect([...used].toSorted()).toEqual(
      (policy?.readerCategories ?? [])
        .map((category) => category.id)
        .filter((id) => id !== 'unregistered')
        .toSorted(),
    )
  })

  it('tells events in an order that can have happened, none on the seed day or after', () => {
    const limit = startOf(seedOn)
    for (const loan of loans) {
      expect(loan.lentAt).toBeLessThan(limit)
      expect(loan.returnedAt ?? limit).toBeGreaterThan(loan.lentAt)
      expect(loan.returnedAt ?? 0).toBeLessThan(limit)
      expect(loan.dueOn > dateAt(loan.lentAt)).toBe(true)
    }
    for (const loan of openLoans) {
      expect(itemsById.get(loan.itemId)?.lastCheckInAt ?? 0).toBeLessThan(loan.lentAt)
    }
    for (const fee of fees) expect(fee.settledAt ?? limit).toBeGreaterThan(fee.openedAt)
  })

  it('gives every child a guardian of age who consented', () => {
    const children = readers.filter((reader) => reader.category === 'juvenile')
    expect(children.length).toBeGreaterThan(30)
    for (const child of children) {
      const guardian = readersById.get(child.guardianReaderId ?? '')
      expect(guardian?.bornOn && ageOn(guardian.bornOn, seedOn)).toBeGreaterThanOrEqual(18)
      expect(child.guardianConsentAt).not.toBeNull()
      const age = child.bornOn === null ? 0 : ageOn(child.bornOn, seedOn)
      expect(age >= 3 && age < 14).toBe(true)
    }
    const young = readers.filter(
      (reader) => reader.bornOn !== null && ageOn(reader.bornOn, seedOn) < 14,
    )
    expect(young.every((reader) => reader.category === 'juvenile')).toBe(true)
  })

  it('stores no national ID numbers', () => {
    expect(readers.filter((reader) => reader.idNumberHash !== null)).toEqual([])
  })
})

describe('what the demo promises', () => {
  const readerOf = (card: string) => {
    const found = readers.find((reader) => reader.cardNumber === card)
    if (found === undefined) throw new Error(`no card ${card}`)
    return found
  }
  const loansOf = (card: string) => openLoans.filter((loan) => loan.readerId === readerOf(card).id)

  it('has the five accounts, each with its verifier', () => {
    expect(rows('staff').map((staff) => [staff.username, staff.verifier])).toEqual(
      sampleAccounts.map(({ username }) => [username, `verifier of ${username}`]),
    )
    const byUsername = new Map(rows('staff').map((staff) => [staff.username, staff]))
    expect(byUsername.get('chen')).toMatchObject({ name: '陈静', branchIds: ['044005-01'] })
    expect(byUsername.get('lin')).toMatchObject({ name: '林悦', role: 'cataloguer' })
    expect(byUsername.get('wu')?.branchIds).toContain('044006-01')
    expect(byUsername.get('wu')?.role).toBe('branch-head')
    expect(byUsername.get('zhao')).toMatchObject({ name: '赵阳', branchIds: ['044006-01'] })
    expect(byUsername.get('song')).toMatchObject({ name: '宋清', role: 'reviewer' })
  })

  it('has the demo cards, on any seed day of a year', () => {
    for (let days = 0; days < 366; days += 1) {
      const on = addDays(seedOn, days)
      if (days % 73 !== 0 && !on.endsWith('02-29') && !on.endsWith('01-01')) continue
      const city = sampleCity(on, () => '')
      const named = new Map(rowsIn(city, 'reader').map((reader) => [reader.cardNumber, reader]))
      const late = rowsIn(city, 'loan').filter((loan) => loan.readerId === 'rdr-0002')
      expect(late.filter((loan) => loan.dueOn < on)).toHaveLength(1)
      expect(late.filter((loan) => loan.dueOn >= on && loan.dueOn <= addDays(on, 3))).toHaveLength(
        1,
      )
      expect(named.get('0440050000105')?.guardianReaderId).toBe('rdr-0006')
    }
  })

  it('has a card for each case at the desk', () => {
    expect(readerOf('0440050000101')).toMatchObject({ openLoansCount: 0, blockedUntilOn: null })
    expect(readerOf('0440050000101').expiresOn > seedOn).toBe(true)
    expect(loansOf('0440050000102')).toHaveLength(3)
    expect(readerOf('0440050000103').blockedUntilOn).toBe(addDays(seedOn, 30))
    expect(readerOf('0440050000103').blockReason).not.toBeNull()
    expect(readerOf('0440050000104').expiresOn < seedOn).toBe(true)
    expect(readerOf('0440050000105')).toMatchObject({
      category: 'juvenile',
      guardianReaderId: readerOf('0440050000106').id,
    })
    expect(readerOf('0440050000107').category).toBe('institution')
    expect(loansOf('0440050000107')).toHaveLength(1000)
    const states = new Set(readers.map((reader) => reader.cardState))
    expect(states).toEqual(new Set(['valid', 'lost', 'closed']))
  })

  it('has well-known books on the shelf under the first barcodes', () => {
    const titlesById = byId('title')
    const shelved = (library: string, first: number, names: readonly string[]) => {
      for (const [index, name] of names.entries()) {
        const barcode = library + String(first + index).padStart(8, '0')
        const item = items.find((one) => one.barcode === barcode)
        expect(item, barcode).toMatchObject({
          state: 'on-shelf',
          atBranchId: `${library}-01`,
          homeBranchId: `${library}-01`,
          isForLoan: true,
        })
        expect(titlesById.get(item?.titleId ?? '')?.title).toBe(name)
      }
    }
    expect(demoTitles).toHaveLength(20)
    shelved('044005', 10_000_001, demoTitles)
    shelved('044006', 10_000_001, demoTitles)
    shelved('F44010', 1, demoUniversityTitles)
  })

  it('ranks famous titles first', () => {
    const ranked = titles.toSorted((one, other) => other.loansCount - one.loansCount)
    expect(ranked[0]?.title).toBe('活着')
    const first = ranked.slice(0, 20).map((title) => title.title)
    expect(first).toEqual(expect.arrayContaining(['小王子', '百年孤独', '红楼梦', '三体']))
  })
})
