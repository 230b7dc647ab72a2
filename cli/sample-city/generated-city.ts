/**
 * A city of any size, synthetic but shaped like a real one, for `--size city` and for benches. It
 * stands on the sample city's libraries, branches and policy (sampleCity) and never meets its ids
 * or labels: `ttl-g…`, `itm-g…`, `rdr-g…`, `loan-g…`, barcode serials from 60000001, card serials
 * from 1000001, ISBNs of 978-7-7….
 *
 * Everything about item, loan and reader number n follows from n, so nothing is kept in memory.
 */
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { openDayFrom } from '../../domain/policy/calendar.ts'
import { termsFor } from '../../domain/policy/loan-rules.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import type { Calendar, Item, Loan, Reader, Title } from '../../domain/records.ts'
import { addDays, startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type {
  BranchId,
  ItemId,
  LibraryId,
  LoanId,
  ReaderId,
  TitleId,
} from '../../domain/words/ids.ts'
import {
  chineseFrames,
  chinesePublishers,
  chineseWords,
  classes,
  englishFrames,
  englishGivenNames,
  englishPublishers,
  englishSurnames,
  englishWords,
} from './generated-words.ts'
import { libraryRows, sampleBranches, sampleCalendars } from './libraries.ts'
import { givenNames, samplePhone, surnames } from './people.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'
import { sampleIsbn } from './sample-isbn.ts'
import { subjectsOf } from './titles/subjects.ts'

const BATCH = 5000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const SERIAL_FIRST = 60_000_001
/** Room in the eight digits of a barcode, and in the seven of a card. */
const ITEMS_MAX = 11 * 39_000_000
const CARDS_MAX = 8_000_000
/** One item in eight is out. */
const ITEMS_PER_LOAN = 8
const LOANS_PER_READER_MAX = 8

const idOf = (prefix: string, number: number): string =>
  `${prefix}-g${String(number).padStart(8, '0')}`

/**
 * Zipf's law (Mandelbrot's form, flattened at the head) as a table of 4,096 places: a draw costs
 * one look.
 */
function zipfTable(words: readonly string[]): readonly string[] {
  const total = words.reduce((sum, _, rank) => sum + 1 / (rank + 5), 0)
  const table: string[] = []
  let reached = 0
  for (const [rank, word] of words.entries()) {
    reached += 4096 / (rank + 5) / total
    while (table.length < Math.max(Math.round(reached), rank + 1)) table.push(word)
  }
  return table
}

const chinese = zipfTable(chineseWords)
const english = zipfTable(englishWords)
const classTable = zipfTable(classes)
const publisherTable = zipfTable(chinesePublishers)
const surnameTable = zipfTable(surnames)
const subjectsByClass = new Map(classes.map((clc) => [clc, subjectsOf(clc)]))

/** A frame cut into text and gaps once, since titles are made by the million. */
const cut = (frame: string): readonly string[] => frame.split('{}')
const chineseCuts = chineseFrames.map(cut)
const englishCuts = englishFrames.map(cut)
const otherTitleCut = cut('{}{}新探')
const chineseSubtitle = cut('：{}{}的{}')
const englishSubtitle = cut(': {}, {} and {}')

function fill(frame: readonly string[], words: readonly string[], random: Random): string {
  let text = frame[0] ?? ''
  for (let gap = 1; gap < frame.length; gap += 1) text += random.pick(words) + (frame[gap] ?? '')
  return text
}

/** One title in six is a numbered volume or a later edition, as on a real shelf. */
function volumeOf(random: Random): string {
  const share = random.next()
  if (share > 0.16) return ''
  if (share > 0.08) return `. 第${random.between(2, 9)}版`
  return `. 第${random.between(1, 12)}册`
}

const chineseName = (random: Random): string => random.pick(surnameTable) + random.pick(givenNames)

const englishName = (random: Random): string =>
  `${random.pick(englishGivenNames)} ${random.pick(englishSurnames)}`

/** What a copy must know of its title without keeping it. */
function traitsOf(index: number, seed: number) {
  const mixed = Math.imul(index ^ Math.imul(seed + 1, 0x85ebca6b), 0x9e3779b1) >>> 0
  const clc = classTable[(mixed >>> 8) % classTable.length] ?? 'Z228'
  const isEnglish = mixed % 5 === 0
  return { clc, isEnglish, audience: clc.startsWith('I287') ? 'juvenile' : 'general' } as const
}

function generatedTitle(index: number, seed: number, random: Random): Title {
  const { clc, isEnglish, audience } = traitsOf(index, seed)
  const words = isEnglish ? english : chinese
  const head = fill(random.pick(isEnglish ? englishCuts : chineseCuts), words, random)
  const subtitle = isEnglish ? englishSubtitle : chineseSubtitle
  const rest = random.chance(0.4) ? fill(subtitle, words, random) : ''
  return {
    id: idOf('ttl', index + 1) as TitleId,
    controlNumber: `G${String(index + 1).padStart(9, '0')}`,
    title: head + rest + (isEnglish ? '' : volumeOf(random)),
    otherTitle: !isEnglish && index % 9 === 0 ? fill(otherTitleCut, chinese, random) : null,
    author: isEnglish ? englishName(random) : `${chineseName(random)}著`,
    publisher: random.pick(isEnglish ? englishPublishers : publisherTable),
    year: String(2026 - Math.floor(40 * random.next() * random.next())),
    isbns: [sampleIsbn('7', index % 10_000_000)],
    issn: null,
    clc,
    language: isEnglish ? 'eng' : 'chi',
    subjects: subjectsByClass.get(clc) ?? [],
    series: index % 11 === 0 ? `${random.pick(chinese)}丛书` : null,
    pinyin: null,
    kind: 'book',
    audience,
    loansCount: Math.floor(3 / (random.next() + 0.0008)),
  }
}

/** `count` titles; the same seed gives the same titles. */
export function* generateTitles(of: { count: number; seed: number }): Generator<Title> {
  const random = seededRandom(of.seed)
  for (let index = 0; index < of.count; index += 1) {
    yield generatedTitle(index, of.seed, random)
  }
}

export interface CitySize {
  readonly titles: number
  readonly items: number
  readonly readers: number
  readonly seed: number
  readonly seedOn: CalendarDate
}

const loansCountOf = (size: CitySize): number =>
  Math.min(Math.floor((size.items + 4) / ITEMS_PER_LOAN), size.readers * LOANS_PER_READER_MAX)

/** Item 3, 11, 19 … is out on loan 0, 1, 2 …, to reader 0, 1, 2 … and around again. */
const loanIndexOf = (itemIndex: number, loansCount: number): number | null => {
  const index = (itemIndex - 3) / ITEMS_PER_LOAN
  return Number.isInteger(index) && index >= 0 && index < loansCount ? index : null
}

/** Of an item that is out the title needs no look at the item: readers and loans are made first. */
const lentTitleOf = (itemIndex: number, size: CitySize): number => itemIndex % size.titles

const isForeignLoan = (loanIndex: number, size: CitySize): boolean =>
  traitsOf(lentTitleOf(3 + loanIndex * ITEMS_PER_LOAN, size), size.seed).isEnglish

const branchesByLibrary = libraryRows.map(([code]) =>
  sampleBranches.filter((branch) => branch.libraryId === code),
)

/** Library and branch of item number `index`: libraries in turn, their branches in turn. */
function placeOf(index: number) {
  const library = libraryRows[index % libraryRows.length]
  const branches = branchesByLibrary[index % libraryRows.length] ?? []
  const branch = branches[Math.floor(index / libraryRows.length) % branches.length]
  if (library === undefined || branch === undefined) throw new Error('a library without a branch')
  return { libraryId: library[0] as string as LibraryId, branchId: branch.id }
}

function generatedItem(index: number, size: CitySize, random: Random, loansCount: number): Item {
  const { libraryId, branchId } = placeOf(index)
  const loanIndex = loanIndexOf(index, loansCount)
  // Every title has a copy before any has a second; second copies go to the first titles.
  const titleIndex =
    index < size.titles || loanIndex !== null
      ? lentTitleOf(index, size)
      : Math.floor(size.titles * random.next() * random.next())
  const { clc, isEnglish, audience } = traitsOf(titleIndex, size.seed)
  return {
    id: idOf('itm', index + 1) as ItemId,
    barcode: libraryId + String(SERIAL_FIRST + Math.floor(index / libraryRows.length)),
    titleId: idOf('ttl', titleIndex + 1) as TitleId,
    ownerLibraryId: libraryId,
    homeBranchId: branchId,
    atBranchId: branchId,
    callNumber: `${clc}/${1 + (titleIndex % 99_991)}`,
    shelf: `${random.between(1, 300)}排${random.chance(0.5) ? 'A' : 'B'}面`,
    itemType: 'book',
    language: isEnglish ? 'eng' : 'chi',
    audience,
    priceFen: random.between(18, 128) * 100,
    state: loanIndex === null ? 'on-shelf' : 'on-loan',
    condition: 'good',
    conditionNote: null,
    isForLoan: true,
    openLoanId: loanIndex === null ? null : (idOf('loan', loanIndex + 1) as LoanId),
    lastCheckInAt: null,
    heldForReaderId: null,
    holdId: null,
    transitToBranchId: null,
    isPlaceholder: false,
    partsCount: 1,
    missingParts: null,
    alertNote: null,
    transitSentAt: null,
    inHouseUsesCount: 0,
  }
}

function generatedReader(
  index: number,
  size: CitySize,
  random: Random,
  loansCount: number,
): Reader {
  const openLoansCount =
    loansCount > index ? Math.floor((loansCount - index - 1) / size.readers) + 1 : 0
  const loans = Array.from({ length: openLoansCount }, (_, at) => index + at * size.readers)
  return {
    id: idOf('rdr', index + 1) as ReaderId,
    cardNumber: `044005${1_000_001 + index}`,
    name: chineseName(random),
    category: random.chance(0.8) ? 'lidu' : 'deposit-100',
    homeLibraryId: '044005' as LibraryId,
    bornOn: addDays(size.seedOn, -random.between(16 * 366, 75 * 365)),
    phone: samplePhone(10_000 + index),
    guardianReaderId: null,
    guardianConsentAt: null,
    expiresOn: addDays(size.seedOn, random.between(1, 3600)),
    cardState: 'valid',
    blockedUntilOn: null,
    blockReason: null,
    blockedFor: [],
    idNumberHash: null,
    openLoansCount,
    openForeignCount: loans.filter((loan) => isForeignLoan(loan, size)).length,
    openAvCount: 0,
    openReadingRoomCount: 0,
    claimsCount: 0,
    openHoldsCount: 0,
    feesOwedFen: 0,
    pointsFree: 0,
    activeAt: [{ branchId: '044005-01' as BranchId, lastOn: size.seedOn }],
    note: null,
    depositFen: 0,
    keepsHistory: false,
    mergedIntoId: null,
  }
}

/** The due date per library and age of a loan: few, asked for often. */
function dueDates(seedOn: CalendarDate) {
  const calendars = new Map<string, Calendar>(
    sampleCalendars(seedOn).map((calendar) => [calendar.id, calendar]),
  )
  const known = new Map<string, { dueOn: CalendarDate; policyLine: string }>()
  return (libraryId: string, daysAgo: number) => {
    const key = `${libraryId} ${daysAgo}`
    const before = known.get(key)
    if (before !== undefined) return before
    const calendar = calendars.get(`cal-${libraryId}`)
    // Neither category of generated readers has a line of its own.
    const terms = termsFor(
      shenzhenPolicy,
      {
        readerCategory: 'lidu',
        itemType: 'book',
        audience: 'general',
        ownerLibraryId: libraryId,
        lendingLibraryId: libraryId,
        isRenewal: false,
      },
      seedOn,
    )
    if (calendar === undefined || terms.loanDays === null)
      throw new Error(`no terms at ${libraryId}`)
    const wanted = addDays(seedOn, terms.loanDays - daysAgo)
    const found = { dueOn: openDayFrom(calendar, wanted), policyLine: terms.lines[0] ?? '' }
    known.set(key, found)
    return found
  }
}

function* generateLoans(size: CitySize, loansCount: number): Generator<Loan> {
  const dueOf = dueDates(size.seedOn)
  const seededAt = startOf(size.seedOn)
  for (let index = 0; index < loansCount; index += 1) {
    const itemIndex = 3 + index * ITEMS_PER_LOAN
    const { libraryId, branchId } = placeOf(itemIndex)
    const daysAgo = 1 + ((index * 17) % 37)
    yield {
      id: idOf('loan', index + 1) as LoanId,
      itemId: idOf('itm', itemIndex + 1) as ItemId,
      readerId: idOf('rdr', (index % size.readers) + 1) as ReaderId,
      lentAt: seededAt - daysAgo * 24 * HOUR_MS + 9 * HOUR_MS + (index % 600) * MINUTE_MS,
      lentBranchId: branchId,
      ...dueOf(libraryId, daysAgo),
      dueAt: null,
      countsAs: isForeignLoan(index, size) ? 'foreign' : 'chinese',
      renewalsCount: 0,
      returnedAt: null,
      returnedBranchId: null,
      isDisputed: false,
      claimedReturnedAt: null,
      lostAt: null,
      lossRefundUntilOn: null,
      takenOverFromId: null,
    }
  }
}

function* changesOf(size: CitySize): Generator<Change> {
  const loansCount = loansCountOf(size)
  const random = seededRandom(size.seed + 1)
  for (const title of generateTitles({ count: size.titles, seed: size.seed })) {
    yield put('title', title)
  }
  for (let index = 0; index < size.items; index += 1) {
    yield put('item', generatedItem(index, size, random, loansCount))
  }
  for (let index = 0; index < size.readers; index += 1) {
    yield put('reader', generatedReader(index, size, random, loansCount))
  }
  for (const loan of generateLoans(size, loansCount)) yield put('loan', loan)
}

/**
 * Titles, items, readers and the open loans of one item in eight, in batches of 5,000 puts.
 * Throws a RangeError where the labels would run out or items have no titles.
 */
export function* generateCity(size: CitySize): Generator<Change[]> {
  if (size.items > ITEMS_MAX || size.readers > CARDS_MAX) {
    throw new RangeError('more items or readers than barcodes or cards')
  }
  if (size.items > 0 && size.titles === 0) throw new RangeError('items without titles')
  let batch: Change[] = []
  for (const change of changesOf(size)) {
    batch.push(change)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
