import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useHeldScans, useServices } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemVerdict } from './item-verdict.tsx'

type ItemCard = NonNullable<AnswerOf<'item-card'>>
type Kind =
  | 'item.mark-damaged'
  | 'item.clear-damage'
  | 'item.mark-missing-parts'
  | 'item.complete-parts'
  | 'item.describe'
  | 'item.mark-lost'
  | 'item.mark-missing'
  | 'item.found'
  | 'loan.claim-returned'
type Form = 'damage' | 'parts' | 'describe' | 'lost'

type Enter = <K extends Kind>(kind: K, payload: PayloadOf<K>) => Promise<void>

/** Everything that is recorded of an item in hand, or of one that should be. */
export function ItemActions({ card }: { readonly card: ItemCard }) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const [form, setForm] = useState<Form | null>(null)
  const [answer, setAnswer] = useState<Answer<Kind> | null>(null)
  const enter: Enter = async (kind, payload) => {
    const given = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    setForm(null)
    setAnswer(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  useKeys([{ combo: 'Alt+d', label: t('item.markDamaged'), run: () => setForm('damage') }])
  const actions = [...formsFor(card, t, setForm), ...entriesFor(card, t, enter)]
  return (
    <>
      {form === null && (
        <div className="cd-item-actions" role="group" aria-label={t('item.actions')}>
          {actions.map(({ label, testId, run, combo, isMain }) => (
            <Button
              key={testId}
              onClick={run}
              data-testid={testId}
              {...(isMain === true ? { type: 'primary' as const } : {})}
            >
              {label} {combo !== undefined && <KeyHint combo={combo} />}
            </Button>
          ))}
        </div>
      )}
      {form !== null && (
        <OpenForm form={form} card={card} enter={enter} onLeave={() => setForm(null)} />
      )}
      {answer !== null && <ItemVerdict answer={answer} />}
    </>
  )
}

interface Action {
  readonly label: string
  readonly testId: string
  readonly run: () => void
  readonly combo?: string
  readonly isMain?: boolean
}

/** What asks for a word more before it is entered. */
function formsFor({ item }: ItemCard, t: TFunction, open: (form: Form) => void): Action[] {
  const { state } = item
  const mayBeLost = state !== 'lost' && state !== 'withdrawn'
  const forms: (Action | false)[] = [
    {
      label: t('item.markDamaged'),
      testId: 'mark-damaged',
      combo: 'Alt+d',
      run: () => open('damage'),
    },
    { label: t('item.missingParts'), testId: 'missing-parts', run: () => open('parts') },
    { label: t('item.describe'), testId: 'describe-item', run: () => open('describe') },
    mayBeLost && { label: t('item.markLost'), testId: 'mark-lost', run: () => open('lost') },
  ]
  return forms.filter((one) => one !== false)
}

function entriesFor({ item, loan }: ItemCard, t: TFunction, enter: Enter): Action[] {
  const { id, state, barcode } = item
  const isOpen = loan !== null && loan.returnedAt === null
  const isGone = ['lost', 'missing', 'claimed-returned'].includes(state)
  const isHere = !isOpen && !isGone && state !== 'withdrawn'
  const entries: (Action | false)[] = [
    item.condition === 'damaged' && {
      label: t('item.repaired'),
      testId: 'clear-damage',
      run: () => void enter('item.clear-damage', { item: id }),
    },
    item.missingParts !== null && {
      label: t('item.completeParts'),
      testId: 'complete-parts',
      run: () => void enter('item.complete-parts', { item: id }),
    },
    isOpen &&
      state === 'on-loan' && {
        label: t('item.claim'),
        testId: 'claim-returned',
        run: () => void enter('loan.claim-returned', { loan: loan.id }),
      },
    isHere && {
      label: t('item.markMissing'),
      testId: 'mark-missing',
      run: () => void enter('item.mark-missing', { item: id }),
    },
    isGone && {
      label: t('item.found'),
      testId: 'item-found',
      isMain: true,
      run: () => void enter('item.found', { barcode }),
    },
  ]
  return entries.filter((one) => one !== false)
}

interface OpenFormProps {
  readonly form: Form
  readonly card: ItemCard
  readonly enter: Enter
  readonly onLeave: () => void
}

function OpenForm({ form, card, enter, onLeave }: OpenFormProps) {
  const { t } = useTranslation()
  const { item } = card
  switch (form) {
    case 'damage':
      return (
        <NoteForm
          hint={t('item.damageHint')}
          name={t('item.damageNote')}
          testId="damage"
          onLeave={onLeave}
          onSave={(note) =>
            enter('item.mark-damaged', { item: item.id, note, insteadOf: item.conditionNote })
          }
        />
      )
    case 'parts':
      return (
        <NoteForm
          hint={t('item.missingHint')}
          name={t('item.missingParts')}
          testId="missing-parts"
          onLeave={onLeave}
          onSave={(missing) => enter('item.mark-missing-parts', { item: item.id, missing })}
        />
      )
    case 'describe':
      return (
        <DescribeForm
          card={card}
          onLeave={onLeave}
          onSave={(said) => enter('item.describe', { item: item.id, ...said })}
        />
      )
    case 'lost':
      return (
        <LostForm onLeave={onLeave} onSave={() => enter('item.mark-lost', { item: item.id })} />
      )
  }
}

interface FormProps<V> {
  readonly onSave: (value: V) => Promise<void>
  readonly onLeave: () => void
}

interface NoteFormProps extends FormProps<string> {
  readonly hint: string
  readonly name: string
  readonly testId: string
}

function NoteForm({ hint, name, testId, onSave, onLeave }: NoteFormProps) {
  const [note, setNote] = useState('')
  useHeldScans(true)
  return (
    <ItemForm
      testId={testId}
      isReady={note.trim() !== ''}
      onSave={() => onSave(note.trim())}
      onLeave={onLeave}
    >
      <Input
        autoFocus
        value={note}
        maxLength={500}
        placeholder={hint}
        aria-label={name}
        data-testid={`${testId}-note`}
        onChange={(event) => setNote(event.target.value)}
      />
    </ItemForm>
  )
}

interface Described {
  readonly partsCount: number
  readonly alertNote: string | null
}

function DescribeForm({
  card: { item },
  onSave,
  onLeave,
}: FormProps<Described> & { readonly card: ItemCard }) {
  const { t } = useTranslation()
  const [partsCount, setPartsCount] = useState(item.partsCount)
  const [note, setNote] = useState(item.alertNote ?? '')
  useHeldScans(true)
  return (
    <ItemForm
      testId="describe"
      isReady
      onSave={() => onSave({ partsCount, alertNote: note.trim() === '' ? null : note.trim() })}
      onLeave={onLeave}
    >
      <InputNumber
        autoFocus
        min={1}
        max={999}
        value={partsCount}
        aria-label={t('item.parts')}
        onChange={(value) => setPartsCount(value ?? 1)}
      />
      <Input
        value={note}
        maxLength={500}
        placeholder={t('item.alertNoteHint')}
        aria-label={t('item.alertNote')}
        data-testid="alert-note"
        onChange={(event) => setNote(event.target.value)}
      />
    </ItemForm>
  )
}

/** A charge on somebody's card is asked for twice. */
function LostForm({ onSave, onLeave }: { onSave: () => Promise<void>; onLeave: () => void }) {
  const { t } = useTranslation()
  useHeldScans(true)
  return (
    <ItemForm testId="lost" isReady danger={t('item.markLost')} onSave={onSave} onLeave={onLeave}>
      <span>{t('item.confirmLost')}</span>
    </ItemForm>
  )
}
