import { Button, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { Branch } from '../../../domain/records.ts'
import { NumberScheme } from '../../../domain/shelf-records.ts'
import type { ShelfPlace } from '../../../domain/shelf-records.ts'
import type { BranchId } from '../../../domain/words/ids.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { placeName } from '../../app/going-words.ts'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneBanner } from '../../ui/tone.tsx'

type Fields = Omit<NumberScheme, 'id'>

const ways = NumberScheme.shape.numbersBy.options

const newScheme = (branchId: BranchId): Fields => ({
  nameZh: '',
  nameEn: '',
  numbersBy: 'sequence',
  places: [{ branchId, shelf: null }],
  blockSize: 3,
  blockDays: 14,
})

interface SchemeFormProps {
  /** Null where it is new. */
  readonly scheme: NumberScheme | null
  readonly branches: readonly Branch[]
  readonly mayEdit: boolean
  readonly onSaved: (id: string) => void
}

export function SchemeForm({ scheme, branches, mayEdit, onSaved }: SchemeFormProps) {
  const { t } = useTranslation()
  const { branch } = useSignedIn()
  const saving = useSaving(scheme, onSaved)
  const [fields, setFields] = useState<Fields>(
    () => withoutId(scheme) ?? newScheme((branch?.id ?? '') as BranchId),
  )
  const change = (parts: Partial<Fields>): void => setFields({ ...fields, ...parts })
  const isWhole = fields.nameZh.trim() !== '' && fields.nameEn.trim() !== ''
  const save = (): void => {
    if (mayEdit && isWhole) void saving.save(fields)
  }
  const addPlace = (): void => {
    const branchId = (branch?.id ?? '') as BranchId
    change({ places: [...fields.places, { branchId, shelf: null }] })
  }
  useKeys(
    mayEdit
      ? [
          { combo: 'Control+s', label: t('schemes.save'), run: save },
          { combo: 'Alt+j', label: t('schemes.addPlace'), run: addPlace },
        ]
      : [],
  )
  return (
    <Panel title={scheme?.nameZh ?? t('schemes.begin')} testId="scheme-form" className="cd-scroll">
      <fieldset disabled={!mayEdit} className="cd-scheme-fields">
        <PlainFields fields={fields} mayEdit={mayEdit} onChange={change} />
        <Places
          places={fields.places}
          branches={branches}
          mayEdit={mayEdit}
          onChange={(places) => change({ places })}
        />
      </fieldset>
      {mayEdit && (
        <div className="cd-row-of-buttons">
          <Button onClick={addPlace} data-testid="place-add">
            {t('schemes.addPlace')} <KeyHint combo="Alt+j" />
          </Button>
          <Button type="primary" disabled={!isWhole} onClick={save} data-testid="scheme-save">
            {t('schemes.save')} <KeyHint combo="Control+s" />
          </Button>
        </div>
      )}
      {saving.answer !== null && <Verdict answer={saving.answer} />}
    </Panel>
  )
}

function withoutId(scheme: NumberScheme | null): Fields | null {
  if (scheme === null) return null
  const { id: _id, ...fields } = scheme
  return fields
}

function useSaving(scheme: NumberScheme | null, onSaved: (id: string) => void) {
  const { desk, play } = useServices()
  const [answer, setAnswer] = useState<Answer<'scheme.set'> | null>(null)
  const save = async (fields: Fields): Promise<void> => {
    const payload: PayloadOf<'scheme.set'> = {
      ...fields,
      nameZh: fields.nameZh.trim(),
      nameEn: fields.nameEn.trim(),
      scheme: scheme?.id ?? null,
      was: scheme,
    }
    const kind = 'scheme.set' as const
    const told = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    setAnswer(told)
    play(told.receipt === null ? 'stop' : toneOf(told.receipt))
    if (told.receipt?.outcome === 'done') onSaved(told.receipt.summary.schemeId)
  }
  return { answer, save }
}

function Verdict({ answer }: { readonly answer: Answer<'scheme.set'> }) {
  const { t } = useTranslation()
  const { receipt, failure } = answer
  const isDone = receipt?.outcome === 'done'
  return (
    <div role="status">
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={t(isDone ? 'schemes.saved' : 'verdict.stop')}
        detail={failure === null ? '' : t(`failure.${failure}.next`)}
        testId="verdict"
      />
      <FindingLines findings={receipt?.findings ?? []} />
    </div>
  )
}

interface PlainFieldsProps {
  readonly fields: Fields
  readonly mayEdit: boolean
  readonly onChange: (parts: Partial<Fields>) => void
}

function PlainFields({ fields, mayEdit, onChange }: PlainFieldsProps) {
  const { t } = useTranslation()
  const text = (name: 'nameZh' | 'nameEn') => (
    <label>
      <span>{t(`schemes.${name}`)}</span>
      <Input
        autoFocus={name === 'nameZh'}
        value={fields[name]}
        maxLength={60}
        data-testid={`scheme-${name}`}
        onChange={({ target }) => onChange({ [name]: target.value })}
      />
    </label>
  )
  const count = (name: 'blockSize' | 'blockDays', most: number) => (
    <label>
      <span>{t(`schemes.${name}`)}</span>
      <InputNumber
        min={1}
        max={most}
        precision={0}
        value={fields[name]}
        disabled={!mayEdit}
        aria-label={t(`schemes.${name}`)}
        data-testid={`scheme-${name}`}
        onChange={(value) => onChange({ [name]: value ?? 1 })}
      />
    </label>
  )
  return (
    <>
      <div className="cd-two-fields">
        {text('nameZh')}
        {text('nameEn')}
        {count('blockSize', 50)}
        {count('blockDays', 365)}
      </div>
      <Radio.Group
        aria-label={t('schemes.numbersBy')}
        value={fields.numbersBy}
        disabled={!mayEdit}
        name="scheme-numbers-by"
        onChange={(event) => onChange({ numbersBy: event.target.value as Fields['numbersBy'] })}
        options={ways.map((value) => ({ value, label: t(`schemes.by.${value}`) }))}
      />
    </>
  )
}

interface PlacesProps {
  readonly places: readonly ShelfPlace[]
  readonly branches: readonly Branch[]
  readonly mayEdit: boolean
  readonly onChange: (places: ShelfPlace[]) => void
}

function Places({ places, branches, mayEdit, onChange }: PlacesProps) {
  const { t, i18n } = useTranslation()
  const set = (index: number, parts: Partial<ShelfPlace>): void =>
    onChange(places.map((place, at) => (at === index ? { ...place, ...parts } : place)))
  const named = (number: number, field: 'branch' | 'shelf') =>
    t('schemes.place', { number, field: t(`schemes.${field}`) })
  return (
    <>
      <h3>{t('schemes.places')}</h3>
      <ol className="cd-scheme-places" data-testid="scheme-places">
        {places.map((place, index) => (
          <li key={index}>
            <Select
              key={i18n.language}
              aria-label={named(index + 1, 'branch')}
              value={place.branchId as string}
              disabled={!mayEdit}
              onChange={(id) => set(index, { branchId: id as BranchId })}
              showSearch={{ optionFilterProp: 'label' }}
              options={branches.map((one) => ({
                value: one.id as string,
                label: placeName(t, i18n.language, one),
              }))}
            />
            <Input
              aria-label={named(index + 1, 'shelf')}
              placeholder={t('schemes.shelf')}
              value={place.shelf ?? ''}
              maxLength={100}
              data-testid={`place-shelf-${index + 1}`}
              onChange={({ target }) =>
                set(index, { shelf: target.value.trim() === '' ? null : target.value })
              }
            />
            {mayEdit && (
              <Button
                aria-label={t('schemes.removePlace', { number: index + 1 })}
                onClick={() => onChange(places.filter((_, at) => at !== index))}
              >
                ×
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
