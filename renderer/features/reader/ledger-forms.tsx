/** One form for each thing that is done to a ledger. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { piecesOf } from '../../../domain/policy/points-leases.ts'
import type { PointsPolicy } from '../../../domain/policy/points-shapes.ts'
import type { Reader } from '../../../domain/records.ts'
import { useSyncStatusQuery, useTillsQuery } from '../../app/desk-api.ts'
import { ToneMark } from '../../ui/tone.tsx'
import type { LedgerActions } from './ledger-actions.ts'
import { AmountField, LedgerForm, PolicyLines, TextField, useText } from './ledger-form.tsx'

export type Ledger = NonNullable<AnswerOf<'reader-ledger'>>
export type EntryRow = Ledger['entries'][number]

export interface FormProps {
  readonly reader: Reader
  readonly ledger: Ledger
  readonly policy: PointsPolicy
  readonly actions: LedgerActions
  readonly onClose: () => void
}

const useIsOnline = (): boolean => useSyncStatusQuery({}).data?.connection === 'online'

export function EarnForm({ reader, policy, actions, onClose }: FormProps) {
  const { t } = useTranslation()
  const [first] = policy.earnings
  const [chosenId, setChosenId] = useState(first?.id ?? '')
  const [amount, setAmount] = useState<number | null>(first?.points ?? null)
  const [note, filledNote, setNote] = useText()
  const line = policy.earnings.find(({ id }) => id === chosenId)
  const choose = (id: string): void => {
    setChosenId(id)
    setAmount(policy.earnings.find((one) => one.id === id)?.points ?? null)
  }
  const confirm = async (): Promise<void> => {
    if (amount === null) return
    const payload = { card: reader.cardNumber, earning: chosenId, amount, note: filledNote }
    if (await actions.act('points.earn', payload)) onClose()
  }
  return (
    <LedgerForm
      title={t('ledger.earn')}
      canConfirm={line !== undefined && amount !== null && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="earn"
    >
      <PolicyLines
        label={t('ledger.earning')}
        lines={policy.earnings}
        chosenId={chosenId}
        onChoose={choose}
        testId="earnings"
      />
      <AmountField value={amount} max={line?.pointsMax ?? 1} onChange={setAmount} />
      <TextField
        label={t('ledger.note')}
        hint=""
        value={note}
        onChange={setNote}
        testId="ledger-note"
      />
    </LedgerForm>
  )
}

/** What this desk may spend of this reader now; the rule has the last word. */
const usableLeases = ({ leases }: Ledger) =>
  leases
    .filter(({ state }) => state === 'usable' || state === 'ends-soon')
    .map(({ lease }) => lease)

