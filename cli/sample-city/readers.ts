/**
 * The 300 readers of the sample city: nobody real. The first seven are the demo cards
 * (city.ts says what each shows).
 */
import { BlockScope } from '../../domain/reader-records.ts'
import type { Reader } from '../../domain/records.ts'
import { CalendarDate, addDays, startOf } from '../../domain/words/calendar-date.ts'
import { BranchId, LibraryId, ReaderId } from '../../domain/words/ids.ts'
import { libraryRows, sampleBranches } from './libraries.ts'
import type { LibraryCode } from './libraries.ts'
import { foreignNames, institutionNames, minorityNames, rareNames } from './people.ts'
import { sampleName, samplePhone } from './people.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
const CARD_YEARS = 10

/** How many readers of each category follow the demo cards. */
const countByCategory = {
  lidu: 147,
  'deposit-50': 6,
  'deposit-100': 24,
  'deposit-200': 3,
  'deposit-300': 12,
  juvenile: 44,
  senior: 20,
  staff: 8,
  braille: 5,
  institution: 2,
  university: 22,
} as const
type Category = keyof typeof countByCategory

/** Ages in years, both ends included; an institution has none. */
const agesByCategory: Record<Category, readonly [low: number, high: number] | null> = {
  lidu: [16, 64],
  'deposit-50': [18, 64],
  'deposit-100': [18, 64],
  'deposit-200': [18, 64],
  'deposit-300': [18, 64],
  juvenile: [4, 13],
  senior: [65, 88],
  staff: [22, 58],
  braille: [20, 70],
  institution: null,
  university: [18, 30],
}

/**
 * Thirteen digits. A card number begins with a numeric library code, and the cards that the
 * default scan policy knows begin with 0440; the other libraries' readers hold the central
 * library's card.
 */
const cardNumberFor = (library: LibraryCode, serial: number): string =>
  (library.startsWith('0440') ? library : '044005') + String(serial).padStart(7, '0')

/** The same day `years` earlier; 29 February becomes 28 February. */
function yearsBefore(date: CalendarDate, years: number): CalendarDate {
  const year = String(Number(date.slice(0, 4)) - years).padStart(4, '0')
  const day = date.endsWith('02-29') ? '-02-28' : date.slice(4)
  return CalendarDate.parse(year + day)
}

const yearsAfter = (date: CalendarDate, years: number): CalendarDate => yearsBefore(date, -years)

interface Person {
  readonly number: number
  readonly card: string
  readonly name: string
  readonly category: Category
  readonly library: LibraryCode
  readonly bornOn: CalendarDate | null
  /** When the card was given out. */
  readonly issuedOn: CalendarDate
}

const readerIdOf = (number: number): ReaderId =>
  ReaderId.parse(`rdr-${String(number).padStart(4, '0')}`)

/** Where the desks of `npm start` stand: most readers of the sample have been at all of them. */
const deskBranches = ['044005-01', '044006-01', '044008-01']
/** Of those after the demo cards, one in five has only been at home. */
const HOMEBODY_EVERY = 5
const DEMO_CARDS = 7

function servedAt({ number, library, issuedOn }: Person): Reader['activeAt'] {
  const home = sampleBranches.find(({ libraryId }) => libraryId === library)
  const others = number > DEMO_CARDS && number % HOMEBODY_EVERY === 0 ? [] : deskBranches
  const ids = new Set([...others, ...(home === undefined ? [] : [home.id])])
  return [...ids].map((id) => ({ branchId: BranchId.parse(id), lastOn: issuedOn }))
}

function personToReader(person: Person): Reader {
  return {
    id: readerIdOf(person.number),
    cardNumber: person.card,
    name: person.name,
    category: person.category,
    homeLibraryId: LibraryId.parse(person.library),
    bornOn: person.bornOn,
    phone: samplePhone(person.number),
    guardianReaderId: null,
    guardianConsentAt: null,
    expiresOn: yearsAfter(person.issuedOn, CARD_YEARS),
    cardState: 'valid',
    blockedUntilOn: null,
    blockReason: null,
    blockedFor: [],
    idNumberHash: null,
    openLoansCount: 0,
    openForeignCount: 0,
    openAvCount: 0,
    openReadingRoomCount: 0,
    claimsCount: 0,
    openHoldsCount: 0,
    feesOwedFen: 0,
    pointsFree: 0,
    activeAt: servedAt(person),
    note: null,
    depositFen: 0,
    keepsHistory: false,
    mergedIntoId: null,
  }
}

const withGuardian = (child: Reader, guardian: Reader, issuedOn: CalendarDate): Reader => ({
  ...child,
  guardianReaderId: guardian.id,
  guardianConsentAt: startOf(issuedOn) + 10 * HOUR_MS,
  phone: guardian.phone,
})

