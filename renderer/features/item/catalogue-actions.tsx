import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { Item } from '../../../domain/records.ts'
import { normaliseBarcode } from '../../../domain/words/barcode.ts'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useScans, useServices } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EditItemForm } from './edit-item-form.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemVerdict } from './item-verdict.tsx'

type Kind = 'item.edit' | 'item.replace-barcode' | 'item.withdraw'
type Form = 'edit' | 'barcode' | 'withdraw'

const combos = { edit: 'Alt+e', barcode: 'Alt+b', withdraw: 'Alt+w' } as const
const forms = Object.keys(combos) as Form[]

/** What a cataloguer does to an item: how it is called, its label, its end. */
export function CatalogueActions({ item }: { readonly item: Item }) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const [form, setForm] = useState<Form | null>(null)
  const [answer, setAnswer] = useState<Answer<Kind> | null>(null)
  const enter = async <K extends Kind>(kind: K, payload: PayloadOf<K>): Promise<void> => {
    const given = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    if (given.receipt?.outcome === 'done') setForm(null)
    setAnswer(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  const open = (next: Form): void => {
    setAnswer(null)
    setForm(next)
  }
  const mayOpen = forms.filter((one) => one !== 'withdraw' || item.state !== 'withdrawn')
  useKeys(
    mayOpen.map((one) => ({
      combo: combos[one],
      label: t(`itemEdit.${one}`),
      run: () => open(one),
    })),
  )
  const leave = (): void => setForm(null)
  return (
    <>
      <div className="cd-item-actions" role="group" aria-label={t('itemEdit.actions')}>
        {mayOpen.map((one) => (
          <Button key={one} onClick={() => open(one)} data-testid={`item-${one}`}>
            {t(`itemEdit.${one}`)} <KeyHint combo={combos[one]} />
          </Button>
        ))}
      </div>
      {form === 'edit' && (
        <EditItemForm
          item={item}
          onLeave={leave}
          onSave={(set, was) => enter('item.edit', { item: item.id, set, was })}
        />
      )}
      {form === 'barcode' && (
        <LabelForm
          onLeave={leave}
          onSave={(barcode) => enter('item.replace-barcode', { item: item.id, barcode })}
        />
      )}
      {form === 'withdraw' && (
        <LineForm
          name={t('itemEdit.reason')}
          testId="withdraw"
          onLeave={leave}
          onSave={(reason) => enter('item.withdraw', { item: item.id, reason })}
        />
      )}
      {answer !== null && <ItemVerdict answer={answer} />}
    </>
  )
}

interface LineFormProps {
  readonly name: string
  readonly testId: string
  readonly onSave: (text: string) => Promise<void>
  readonly onLeave: () => void
  readonly text?: string
  readonly onText?: (text: string) => void
}

function LineForm({ name, testId, onSave, onLeave, text, onText }: LineFormProps) {
  const [own, setOwn] = useState('')
  const line = text ?? own
  return (
    <ItemForm
      testId={testId}
      isReady={line.trim() !== ''}
      onSave={() => onSave(line.trim())}
      onLeave={onLeave}
    >
      <Input
        autoFocus
        value={line}
        maxLength={200}
        placeholder={name}
        aria-label={name}
        autoComplete="off"
        data-testid={`${testId}-line`}
        onChange={({ target }) => (onText ?? setOwn)(target.value)}
      />
    </ItemForm>
  )
}

/** The new label is scanned: it is shown, and entered with Enter. */
function LabelForm({ onSave, onLeave }: Pick<LineFormProps, 'onSave' | 'onLeave'>) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  useScans(({ kind, text: scanned, alsoKinds }) => {
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (isItem) setText(scanned)
    return isItem
  })
  return (
    <LineForm
      name={t('itemEdit.newBarcode')}
      testId="barcode"
      text={text}
      onText={setText}
      onSave={(line) => onSave(normaliseBarcode(line))}
      onLeave={onLeave}
    />
  )
}
