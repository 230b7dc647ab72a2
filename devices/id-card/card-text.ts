/**
 * The 256 bytes of text on a second-generation identity card: fields of fixed places, UTF-16 with
 * the low byte first, filled up with blanks. The kind of card stands at byte 248: blank for a
 * resident's card, J for a residence permit of Hong Kong, Macao and Taiwan residents, I for a
 * foreigner's permanent resident card of 2017, Y for that of 2023.
 *
 * From public descriptions (GA 450 for the resident's card, the makers' notes for the others).
 * Unproven on hardware: the places of kind Y, taken to be the resident's with the name in Latin
 * letters where that has the address.
 *
 * Only what a registration has a field for is read. Address, nationality, sex and authority are
 * left where they are, and the photo behind the text is never looked at.
 */
import { CalendarDate } from '../../domain/words/calendar-date.ts'

export const CARD_TEXT_BYTES = 256

export type IdCardKind = 'resident' | 'hong-kong-macao-taiwan' | 'foreigner-2017' | 'foreigner-2023'

export interface IdCard {
  readonly kind: IdCardKind
  readonly number: string
  /** null: it has a letter of the private area, whose meaning no computer here knows. */
  readonly name: string | null
  readonly bornOn: CalendarDate
}

interface Place {
  readonly at: number
  readonly length: number
}

/** Bytes; a letter takes two. */
interface Places {
  readonly name: Place
  /** Used where the first is blank. */
  readonly otherName: Place | null
  readonly bornOn: Place
  readonly number: Place
}

const KIND_AT = 248

const resident: Places = {
  name: { at: 0, length: 30 },
  otherName: null,
  bornOn: { at: 36, length: 16 },
  number: { at: 122, length: 36 },
}
const placesByKind: Readonly<Record<IdCardKind, Places>> = {
  resident,
  'hong-kong-macao-taiwan': resident,
  'foreigner-2017': {
    name: { at: 158, length: 30 },
    otherName: { at: 0, length: 120 },
    bornOn: { at: 220, length: 16 },
    number: { at: 122, length: 30 },
  },
  'foreigner-2023': { ...resident, otherName: { at: 52, length: 70 } },
}

const kindsByLetter: ReadonlyMap<string, IdCardKind> = new Map([
  ['', 'resident'],
  ['J', 'hong-kong-macao-taiwan'],
  ['I', 'foreigner-2017'],
  ['Y', 'foreigner-2023'],
])
const lettersByKind = new Map([...kindsByLetter].map(([letter, kind]) => [kind, letter]))

/** The older foreigner's card has three letters of the country and twelve digits. */
const NUMBER = { eighteen: /^\d{17}[\dX]$/, fifteen: /^[A-Z]{3}\d{12}$/ } as const
/** Rare characters without a code of their own stand in the private area. */
const NAME_FORM = /^[\p{L}\p{M}\p{Co}·.\-' ]+$/u
const PRIVATE = /\p{Co}/u

const textAt = (bytes: Uint8Array, { at, length }: Place): string => {
  let text = ''
  for (let n = at; n < at + length; n += 2) {
    text += String.fromCharCode((bytes[n] ?? 0) | ((bytes[n + 1] ?? 0) << 8))
  }
  return text.replace(/[\s\0\u3000]+$/u, '').trim()
}

const dateOf = (digits: string): CalendarDate | null => {
  const text = digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const date = CalendarDate.safeParse(text)
  return date.success ? date.data : null
}

/** null: not such a text, whatever the bytes. Never throws. */
export const readCardText = (bytes: Uint8Array): IdCard | null => {
  if (bytes.length < CARD_TEXT_BYTES) return null
  const kind = kindsByLetter.get(textAt(bytes, { at: KIND_AT, length: 2 }))
  if (kind === undefined) return null
  const places = placesByKind[kind]
  const first = textAt(bytes, places.name)
  const name = first === '' && places.otherName !== null ? textAt(bytes, places.otherName) : first
  const number = textAt(bytes, places.number).toUpperCase()
  const bornOn = dateOf(textAt(bytes, places.bornOn))
  const form = kind === 'foreigner-2017' ? NUMBER.fifteen : NUMBER.eighteen
  if (bornOn === null || !form.test(number) || !NAME_FORM.test(name)) return null
  return { kind, number, name: PRIVATE.test(name) ? null : name, bornOn }
}

/** The text as a card would have it: for emulated readers and for tests. */
export const encodeCardText = ({ kind, number, name: given, bornOn }: IdCard): Uint8Array => {
  const name = given ?? '\ue000'
  const bytes = new Uint8Array(CARD_TEXT_BYTES)
  for (let n = 0; n < CARD_TEXT_BYTES; n += 2) bytes[n] = 0x20
  const put = (text: string, { at, length }: Place): void => {
    for (let n = 0; n < Math.min(text.length, length / 2); n += 1) {
      const unit = text.charCodeAt(n)
      bytes[at + n * 2] = unit & 0xff
      bytes[at + n * 2 + 1] = unit >> 8
    }
  }
  const places = placesByKind[kind]
  const isLatin = places.otherName !== null && /^[\x20-\x7e]+$/.test(name)
  put(name, isLatin && places.otherName !== null ? places.otherName : places.name)
  put(number, places.number)
  put(bornOn.replaceAll('-', ''), places.bornOn)
  put(lettersByKind.get(kind) ?? '', { at: KIND_AT, length: 2 })
  return bytes
}