function demoReaders(seedOn: CalendarDate): Reader[] {
  const person = (
    number: number,
    name: string,
    category: Category,
    bornOn: string | null,
    issuedDaysAgo: number,
  ): Reader =>
    personToReader({
      number,
      card: cardNumberFor('044005', 100 + number),
      name,
      category,
      library: '044005',
      bornOn: bornOn === null ? null : CalendarDate.parse(bornOn),
      issuedOn: addDays(seedOn, -issuedDaysAgo),
    })
  const childIssuedDaysAgo = 200
  const guardian = person(6, '黄丽华', 'lidu', '1988-03-12', 900)
  const child: Reader = {
    ...person(5, '黄一诺', 'juvenile', null, childIssuedDaysAgo),
    bornOn: addDays(yearsBefore(seedOn, 8), -40),
  }
  return [
    person(1, '张思远', 'lidu', '1990-06-18', 400),
    person(2, '李雨桐', 'lidu', '1995-11-02', 700),
    {
      ...person(3, '王志强', 'lidu', '1979-01-25', 1500),
      blockedUntilOn: addDays(seedOn, 30),
      blockReason: '遗失图书未赔偿',
      blockedFor: ['lend', 'renew', 'hold'],
    },
    { ...person(4, '刘秀英', 'deposit-100', '1969-09-09', 1), expiresOn: addDays(seedOn, -20) },
    withGuardian(child, guardian, addDays(seedOn, -childIssuedDaysAgo)),
    guardian,
    person(7, institutionNames[0], 'institution', null, 500),
  ]
}

const uncommonNames = [...rareNames, ...minorityNames, ...foreignNames]

function peopleAfter(demoCount: number, seedOn: CalendarDate, random: Random): Person[] {
  const libraries = libraryRows.map(([code]) => code)
  const categories = (Object.keys(countByCategory) as Category[]).flatMap((category) =>
    Array.from({ length: countByCategory[category] }, () => category),
  )
  return categories.map((category, index) => {
    const number = demoCount + index + 1
    const library = category === 'university' ? 'F44010' : random.pick(libraries)
    const ages = agesByCategory[category]
    const ageDays = ages === null ? 0 : 366 * random.between(ages[0], ages[1])
    const heldDaysMax = category === 'juvenile' ? 300 : 3200
    const institutionName = institutionNames[1 + (index % (institutionNames.length - 1))]
    return {
      number,
      card: cardNumberFor(library, 1000 + number),
      name:
        category === 'institution'
          ? (institutionName ?? institutionNames[1])
          : (uncommonNames[index] ?? sampleName(random)),
      category,
      library,
      bornOn: ages === null ? null : addDays(seedOn, -ageDays - random.between(20, 320)),
      issuedOn: addDays(seedOn, -random.between(30, heldDaysMax)),
    }
  })
}

const blockReasons = ['逾期超过60天未还', '污损图书未处理', '冒用他人读者证'] as const

/** Lost and closed cards, expired ones and blocks, among readers who are otherwise plain. */
function withTrouble(reader: Reader, index: number, seedOn: CalendarDate): Reader {
  if (reader.category === 'juvenile' || reader.category === 'institution') return reader
  const blocked = {
    blockReason: blockReasons[index % blockReasons.length] ?? blockReasons[0],
    blockedFor: [...BlockScope.options],
  }
  switch (index % 20) {
    case 3:
      return { ...reader, expiresOn: addDays(seedOn, -(index + 1)) }
    case 8:
      return index % 40 === 8 ? { ...reader, cardState: 'lost' } : reader
    case 11:
      return { ...reader, blockedUntilOn: addDays(seedOn, 1 + (index % 60)), ...blocked }
    case 15:
      return index % 80 === 15
        ? { ...reader, blockedUntilOn: CalendarDate.parse('9999-12-31'), ...blocked }
        : reader
    case 17:
      // A block that has run out, which must no longer stop anybody.
      return { ...reader, blockedUntilOn: addDays(seedOn, -3), ...blocked }
    case 19:
      return index % 100 === 19 ? { ...reader, cardState: 'closed', note: '读者申请注销' } : reader
    default:
      return reader
  }
}

/** Readers without loans or fees; city.ts counts those in. */
export function sampleReaders(seedOn: CalendarDate, random: Random): Reader[] {
  const demo = demoReaders(seedOn)
  const people = peopleAfter(demo.length, seedOn, random)
  const plain = people.map((person, index) => withTrouble(personToReader(person), index, seedOn))
  const guardians = plain.filter(
    (reader) => reader.category === 'lidu' && (reader.bornOn ?? '') < yearsBefore(seedOn, 26),
  )
  const grown = plain.map((reader, index) => {
    const person = people[index]
    if (person === undefined || reader.category !== 'juvenile') return reader
    return withGuardian(reader, random.pick(guardians), person.issuedOn)
  })
  const wasHere = (reader: Reader): Reader => ({
    ...reader,
    activeAt: reader.activeAt.map((one) => ({ ...one, lastOn: seedOn })),
  })
  return [...demo, ...grown].map(wasHere)
}
