import { Button } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { HOLD_PRIORITY_MAX } from '../../../domain/hold-records.ts'
import type { OperationKind, PayloadOf } from '../../../domain/operations/index.ts'
import { addDays } from '../../../domain/words/calendar-date.ts'
import type { HoldId } from '../../../domain/words/ids.ts'
import { useReaderHoldsQuery } from '../../app/desk-api.ts'
import { FindingChips } from '../../app/finding-lines.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { useMay } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'
import { Panel } from '../../ui/panel.tsx'

type ReaderHold = AnswerOf<'reader-holds'>['rows'][number]
type HoldKind = Extract<OperationKind, 'hold.cancel' | 'hold.suspend' | 'hold.prioritise'>

const SUSPEND_DAYS = 30

/** What the reader waits for: the place in the queue, and giving it up or leaving it for a while. */
export function HoldsPanel({ readerId }: { readonly readerId: string }) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const { data } = useReaderHoldsQuery({ readerId })
  const [answer, setAnswer] = useState<Answer<HoldKind> | null>(null)
  const act = async <K extends HoldKind>(kind: K, payload: PayloadOf<K>): Promise<void> => {
    const given = await perform(desk, {
      requestId: newRequestId(),
      kind,
      payload,
      overrides: [],
    })
    setAnswer(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  const rows = data?.rows ?? []
  const findings = answer?.receipt?.findings ?? []
  const failure = answer?.failure ?? null
  return (
    <Panel title={t('holds.ofReader', { count: rows.length })} testId="reader-holds">
      {rows.length === 0 ? (
        <p className="cd-quiet">{t('holds.noneOfReader')}</p>
      ) : (
        <ul className="cd-short-loans">
          {rows.map((row) => (
            <OneHold
              key={row.hold.id}
              row={row}
              onAct={(kind, payload) => void act(kind, payload)}
            />
          ))}
        </ul>
      )}
      <div role="status">
        <FindingChips findings={findings} />
        {failure !== null && t(`failure.${failure}.title`)}
      </div>
    </Panel>
  )
}

interface OneHoldProps {
  readonly row: ReaderHold
  readonly onAct: <K extends HoldKind>(kind: K, payload: PayloadOf<K>) => void
}

function OneHold({ row, onAct }: OneHoldProps): ReactNode {
  const { t, i18n } = useTranslation()
  const may = useMay('circulate')
  const mayRaise = useMay('override-limits')
  const { hold, title, pickupBranch } = row
  const branch = i18n.language === 'zh-CN' ? pickupBranch?.nameZh : pickupBranch?.nameEn
  return (
    <li className="cd-reader-hold" data-testid="reader-hold" data-state={hold.state}>
      <strong>{title?.title ?? t('lend.unknownTitle')}</strong>
      <span className="cd-quiet">
        <HoldState row={row} /> · {branch ?? '—'}
      </span>
      {may && (
        <span className="cd-row-of-buttons">
          <SuspendButton hold={hold} onAct={onAct} />
          {mayRaise && hold.state === 'waiting' && hold.priority < HOLD_PRIORITY_MAX && (
            <Button
              size="small"
              onClick={() =>
                onAct('hold.prioritise', { hold: hold.id, priority: hold.priority + 1 })
              }
              data-testid="raise-hold"
            >
              {t('holds.moveUp')}
            </Button>
          )}
          <Button
            size="small"
            onClick={() => onAct('hold.cancel', { hold: hold.id, reason: 'by-reader' })}
            data-testid="cancel-hold"
          >
            {t('holds.cancel')}
          </Button>
        </span>
      )}
    </li>
  )
}

function HoldState({ row: { hold, position, isPassedOver } }: { readonly row: ReaderHold }) {
  const { t } = useTranslation()
  if (position === null) {
    const until = hold.keepUntilOn
    const kept = t(`holds.state.${hold.state}`)
    return <>{until === null ? kept : `${kept} · ${t('holds.keepUntil', { until })}`}</>
  }
  const until = hold.suspendedUntilOn
  const why = !isPassedOver
    ? ''
    : until === null
      ? ` · ${t('holds.lapsed')}`
      : ` · ${t('holds.suspended', { until })}`
  return <>{`${t('holds.position', { position })}${why}`}</>
}

interface SuspendButtonProps {
  readonly hold: { readonly id: HoldId; readonly state: string; suspendedUntilOn: string | null }
  readonly onAct: OneHoldProps['onAct']
}

function SuspendButton({ hold, onAct }: SuspendButtonProps) {
  const { t } = useTranslation()
  const today = useToday()
  if (hold.state !== 'waiting') return null
  const isSuspended = hold.suspendedUntilOn !== null && hold.suspendedUntilOn >= today
  const untilOn = isSuspended ? null : addDays(today, SUSPEND_DAYS)
  return (
    <Button
      size="small"
      onClick={() => onAct('hold.suspend', { hold: hold.id, untilOn })}
      data-testid="suspend-hold"
    >
      {t(isSuspended ? 'holds.resume' : 'holds.suspend')}
    </Button>
  )
}
