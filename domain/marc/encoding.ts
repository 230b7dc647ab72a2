/**
 * Which profile and which encoding a record is in, from its own bytes. Flags lie (real GB18030
 * files carry `50` in 100/26), so a flag is believed only where the bytes agree
 * (reference/domain-cn.md 1.4, 1.8; security-reliability.md 8 row 18).
 */
import { guessEncoding } from './encoding-census.ts'
import { allValues, controlValue, dataFields, firstValue, isDataField } from './marc-record.ts'
import type { MarcEncoding } from './marc-encodings.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'
import { readFrame } from './iso2709.ts'
import type { WholeReading } from './iso2709.ts'
import { frameRecord } from './record-frame.ts'
import type { RecordFrame } from './record-frame.ts'
import { latin1Text } from './latin-1.ts'

const LEADER_LENGTH = 24

export type EncodingReading = {
  readonly encoding: MarcEncoding
  /**
   * What decided: only ASCII seen, the record's flag, well-formed UTF-8, the profile's custom, or
   * bytes that the profile's custom cannot explain: worth a look at the first titles.
   */
  readonly evidence: 'ascii' | 'flag' | 'utf-8-bytes' | 'profile' | 'census'
  /** The flag says one thing and the bytes another: worth a line in the import report. */
  readonly isFlagWrong: boolean
  /** Bytes that the chosen encoding cannot read: U+FFFD will stand for them. UTF-8 only. */
  readonly strayBytes: number
}

export type Utf8Census = {
  /** Well-formed sequences of two to four bytes. */
  readonly sequences: number
  /** Bytes that belong to no well-formed sequence. */
  readonly strays: number
}

/** Smallest and largest second byte: overlong forms, surrogates and > U+10FFFF are malformed. */
const secondByteRange = (lead: number): readonly [number, number] => {
  if (lead === 0xe0) return [0xa0, 0xbf]
  if (lead === 0xed) return [0x80, 0x9f]
  if (lead === 0xf0) return [0x90, 0xbf]
  if (lead === 0xf4) return [0x80, 0x8f]
  return [0x80, 0xbf]
}

const sequenceLength = (lead: number): number => {
  if (lead >= 0xc2 && lead <= 0xdf) return 2
  if (lead >= 0xe0 && lead <= 0xef) return 3
  if (lead >= 0xf0 && lead <= 0xf4) return 4
  return 0
}

const isSequence = (bytes: Uint8Array, at: number, length: number): boolean => {
  const [low, high] = secondByteRange(bytes[at] ?? 0)
  const second = bytes[at + 1] ?? 0
  if (second < low || second > high) return false
  for (let index = at + 2; index < at + length; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte < 0x80 || byte > 0xbf) return false
  }
  return at + length <= bytes.length
}

export const countUtf8 = (bytes: Uint8Array): Utf8Census => {
  let sequences = 0
  let strays = 0
  let at = 0
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0
    const length = lead < 0x80 ? 1 : sequenceLength(lead)
    if (length > 1 && isSequence(bytes, at, length)) {
      sequences += 1
      at += length
    } else {
      if (lead >= 0x80) strays += 1
      at += 1
    }
  }
  return { sequences, strays }
}

/** So many characters in a row of a short record are no chance either. */
const MANY_SEQUENCES = 6

/**
 * A cut character or one bad paste must not turn a whole UTF-8 record into mojibake. Hanzi in GB
 * form well-formed UTF-8 by chance about one time in seven, so these ratios are out of their reach.
 */
const isMostlyUtf8 = ({ sequences, strays }: Utf8Census, isFlagged: boolean): boolean => {
  const strayWeight = sequences >= MANY_SEQUENCES ? 3 : isFlagged ? 4 : 8
  return sequences > 0 && strays * strayWeight <= sequences
}

const flaggedUtf8 = (record: MarcRecord, profile: MarcProfileName): boolean =>
  profile === 'marc21'
    ? record.leader.charAt(9) === 'a'
    : (firstValue(record, '100', 'a') ?? '').slice(26, 30).includes('50')

const CUSTOM: Readonly<Record<MarcProfileName, ReadonlySet<MarcEncoding>>> = {
  cnmarc: new Set(['gb18030']),
  unimarc: new Set(['iso-5426', 'marc-8']),
  marc21: new Set(['marc-8']),
}

/** `bytes` are the whole record; `skeleton` is the same record decoded as Latin-1. */
export const detectEncoding = (
  bytes: Uint8Array,
  skeleton: MarcRecord,
  profile: MarcProfileName,
): EncodingReading => {
  const isFlagged = flaggedUtf8(skeleton, profile)
  const census = countUtf8(bytes.subarray(LEADER_LENGTH))
  // An escape is MARC-8's own: its Cyrillic, Greek and EACC are ASCII bytes behind it.
  const hasEscape = bytes.includes(0x1b)
  if (census.sequences === 0 && census.strays === 0) {
    if (hasEscape && profile !== 'cnmarc') {
      return { encoding: 'marc-8', evidence: 'profile', isFlagWrong: isFlagged, strayBytes: 0 }
    }
    return { encoding: 'utf-8', evidence: 'ascii', isFlagWrong: false, strayBytes: 0 }
  }
  if (isMostlyUtf8(census, isFlagged)) {
    return {
      encoding: 'utf-8',
      evidence: isFlagged ? 'flag' : 'utf-8-bytes',
      isFlagWrong: !isFlagged && profile === 'marc21',
      strayBytes: census.strays,
    }
  }
  const places = [...allValues(skeleton, '102', 'a'), ...allValues(skeleton, '801', 'a')]
  const encoding =
    hasEscape && profile !== 'cnmarc'
      ? 'marc-8'
      : guessEncoding(bytes.subarray(LEADER_LENGTH), profile, places)
  const evidence = CUSTOM[profile].has(encoding) ? 'profile' : 'census'
  return { encoding, evidence, isFlagWrong: isFlagged, strayBytes: 0 }
}

