/** What is filled in for a new card, and what is still missing. Pure. */
import type { AskOf } from '../../../contract/queries.ts'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { ageOn } from '../../../domain/words/calendar-date.ts'
import { hasIdNumberForm, isIdNumber } from '../../../domain/words/id-number.ts'
import type { ReaderId } from '../../../domain/words/ids.ts'
import type { HolderRead } from '../../app/desk-state.ts'
import type { IdCardRead } from '../../app/id-card-read.ts'
import { dateFromText } from '../../ui/date-text.ts'

export interface RegisterFields {
  readonly card: string
  readonly category: string
  readonly name: string
  readonly bornOn: string
  readonly phone: string
  /** Hashed by the desk and forgotten. */
  readonly idNumber: string
  /** Read from the card, instead of `idNumber`. */
  readonly idCard: IdCardRead | null
  readonly guardianCard: string
  readonly hasConsent: boolean
  readonly note: string
}

export const emptyFields: RegisterFields = {
  card: '',
  category: '',
  name: '',
  bornOn: '',
  phone: '',
  idNumber: '',
  idCard: null,
  guardianCard: '',
  hasConsent: false,
  note: '',
}

/** What a card fills in: its number, and whose it is where a reader read the card itself. */
export const fromIdCard = (
  fields: RegisterFields,
  idCard: IdCardRead,
  holder: Pick<HolderRead, 'name' | 'bornOn'> | null,
): RegisterFields => ({
  ...fields,
  idCard,
  idNumber: '',
  name: holder?.name ?? fields.name,
  bornOn: holder?.bornOn ?? fields.bornOn,
})

/** PIPL 31: under this age the guardian's fields are shown. The rule itself is domain's. */
const CONSENT_AGE = 14

export function isMinor(bornOn: string, today: CalendarDate): boolean {
  const date = dateFromText(bornOn)
  return date !== null && ageOn(date as CalendarDate, today) < CONSENT_AGE
}

export type Missing = 'card' | 'category' | 'name' | 'bornOn'

export function missingIn(fields: RegisterFields): Missing | null {
  if (fields.card.trim() === '' || isIdNumber(fields.card)) return 'card'
  if (fields.category === '') return 'category'
  if (fields.name.trim() === '') return 'name'
  return fields.bornOn.trim() !== '' && dateFromText(fields.bornOn) === null ? 'bornOn' : null
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export const payloadOf = (
  fields: RegisterFields,
  guardianReaderId: string | null,
  idNumberHash: string | null = null,
): PayloadOf<'reader.register'> => ({
  card: fields.card.trim(),
  name: fields.name.trim(),
  category: fields.category,
  bornOn: dateFromText(fields.bornOn) as CalendarDate | null,
  phone: textOrNull(fields.phone),
  idNumberHash,
  guardianReaderId: guardianReaderId as ReaderId | null,
  hasGuardianConsent: fields.hasConsent,
  note: textOrNull(fields.note),
})

/** What the search for look-alikes is asked as it is typed; an unfinished date is none yet. */
export const likenessOf = (fields: RegisterFields): AskOf<'find-duplicates'> => ({
  card: fields.card.trim(),
  name: fields.name.trim(),
  bornOn: dateFromText(fields.bornOn),
  phone: fields.phone.trim(),
  idNumber: fields.idNumber.trim(),
  idNumberHash: fields.idCard?.idNumberHash ?? null,
})

/** Eighteen places whose check letter does not fit: mistyped, or misread. */
export const isIdNumberWrong = ({ idNumber, idCard }: RegisterFields): boolean =>
  idCard === null
    ? hasIdNumberForm(idNumber) && !isIdNumber(idNumber)
    : idCard.idNumberHash === null
