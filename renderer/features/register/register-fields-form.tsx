import { Button, Checkbox, Input, Select } from 'antd'
import { useId } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isIdNumber } from '../../../domain/words/id-number.ts'
import { usePolicyQuery } from '../../app/desk-api.ts'
import { isIdNumberWrong } from './register-form.ts'
import type { Missing, RegisterFields } from './register-form.ts'

/** Categories that exist for records of the city, not for people at a desk. */
const NOT_AT_DESK = new Set(['unregistered'])

interface RegisterFieldsFormProps {
  readonly fields: RegisterFields
  readonly change: (part: Partial<RegisterFields>) => void
  readonly missing: Missing | null
  readonly isMinorAge: boolean
  /** Empty while no card is given, null where the card is unknown. */
  readonly guardianName: string | null
  readonly isDisabled: boolean
  readonly onSubmit: (event: SubmitEvent) => void
}

type TextName = 'card' | 'name' | 'bornOn' | 'phone' | 'guardianCard' | 'note'

export function RegisterFieldsForm(props: RegisterFieldsFormProps) {
  const { fields, change, missing, isMinorAge, guardianName, isDisabled, onSubmit } = props
  const { t, i18n } = useTranslation()
  const { data: policy } = usePolicyQuery({})
  const categories = (policy?.readerCategories ?? []).filter(({ id }) => !NOT_AT_DESK.has(id))
  const text = (name: TextName, label: string, maxLength: number, testId: string, hint = '') => (
    <Field label={label} hint={hint} isMissing={missing === name}>
      {(id) => (
        <Input
          id={id}
          value={fields[name]}
          maxLength={maxLength}
          autoComplete="off"
          data-testid={testId}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  const isIdWrong = isIdNumberWrong(fields)
  const idHint = isIdWrong
    ? t('idCard.wrongHint')
    : fields.idCard === null
      ? t('readers.idNumberHint')
      : t('idCard.readHint')
  const cardHint = t(isIdNumber(fields.card) ? 'idCard.notACard' : 'register.cardHint')
  const bornHint = t(missing === 'bornOn' ? 'register.badDate' : 'register.bornOnHint')
  const guardianHint =
    guardianName === ''
      ? t('register.guardianHint')
      : guardianName === null
        ? t('register.guardianUnknown')
        : t('register.guardianFound', { name: guardianName })
  return (
    <form onSubmit={onSubmit}>
      {text('card', t('register.card'), 64, 'new-card', cardHint)}
      <Field label={t('register.category')} hint="" isMissing={missing === 'category'}>
        {(id) => (
          <Select
            id={id}
            value={fields.category === '' ? null : fields.category}
            aria-label={t('register.category')}
            data-testid="category"
            virtual={false}
            listHeight={400}
            options={categories.map((category) => ({
              value: category.id,
              label: i18n.language === 'zh-CN' ? category.nameZh : category.nameEn,
            }))}
            onChange={(category) => change({ category: category ?? '' })}
          />
        )}
      </Field>
      {text('name', t('register.name'), 60, 'new-name')}
      {text('bornOn', t('register.bornOn'), 16, 'born-on', bornHint)}
      {text('phone', t('register.phone'), 30, 'phone')}
      <Field label={t('readers.idNumber')} hint={idHint} isMissing={isIdWrong}>
        {(id) => (
          <Input
            id={id}
            value={fields.idCard?.masked ?? fields.idNumber}
            maxLength={30}
            autoComplete="off"
            data-testid="id-number"
            // What was read from a card cannot be mended by hand: the first key clears it.
            onChange={({ target }) =>
              change({ idCard: null, idNumber: fields.idCard === null ? target.value : '' })
            }
          />
        )}
      </Field>
      {isMinorAge && (
        <>
          {text('guardianCard', t('register.guardian'), 64, 'guardian-card', guardianHint)}
          <Checkbox
            checked={fields.hasConsent}
            data-testid="consent"
            onChange={(event) => change({ hasConsent: event.target.checked })}
          >
            {t('register.consent')}
          </Checkbox>
        </>
      )}
      {text('note', t('register.note'), 500, 'new-note')}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        disabled={isDisabled}
        data-testid="register"
      >
        {t('register.go')}
      </Button>
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly hint: string
  readonly isMissing: boolean
  readonly children: (id: string) => ReactNode
}

function Field({ label, hint, isMissing, children }: FieldProps) {
  const id = useId()
  return (
    <div className={isMissing ? 'cd-field cd-field-missing' : 'cd-field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      <span className="cd-quiet">{hint}</span>
    </div>
  )
}
