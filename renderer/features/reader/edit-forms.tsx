/** Forms over a reader's own data: its fields. */
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { Reader } from '../../../domain/records.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { useReaderCardQuery } from '../../app/desk-api.ts'
import { dateFromText } from '../../ui/date-text.ts'
import type { ActFormProps } from './card-forms.tsx'
import { LedgerForm, TextField, useText } from './ledger-form.tsx'

type Edit = PayloadOf<'reader.edit'>

interface Edited {
  readonly name: string | null
  readonly phone: string | null
  readonly bornOn: string | null
  readonly note: string | null
  /** Undefined where nothing was typed about a guardian. */
  readonly guardian: Reader['id'] | undefined
  readonly hasConsent: boolean
}

/** One operation for each field that is not what it was. */
export function editsOf(reader: Reader, edited: Edited): Edit[] {
  const of = { reader: reader.id }
  const born = edited.bornOn === null ? null : dateFromText(edited.bornOn)
  const { name, phone, note, guardian } = edited
  const all: Edit[] = [
    ...(name === null ? [] : [{ ...of, field: 'name' as const, from: reader.name, to: name }]),
    { ...of, field: 'phone', from: reader.phone, to: phone },
    { ...of, field: 'bornOn', from: reader.bornOn, to: born as CalendarDate | null },
    { ...of, field: 'note', from: reader.note, to: note },
  ]
  const changed = all.filter(({ from, to }) => from !== to)
  if (guardian === undefined || guardian === reader.guardianReaderId) return changed
  const from = reader.guardianReaderId
  // Before the birth date: a child without a guardian is refused.
  return [
    { ...of, field: 'guardianReaderId', from, to: guardian, hasConsent: edited.hasConsent },
    ...changed,
  ]
}

export function EditForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [name, filledName, setName] = useText(reader.name)
  const [phone, filledPhone, setPhone] = useText(reader.phone ?? '')
  const [born, filledBorn, setBorn] = useText(reader.bornOn ?? '')
  const [note, filledNote, setNote] = useText(reader.note ?? '')
  const [guardianCard, filledGuardian, setGuardianCard] = useText()
  const { data: guardian } = useReaderCardQuery(
    { card: filledGuardian ?? '', readerId: null, loansLimit: 1 },
    { skip: filledGuardian === null },
  )
  const isDateWrong = filledBorn !== null && dateFromText(filledBorn) === null
  const isGuardianUnknown = filledGuardian !== null && (guardian ?? null) === null
  const canConfirm = filledName !== null && !isDateWrong && !isGuardianUnknown && !acts.isWorking
  const confirm = async (): Promise<void> => {
    const edits = editsOf(reader, {
      name: filledName,
      phone: filledPhone,
      bornOn: filledBorn,
      note: filledNote,
      guardian: filledGuardian === null ? undefined : guardian?.reader.id,
      // Whoever names a guardian here has asked: the hint beside the field says so.
      hasConsent: true,
    })
    for (const edit of edits) if (!(await acts.act('reader.edit', edit))) return
    onClose()
  }
  const field = (
    of: 'name' | 'phone' | 'bornOn' | 'note',
    value: string,
    onChange: (text: string) => void,
  ) => (
    <TextField
      label={t(`readers.field.${of}`)}
      hint=""
      value={value}
      onChange={onChange}
      hasFocusFirst={of === 'name'}
      testId={`edit-${of}`}
    />
  )
  return (
    <LedgerForm
      title={t('readers.edit')}
      canConfirm={canConfirm}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="edit-reader"
    >
      {field('name', name, setName)}
      {field('phone', phone, setPhone)}
      {field('bornOn', born, setBorn)}
      {field('note', note, setNote)}
      <TextField
        label={t('readers.field.guardianReaderId')}
        hint={t('register.consent')}
        value={guardianCard}
        onChange={setGuardianCard}
        testId="edit-guardian"
      />
      <p className="cd-quiet">{t('readers.editHint')}</p>
    </LedgerForm>
  )
}
