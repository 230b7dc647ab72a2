/**
 * Which encoding a record is in that is not UTF-8, by its bytes: MARC21's leader and UNIMARC's 100
 * have no word for GB 18030, Big5 or Windows-1252, and files in them are about all the same.
 */
import { isIso5426Mark, isIso5426Sign } from './iso-5426.ts'
import type { MarcEncoding } from './marc-encodings.ts'
import type { MarcProfileName } from './marc-record.ts'
import { MARC_8_SETS } from './marc-8-tables.ts'

/** Two bytes a character, as GBK and Big5 have them, and GB 18030's four. */
type DoubleByteCensus = {
  readonly pairs: number
  /** Second byte below 0x80: rare in GB, four in ten in Big5. */
  readonly asciiTrails: number
  /** First byte 0x81-0xA0: a third of traditional hanzi in GBK, none in Big5. */
  readonly lowLeads: number
  /** First byte 0xA1-0xC6: symbols and the common hanzi of Big5. */
  readonly commonBig5: number
  readonly fours: number
  readonly strays: number
  /** Both bytes from 0xE0 on: two marks of one letter in ANSEL, as in Vietnamese. */
  readonly markPairs: number
  /** Bytes from 0x80 on that stand in a row. Letters with marks seldom make four. */
  readonly longestRun: number
}

const isBetween = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to

const isFour = (bytes: Uint8Array, at: number): boolean =>
  isBetween(bytes[at + 1] ?? 0, 0x30, 0x39) &&
  isBetween(bytes[at + 2] ?? 0, 0x81, 0xfe) &&
  isBetween(bytes[at + 3] ?? 0, 0x30, 0x39)

const countDoubleBytes = (bytes: Uint8Array): DoubleByteCensus => {
  const counts = { pairs: 0, asciiTrails: 0, lowLeads: 0, commonBig5: 0, fours: 0, strays: 0 }
  const census = { ...counts, markPairs: 0 }
  let run = 0
  let longestRun = 0
  for (const byte of bytes) {
    run = byte < 0x80 ? 0 : run + 1
    longestRun = Math.max(longestRun, run)
  }
  let at = 0
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0
    const trail = bytes[at + 1] ?? 0
    if (lead < 0x80) at += 1
    else if (isBetween(lead, 0x81, 0xfe) && isBetween(trail, 0x40, 0xfe) && trail !== 0x7f) {
      census.pairs += 1
      if (trail < 0x80) census.asciiTrails += 1
      if (lead <= 0xa0) census.lowLeads += 1
      if (lead >= 0xe0 && trail >= 0xe0) census.markPairs += 1
      if (isBetween(lead, 0xa1, 0xc6)) census.commonBig5 += 1
      at += 2
    } else if (isBetween(lead, 0x81, 0xfe) && isFour(bytes, at)) {
      census.fours += 1
      at += 4
    } else {
      census.strays += 1
      at += 1
    }
  }
  return { ...census, longestRun }
}

/** Real Big5 has a second byte below 0x80 in four of ten; a GB text that has so many uses low leads. */
const isBig5 = (census: DoubleByteCensus): boolean =>
  census.pairs >= 4 &&
  census.fours === 0 &&
  census.lowLeads === 0 &&
  census.strays * 20 <= census.pairs &&
  census.asciiTrails * 6 >= census.pairs &&
  census.commonBig5 * 10 >= census.pairs * 8

const isGb = ({ pairs, fours, asciiTrails, strays }: DoubleByteCensus): boolean =>
  pairs + fours > 0 && strays * 20 <= pairs + fours && asciiTrails * 4 <= pairs + fours

/**
 * Whole characters of GB throughout, and none of them could be a letter with its marks: those stand
 * among ASCII letters, one or two high bytes at a time.
 */
const isGbAlone = (census: DoubleByteCensus): boolean =>
  isGb(census) &&
  census.strays === 0 &&
  census.asciiTrails === 0 &&
  (census.longestRun >= 4 || census.fours > 0 || census.markPairs === 0)

/** A set whose marks stand before their letters: what it cannot explain speaks against it. */
type LatinCensus = {
  readonly high: number
  /** Bytes the set lacks, and marks that no letter follows. */
  readonly faults: number
  /** Marks on letters that bear no such mark in any character of Unicode. */
  readonly oddMarks: number
  /** The bytes that were at fault or odd. */
  readonly offenders: ReadonlySet<number>
}