export function RedeemForm({ reader, ledger, policy, actions, onClose }: FormProps) {
  const { t } = useTranslation()
  const isOnline = useIsOnline()
  const [chosenId, setChosenId] = useState(policy.rewards[0]?.id ?? '')
  const reward = policy.rewards.find(({ id }) => id === chosenId)
  const price = reward?.points ?? 0
  const pieces = piecesOf(usableLeases(ledger), price)
  const missing = price - ledger.spendable
  const confirm = async (): Promise<void> => {
    const from = (pieces ?? []).map((piece) => ({ ...piece }))
    const payload = { reader: reader.id, reward: chosenId, amount: price, from, note: null }
    if (await actions.act('points.redeem', payload)) onClose()
  }
  const ask = { kind: 'points', reader: reader.id, amount: Math.max(1, missing) } as const
  return (
    <LedgerForm
      title={t('ledger.redeem')}
      canConfirm={reward !== undefined && pieces !== null && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="redeem"
    >
      <PolicyLines
        label={t('ledger.reward')}
        lines={policy.rewards}
        chosenId={chosenId}
        onChoose={setChosenId}
        testId="rewards"
      />
      {pieces === null && (
        <div className="cd-ledger-short" role="status" data-testid="redeem-short">
          <ToneMark
            tone="needs-you"
            word={t('ledger.short', { count: ledger.spendable, missing })}
          />
          <span>{t(isOnline ? 'ledger.shortOnline' : 'ledger.shortOffline')}</span>
          <Button
            size="small"
            disabled={actions.isWorking}
            onClick={() => void actions.act('lease.request', ask)}
            data-testid="ask-missing"
          >
            {t('ledger.ask')} · {t('ledger.points', { count: ask.amount })}
          </Button>
        </div>
      )}
    </LedgerForm>
  )
}

export function AskForm({ reader, ledger, policy, actions, onClose }: FormProps) {
  const { t } = useTranslation()
  const held = ledger.leases.reduce((sum, { left }) => sum + left, 0)
  const max = Math.max(1, policy.leaseMax - held)
  const [amount, setAmount] = useState<number | null>(Math.min(max, Math.max(1, ledger.pointsFree)))
  const confirm = async (): Promise<void> => {
    if (amount === null) return
    const payload = { kind: 'points', reader: reader.id, amount } as const
    if (await actions.act('lease.request', payload)) onClose()
  }
  return (
    <LedgerForm
      title={t('ledger.ask')}
      canConfirm={amount !== null && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="ask"
    >
      <AmountField value={amount} max={max} onChange={setAmount} hasFocusFirst />
    </LedgerForm>
  )
}

export function CertificateForm({ reader, ledger, actions, onClose }: FormProps) {
  const { t, i18n } = useTranslation()
  const isOnline = useIsOnline()
  const [text, filled, setText] = useText()
  const [block] = ledger.blocks
  const next = block?.next ?? null
  const confirm = async (): Promise<void> => {
    if (block === undefined || next === null || filled === null) return
    const { leaseId: lease, number } = next
    const payload = { card: reader.cardNumber, series: block.series, lease, number, text: filled }
    if (await actions.act('certificate.issue', payload)) onClose()
  }
  const name = i18n.language === 'zh-CN' ? block?.nameZh : block?.nameEn
  return (
    <LedgerForm
      title={name ?? t('ledger.certificate')}
      canConfirm={next !== null && filled !== null && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="certificate"
    >
      {next === null && block !== undefined ? (
        <div className="cd-ledger-short" role="status" data-testid="no-numbers">
          <ToneMark tone="needs-you" word={t('ledger.noNumbers')} />
          <span>{t(isOnline ? 'ledger.noNumbersOnline' : 'ledger.noNumbersOffline')}</span>
          <Button
            size="small"
            disabled={actions.isWorking}
            onClick={() =>
              void actions.act('lease.request', { kind: 'numbers', series: block.series })
            }
            data-testid="ask-numbers"
          >
            {t('ledger.askNumbers')}
          </Button>
        </div>
      ) : (
        <p className="cd-ledger-number">
          <span className="cd-quiet">{t('ledger.nextNumber')}</span>{' '}
          <strong className="cd-number" data-testid="next-number">
            {next?.printed}
          </strong>{' '}
          <span className="cd-quiet">{t('ledger.numbersLeft', { count: block?.left ?? 0 })}</span>
        </p>
      )}
      <TextField
        label={t('ledger.text')}
        hint={t('ledger.textHint')}
        value={text}
        onChange={setText}
        hasFocusFirst
        testId="certificate-text"
      />
    </LedgerForm>
  )
}

interface TakeBackProps extends Pick<FormProps, 'reader' | 'actions' | 'onClose'> {
  readonly entry: EntryRow['entry']
  /** A payment may be handed back, or be said never to have been. */
  readonly as: 'reverse' | 'refund'
  /** Why, where the screen knows: Enter is enough. */
  readonly usualReason?: string
}

export function TakeBackForm(props: TakeBackProps) {
  const { reader, entry, as, usualReason = '', actions, onClose } = props
  const { t } = useTranslation()
  const { data: tills } = useTillsQuery({ limit: 1 })
  const [reason, filled, setReason] = useText(usualReason)
  const confirm = async (): Promise<void> => {
    if (filled === null) return
    const isDone =
      as === 'reverse'
        ? await actions.act('ledger.reverse', { entry: entry.id, reason: filled })
        : await actions.act('payment.refund', {
            reader: reader.id,
            entry: entry.id,
            amountFen: entry.amount,
            reason: filled,
            tender: entry.tender ?? 'cash',
            till: tills?.open?.till.id ?? null,
          })
    if (isDone) onClose()
  }
  return (
    <LedgerForm
      title={t(`ledger.${as}`)}
      canConfirm={filled !== null && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId={as}
    >
      <TextField
        label={t('ledger.reason')}
        hint={t('ledger.reasonHint')}
        value={reason}
        onChange={setReason}
        hasFocusFirst
        testId="take-back-reason"
      />
    </LedgerForm>
  )
}
