import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { Item } from '../../../domain/records.ts'
import { normaliseBarcode } from '../../../domain/words/barcode.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useScans, useServices } from '../../app/services.tsx'
import { groundsOf } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import { EditItemForm } from './edit-item-form.tsx'

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
      {answer !== null && <Verdict answer={answer} />}
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
  readonly children?: ReactNode
}

function LineForm({ name, testId, onSave, onLeave, text, onText, children }: LineFormProps) {
  const { t } = useTranslation()
  const [own, setOwn] = useState('')
  const line = text ?? own
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (line.trim() !== '') void onSave(line.trim())
  }
  return (
    <form
      className="cd-damage"
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
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
      <Button
        type="primary"
        htmlType="submit"
        disabled={line.trim() === ''}
        data-testid={`${testId}-save`}
      >
        {t('do.save')} <KeyHint combo="Enter" />
      </Button>
      <Button onClick={onLeave}>
        {t('do.cancel')} <KeyHint combo="Escape" />
      </Button>
      {children}
    </form>
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

function Verdict({ answer: { receipt, failure } }: { readonly answer: Answer<Kind> }) {
  const { t } = useTranslation()
  const isDone = receipt?.outcome === 'done'
  return (
    <>
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={t(isDone ? 'verdict.marked' : 'verdict.stop')}
        detail={failure === null ? '' : t(`failure.${failure}.next`)}
        foot={receipt === null ? '' : groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt?.findings ?? []} />
    </>
  )
}