const chineseMarks = (record: MarcRecord): number => {
  const fixed = firstValue(record, '100', 'a') ?? ''
  const title = dataFields(record, '200')[0]
  const marks = [
    dataFields(record, '801').some((field) =>
      field.subfields.some(({ code, value }) => code === 'a' && value.trim() === 'CN'),
    ),
    firstValue(record, '102', 'a')?.trim() === 'CN',
    fixed.slice(22, 25) === 'chi',
    (firstValue(record, '101', 'a') ?? '').startsWith('chi'),
    record.fields.some(
      ({ tag }) => tag === '905' || tag === '690' || tag === '692' || tag === '091',
    ),
    title?.subfields.some(({ code }) => code === '9' || code === 'A') ?? false,
  ]
  return marks.filter(Boolean).length
}

/** From tags and coded values alone, so a Latin-1 skeleton is enough. */
export const detectProfile = (record: MarcRecord): MarcProfileName => {
  const hasDataField = (tag: string) =>
    record.fields.some((field) => field.tag === tag && isDataField(field))
  const marc21Marks =
    Number(hasDataField('245')) * 2 +
    Number(controlValue(record, '008') !== null) +
    Number(hasDataField('260') || hasDataField('264'))
  const unimarcMarks =
    Number(hasDataField('200')) * 2 +
    Number((firstValue(record, '100', 'a') ?? '').length >= 30) +
    Number(hasDataField('210'))
  if (marc21Marks > unimarcMarks) return 'marc21'
  return chineseMarks(record) > 0 || unimarcMarks === 0 ? 'cnmarc' : 'unimarc'
}

export type RecordForm = { readonly profile: MarcProfileName; readonly reading: EncodingReading }

/** All that detectProfile and detectEncoding look at. */
const FORM_TAGS: ReadonlySet<string> = new Set(
  '008 091 100 101 102 200 210 245 260 264 690 692 801 905'.split(' '),
)

/** Profile and encoding of a record whose fields are found. */
export const detectFrameForm = (
  frame: RecordFrame,
  wantedProfile: MarcProfileName | null,
): RecordForm => {
  const spans = frame.spans.filter(({ tag }) => FORM_TAGS.has(tag))
  const skeleton = readFrame({ ...frame, spans, rowFrom: null }, latin1Text, null).record
  const profile = wantedProfile ?? detectProfile(skeleton)
  return { profile, reading: detectEncoding(frame.bytes, skeleton, profile) }
}

/** What `framed`, read as UTF-8 without a fault, is: the same as `detectFrameForm` says of its bytes. */
export const utf8FormOf = (
  { bytes, rowFrom }: RecordFrame,
  { framed, text }: WholeReading,
  wantedProfile: MarcProfileName | null,
): RecordForm | null => {
  const { record, warnings } = framed
  // Bytes of the directory count as well, and where it holds others than digits and letters, it tells.
  if (warnings.some(({ code }) => code === 'tag-unusual')) return null
  const isAscii = text.length === bytes.length - 2 - (rowFrom ?? 0)
  if (isAscii && text.includes('\u001b')) return null
  const profile = wantedProfile ?? detectProfile(record)
  const isFlagged = flaggedUtf8(record, profile)
  const reading: EncodingReading = isAscii
    ? { encoding: 'utf-8', evidence: 'ascii', isFlagWrong: false, strayBytes: 0 }
    : {
        encoding: 'utf-8',
        evidence: isFlagged ? 'flag' : 'utf-8-bytes',
        isFlagWrong: !isFlagged && profile === 'marc21',
        strayBytes: 0,
      }
  return { profile, reading }
}

/** Profile and encoding of one slice; null where the slice is no record. */
export const detectRecordForm = (
  bytes: Uint8Array,
  wantedProfile: MarcProfileName | null,
): RecordForm | null => {
  const frame = frameRecord(bytes, 0)
  return 'refused' in frame ? null : detectFrameForm(frame, wantedProfile)
}

/** ISO 646 and GB 2312, as Chinese records in GB bytes say it. */
const GB_FLAG = '0110'
const UTF8_FLAG = '50'

/** 100 $a 26-33; what a library wrote of its GB sets differs from house to house and stays. */
const characterSets = (value: string, encoding: MarcEncoding): string => {
  if (value.length < 34) return value
  const flags = value.slice(26, 30)
  const isUnicode = flags.startsWith(UTF8_FLAG) || flags.endsWith(UTF8_FLAG)
  if (encoding !== 'utf-8' && !isUnicode) return value
  const told = encoding === 'utf-8' ? UTF8_FLAG : GB_FLAG
  return value.slice(0, 26) + told.padEnd(8, ' ') + value.slice(34)
}

/** The record with its encoding flag telling the truth about UTF-8. */
export const withEncodingFlag = (
  record: MarcRecord,
  profile: MarcProfileName,
  encoding: MarcEncoding,
): MarcRecord => {
  if (profile === 'marc21') {
    const flag = encoding === 'utf-8' ? 'a' : ' '
    return { ...record, leader: record.leader.slice(0, 9) + flag + record.leader.slice(10) }
  }
  const fields = record.fields.map((field) => {
    if (field.tag !== '100' || !isDataField(field)) return field
    const subfields = field.subfields.map(({ code, value }) =>
      code === 'a' ? { code, value: characterSets(value, encoding) } : { code, value },
    )
    return { ...field, subfields }
  })
  return { ...record, fields }
}