type LatinSet = {
  readonly isMark: (byte: number) => boolean
  readonly isSign: (byte: number) => boolean
  readonly markOf: (byte: number) => string
}

const ansel = MARC_8_SETS.get('E')
const anselSet: LatinSet = {
  isMark: (byte) => ansel?.combining.has(byte & 0x7f) === true && byte >= 0x80,
  isSign: (byte) =>
    (ansel?.characterByByte.has(byte & 0x7f) === true && byte >= 0xa0) ||
    [0x88, 0x89, 0x8d, 0x8e].includes(byte),
  markOf: (byte) => ansel?.characterByByte.get(byte & 0x7f) ?? '',
}
const iso5426Set: LatinSet = { isMark: isIso5426Mark, isSign: isIso5426Sign, markOf: () => '' }

const marc21Sets = [['marc-8', anselSet]] as const
const unimarcSets = [['iso-5426', iso5426Set], ...marc21Sets] as const

const isLetter = (byte: number): boolean =>
  isBetween(byte, 0x41, 0x5a) || isBetween(byte, 0x61, 0x7a)

/** EB and EC are halves of a ligature, which never become one character with their letter. */
const LIGATURES: ReadonlySet<string> = new Set(['\ufe20', '\ufe21', '\ufe22', '\ufe23', ''])

const isOdd = (mark: string, letter: number): boolean =>
  !LIGATURES.has(mark) && (String.fromCharCode(letter) + mark).normalize('NFC').length > 1

const countLatin = (bytes: Uint8Array, set: LatinSet): LatinCensus => {
  let high = 0
  let faults = 0
  let oddMarks = 0
  const offenders = new Set<number>()
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    high += 1
    const next = bytes[at + 1] ?? 0
    const isAlone = set.isMark(byte) ? next < 0x80 && !isLetter(next) : !set.isSign(byte)
    const isStrange = set.isMark(byte) && isLetter(next) && isOdd(set.markOf(byte), next)
    faults += Number(isAlone)
    oddMarks += Number(isStrange)
    if (isAlone || isStrange) offenders.add(byte)
  }
  return { high, faults, oddMarks, offenders }
}

/** Romanised Arabic and Sanskrit have odd marks of their own, among many that are not. */
const isExplained = ({ high, faults, oddMarks }: LatinCensus): boolean =>
  faults * 12 <= high && (oddMarks === 0 || oddMarks * 2 < high)

/** `é` and `ó`: in ANSEL a caron and two dots below, seldom the only ones of a record. */
const TELLING: ReadonlySet<number> = new Set([0xe9, 0xf3])

/**
 * One mark that is misused throughout is a cataloguer's habit (`don\xe1t` for an apostrophe, in real
 * MARC-8); Windows-1252 offends with several bytes, with one that the set lacks, or with a telling one.
 */
const isForeign = (census: LatinCensus, set: LatinSet): boolean =>
  !isExplained(census) &&
  (census.offenders.size > 1 ||
    [...census.offenders].some((byte) => TELLING.has(byte) || !set.isMark(byte)))

const isTaiwan = (places: readonly string[]): boolean =>
  places.some((place) => /^(?:tw|cw)/i.test(place.trim()))

/**
 * `bytes`: the fields; no UTF-8 and no escape sequence among them. `places`: 102 $a and 801 $a of
 * the record. The profile's own encoding is believed wherever it explains the bytes.
 */
export const guessEncoding = (
  bytes: Uint8Array,
  profile: MarcProfileName,
  places: readonly string[],
): Exclude<MarcEncoding, 'utf-8'> => {
  const doubles = countDoubleBytes(bytes)
  if (profile === 'cnmarc')
    return isBig5(doubles) || isTaiwanese(doubles, places) ? 'big5' : 'gb18030'
  if (isGbAlone(doubles)) return 'gb18030'
  const own = profile === 'unimarc' ? unimarcSets : marc21Sets
  const explained = own.find(([, set]) => isExplained(countLatin(bytes, set)))
  if (explained !== undefined) return explained[0]
  const habitual = own.find(([, set]) => !isForeign(countLatin(bytes, set), set))
  if (habitual !== undefined && !isGb(doubles)) return habitual[0]
  if (isBig5(doubles)) return 'big5'
  return isGb(doubles) ? 'gb18030' : 'windows-1252'
}

const isTaiwanese = (census: DoubleByteCensus, places: readonly string[]): boolean =>
  isTaiwan(places) && census.lowLeads === 0 && census.fours === 0 && census.asciiTrails > 0
