import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { useMay } from '../../app/session.tsx'
import { dayAndTime } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneBanner } from '../../ui/tone.tsx'

type Kind = 'title.suppress' | 'title.unsuppress'
type Suppression = NonNullable<AnswerOf<'title-card'>>['suppression']

interface TitleVisibilityProps {
  readonly titleId: PayloadOf<Kind>['title']
  readonly suppression: Suppression
}

/** Whether readers see the title: said to everybody, changed by those who catalogue. */
export function TitleVisibility({ titleId, suppression }: TitleVisibilityProps) {
  const { t } = useTranslation()
  const may = useMay('edit-catalogue')
  const { last, run } = useVisibility()
  const [isAsking, setIsAsking] = useState(false)
  const show = (): void => void run('title.unsuppress', { title: titleId })
  const act = suppression === null ? () => setIsAsking(true) : show
  const word = t(suppression === null ? 'titles.suppress' : 'titles.unsuppress')
  useKeys(may ? [{ combo: 'Alt+y', label: word, run: act }] : [])
  return (
    <>
      {may && !isAsking && (
        <Button onClick={act} data-testid="title-visibility">
          {word} <KeyHint combo="Alt+y" />
        </Button>
      )}
      {suppression !== null && <Hidden suppression={suppression} />}
      {isAsking && suppression === null && (
        <Reason
          onGive={(reason) => {
            setIsAsking(false)
            void run('title.suppress', { title: titleId, reason })
          }}
          onLeave={() => setIsAsking(false)}
        />
      )}
      {last !== null && last.receipt?.outcome !== 'done' && <NotDone answer={last} />}
    </>
  )
}

function useVisibility() {
  const { desk, play } = useServices()
  const [last, setLast] = useState<Answer<Kind> | null>(null)
  const run = async <K extends Kind>(kind: K, payload: PayloadOf<K>): Promise<void> => {
    const answer = await perform(desk, {
      requestId: newRequestId(),
      kind,
      payload,
      overrides: [],
    })
    setLast(answer)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
  }
  return { last, run }
}

function Hidden({ suppression }: { readonly suppression: NonNullable<Suppression> }) {
  const { t } = useTranslation()
  const { reason, staffName, at } = suppression
  return (
    <p className="cd-tone-needs-you" data-testid="title-hidden" role="note">
      <strong>{t('titles.suppressed')}</strong>
      {' · '}
      <span translate="no">{reason}</span>
      {' · '}
      {t('titles.suppressedBy', { staff: staffName ?? '—', at: dayAndTime(at) })}
    </p>
  )
}

interface ReasonProps {
  readonly onGive: (reason: string) => void
  readonly onLeave: () => void
}

function Reason({ onGive, onLeave }: ReasonProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const give = (): void => {
    if (reason.trim() !== '') onGive(reason.trim())
  }
  useKeys([{ combo: 'Escape', label: t('do.leave'), run: onLeave }])
  return (
    <div className="cd-row-of-buttons" data-testid="suppress-form">
      <Input
        autoFocus
        value={reason}
        maxLength={200}
        placeholder={t('titles.reason')}
        aria-label={t('titles.reason')}
        data-testid="suppress-reason"
        onChange={({ target }) => setReason(target.value)}
        onPressEnter={give}
      />
      <Button
        type="primary"
        disabled={reason.trim() === ''}
        onClick={give}
        data-testid="suppress-go"
      >
        {t('titles.suppress')} <KeyHint combo="Enter" />
      </Button>
      <Button onClick={onLeave}>
        {t('do.leave')} <KeyHint combo="Escape" />
      </Button>
    </div>
  )
}

function NotDone({ answer: { receipt, failure } }: { readonly answer: Answer<Kind> }) {
  const { t } = useTranslation()
  return (
    <>
      <ToneBanner
        tone="stop"
        word={t('verdict.stop')}
        detail={failure === null ? '' : t(`failure.${failure}.next`)}
        testId="verdict"
      />
      <FindingLines findings={receipt?.findings ?? []} />
    </>
  )
}
