import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultSlip } from '../../../domain/policy/default-slips.ts'
import { slipFields, slipKinds } from '../../../domain/slip-records.ts'
import type { SlipKind, SlipTemplate } from '../../../domain/slip-records.ts'
import { Asked } from '../../app/asked.tsx'
import { useSlipsQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { sampleView } from '../../app/slips/sample-view.ts'
import { slipProblems, slipText } from '../../app/slips/slip-text.ts'
import type { SlipProblem } from '../../app/slips/slip-text.ts'
import { usePrint } from '../../app/slips/use-print.ts'
import { useToday } from '../../app/use-today.ts'
import { startOf } from '../../../domain/words/calendar-date.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import './slips.css'

export function SlipsScreen() {
  const { t } = useTranslation()
  const query = useSlipsQuery({})
  const [kind, setKind] = useState<SlipKind>('loan-receipt')
  const [answer, setAnswer] = useState<Answer<'slip.edit'> | null>(null)
  const choose = (next: SlipKind): void => {
    setKind(next)
    setAnswer(null)
  }
  return (
    <div className="cd-slips">
      <h1 className="cd-visually-hidden">{t('slips.title')}</h1>
      <Segmented
        options={slipKinds.map((value) => ({ value, label: t(`slips.kind.${value}`) }))}
        value={kind}
        onChange={choose}
        data-testid="slip-kind"
      />
      {answer !== null && (
        <ToneBanner
          tone={answer.receipt === null ? 'stop' : 'done'}
          word={t(answer.receipt === null ? 'verdict.failed' : 'slips.saved')}
          detail={answer.receipt === null ? t(`failure.${answer.failure}.next`) : ''}
          testId="slip-verdict"
        />
      )}
      <Asked query={query}>
        {(slips) => {
          const kept = slips.find(({ id }) => id === kind) ?? defaultSlip(kind)
          // Another slip, or another text of it from the city: the editor begins with that.
          const key = `${kind} ${kept.zh} ${kept.en}`
          return <SlipEditor key={key} kept={kept} onSaved={setAnswer} />
        }}
      </Asked>
    </div>
  )
}

const languages = ['zh', 'en'] as const

interface SlipEditorProps {
  readonly kept: SlipTemplate
  readonly onSaved: (answer: Answer<'slip.edit'>) => void
}

function SlipEditor({ kept, onSaved }: SlipEditorProps) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const print = usePrint()
  const today = useToday()
  const [draft, setDraft] = useState(kept)
  const problems = languages.flatMap((language) => slipProblems(draft.id, draft[language]))
  const isChanged = languages.some((language) => draft[language] !== kept[language])
  const maySave = isChanged && problems.length === 0
  const save = async (): Promise<void> => {
    if (!maySave) return play('stop')
    const intention = { requestId: newRequestId(), kind: 'slip.edit', payload: draft } as const
    const given = await perform(desk, { ...intention, overrides: [] })
    onSaved(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  const tryOne =
    problems.length > 0 ? null : () => print(draft.id, startOf(today), sampleView(draft.id))
  useKeys([
    { combo: 'Control+s', label: t('slips.save'), run: () => void save() },
    ...(tryOne === null ? [] : [{ combo: 'Control+p', label: t('slips.try'), run: tryOne }]),
  ])
  return (
    <>
      <div className="cd-slips-actions">
        <Button
          type="primary"
          disabled={!maySave}
          onClick={() => void save()}
          data-testid="slip-save"
        >
          {t('slips.save')} <KeyHint combo="Control+s" />
        </Button>
        <PrintButton print={tryOne} word={t('slips.try')} />
        <Button onClick={() => setDraft(defaultSlip(draft.id))} data-testid="slip-shipped">
          {t('slips.shipped')}
        </Button>
      </div>
      <Problems problems={problems} />
      <Names kind={draft.id} />
      <div className="cd-slips-body">
        {languages.map((language) => (
          <SlipText
            key={language}
            kind={draft.id}
            label={t(`slips.in.${language}`)}
            text={draft[language]}
            onText={(text) => setDraft({ ...draft, [language]: text })}
            testId={language}
          />
        ))}
      </div>
    </>
  )
}

interface SlipTextProps {
  readonly kind: SlipKind
  readonly label: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly testId: string
}

function SlipText({ kind, label, text, onText, testId }: SlipTextProps) {
  const mayShow = slipProblems(kind, text).length === 0
  return (
    <Panel title={label} className="cd-grow">
      <Input.TextArea
        aria-label={label}
        value={text}
        onChange={({ target }) => onText(target.value)}
        rows={11}
        spellCheck={false}
        translate="no"
        data-testid={`slip-text-${testId}`}
      />
      <pre className="cd-slip-preview" translate="no" data-testid={`slip-preview-${testId}`}>
        {mayShow ? slipText(text, sampleView(kind)) : ''}
      </pre>
    </Panel>
  )
}

function Problems({ problems }: { readonly problems: readonly SlipProblem[] }) {
  const { t } = useTranslation()
  return (
    <div role="status" data-testid="slip-problems">
      {problems.length > 0 && (
        <ul className="cd-slip-problems">
          {problems.map((problem, index) => (
            <li key={index}>
              {problem.is === 'unknown-name'
                ? t('slips.unknownName', { name: problem.name })
                : t('slips.notClosed')}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What may be named, to be copied from. */
function Names({ kind }: { readonly kind: SlipKind }) {
  const { t } = useTranslation()
  const { plain, list } = slipFields[kind]
  const lines =
    list === null
      ? ''
      : `{{#${list.name}}} ${list.fields.map((name) => `{{${name}}}`).join(' ')} {{/${list.name}}}`
  return (
    <p className="cd-quiet">
      {t('slips.names')} <code translate="no">{plain.map((name) => `{{${name}}}`).join(' ')}</code>{' '}
      <code translate="no">{lines}</code>
    </p>
  )
}
