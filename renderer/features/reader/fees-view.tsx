/** What a reader owes: choose, take money, waive, charge. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { usePolicyQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { useMoneyReceipt } from '../../app/slips/use-money-receipt.ts'
import { yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { ChargeForm, PayForm, WaiveForm } from './fee-forms.tsx'
import type { LedgerActions } from './ledger-actions.ts'
import { LedgerDecision } from './ledger-decision.tsx'
import type { Ledger } from './ledger-forms.tsx'
import { LossRefunds } from './loss-refunds.tsx'
import { LedgerVerdict } from './ledger-verdict.tsx'

export type Fees = AnswerOf<'reader-fees'>
export type FeeRow = Fees['rows'][number]
type Doing = 'pay' | 'waive' | 'charge'

interface FeesViewProps {
  readonly found: ReaderCard
  readonly fees: Fees
  readonly ledger: Ledger
  readonly actions: LedgerActions
}

export function FeesView({ found, fees, ledger, actions }: FeesViewProps) {
  const { t } = useTranslation()
  const { data: policy } = usePolicyQuery({})
  const [doing, setDoing] = useState<Doing | null>(null)
  /** Left out of what is paid: who comes to pay mostly pays all. */
  const [leftOutIds, setLeftOutIds] = useState<ReadonlySet<string>>(new Set())
  const open = fees.rows.filter(({ owedFen }) => owedFen > 0)
  const settled = fees.rows.filter(({ owedFen }) => owedFen === 0)
  const chosen = open.filter(({ fee }) => !leftOutIds.has(fee.id))
  const toggle = (id: string): void => {
    const next = new Set(leftOutIds)
    if (!next.delete(id)) next.add(id)
    setLeftOutIds(next)
  }
  const toggleAll = (): void =>
    setLeftOutIds(
      chosen.length === open.length ? new Set(open.map(({ fee }) => fee.id)) : new Set(),
    )
  const start = (next: Doing): void => {
    if (next === 'charge' || chosen.length > 0) setDoing(next)
  }
  const printReceipt = useMoneyReceipt()
  const { newestReceiptId } = fees
  const print = newestReceiptId === null ? null : () => printReceipt(newestReceiptId)
  useKeys([
    ...(print === null ? [] : [{ combo: 'Control+p', label: t('fees.printReceipt'), run: print }]),
    { combo: 'Alt+p', label: t('fees.take'), run: () => start('pay') },
    { combo: 'Alt+w', label: t('fees.waive'), run: () => start('waive') },
    { combo: 'Alt+c', label: t('fees.charge'), run: () => start('charge') },
    { combo: 'Alt+a', label: t('fees.chooseAll'), run: toggleAll },
  ])
  const form = { reader: found.reader, actions, onClose: () => setDoing(null) }
  const chosenFen = chosen.reduce((sum, { owedFen }) => sum + owedFen, 0)
  return (
    <Panel
      className="cd-grow cd-fees cd-scroll"
      title={t('fees.title')}
      extra={<strong data-testid="fees-owed">{t('fees.owed', { fee: yuan(fees.owedFen) })}</strong>}
      testId="fees"
    >
      <div className="cd-ledger-tools">
        <Button
          type="primary"
          disabled={chosen.length === 0}
          onClick={() => start('pay')}
          data-testid="do-pay"
        >
          {t('fees.takeOf', { fee: yuan(chosenFen) })} <KeyHint combo="Alt+p" />
        </Button>
        <Button
          disabled={chosen.length === 0}
          onClick={() => start('waive')}
          data-testid="do-waive"
        >
          {t('fees.waive')} <KeyHint combo="Alt+w" />
        </Button>
        <Button onClick={() => start('charge')} data-testid="do-charge">
          {t('fees.charge')} <KeyHint combo="Alt+c" />
        </Button>
        {open.length > 1 && (
          <Button onClick={toggleAll} data-testid="choose-all">
            {t('fees.chooseAll')} <KeyHint combo="Alt+a" />
          </Button>
        )}
        <PrintButton print={print} word={t('fees.printReceipt')} testId="print-money" />
      </div>
      <DepositLine found={found} />
      {actions.asked === null ? (
        <LedgerVerdict said={actions.said} request={ledger.request} />
      ) : (
        <LedgerDecision actions={actions} />
      )}
      <div hidden={actions.asked !== null}>
        <LossRefunds reader={found.reader} refunds={fees.lossRefunds} actions={actions} />
        {doing === 'pay' && <PayForm {...form} rows={chosen} till={fees.till} />}
        {doing === 'waive' && <WaiveForm {...form} rows={chosen} />}
        {doing === 'charge' && policy !== undefined && (
          <ChargeForm {...form} charges={policy.charges} loans={found.loans} />
        )}
      </div>
      {open.length === 0 && <EmptyState title={t('fees.none')} hint={t('fees.noneHint')} />}
      <ul className="cd-fee-rows">
        {open.map((row) => (
          <OpenFee
            key={row.fee.id}
            row={row}
            isChosen={!leftOutIds.has(row.fee.id)}
            onToggle={() => toggle(row.fee.id)}
          />
        ))}
        {settled.map((row) => (
          <li key={row.fee.id} className="cd-fee-row cd-quiet" data-testid="settled-fee">
            <span />
            <FeeWords row={row} />
            <ToneMark tone="done" word={t('fees.settled')} />
            <span className="cd-number cd-entry-amount">{yuan(row.fee.amountFen)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What is held for the reader, where the card asks for a deposit; it moves with the category. */
function DepositLine({ found: { reader } }: { readonly found: ReaderCard }) {
  const { t } = useTranslation()
  const { data: policy } = usePolicyQuery({})
  const category = policy?.readerCategories.find(({ id }) => id === reader.category)
  const askedFen = category?.depositFen ?? 0
  const heldFen = reader.depositFen
  if (askedFen === 0 && heldFen === 0) return null
  return (
    <p data-testid="deposit-held">
      <ToneMark
        tone={heldFen < askedFen ? 'needs-you' : 'noted'}
        word={t('fees.deposit', { held: yuan(heldFen), asked: yuan(askedFen) })}
      />{' '}
      <span className="cd-quiet">{t('fees.depositHint')}</span> <KeyHint combo="Alt+t" />
    </p>
  )
}

interface OpenFeeProps {
  readonly row: FeeRow
  readonly isChosen: boolean
  readonly onToggle: () => void
}

function OpenFee({ row, isChosen, onToggle }: OpenFeeProps) {
  const { t } = useTranslation()
  const { fee, owedFen, isPending } = row
  const cause = t(`fees.causes.${fee.cause}`)
  return (
    <li className="cd-fee-row" data-testid="open-fee" data-cause={fee.cause} data-owed={owedFen}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={t('fees.choose', { cause, fee: yuan(owedFen) })}
        onChange={onToggle}
      />
      <FeeWords row={row} />
      <span>{isPending && <ToneMark tone="noted" word={t('fees.pending')} />}</span>
      <strong className="cd-number cd-entry-amount">{yuan(owedFen)}</strong>
    </li>
  )
}

function FeeWords({ row: { fee, title } }: { readonly row: FeeRow }) {
  const { t } = useTranslation()
  const parts = [
    t('fees.openedOn', { date: dateAt(fee.openedAt) }),
    ...(fee.paidFen > 0 ? [t('fees.paidPart', { fee: yuan(fee.paidFen) })] : []),
    ...(fee.waivedFen > 0 ? [t('fees.waivedPart', { fee: yuan(fee.waivedFen) })] : []),
  ]
  return (
    <div className="cd-lend-what">
      <strong>
        {[t(`fees.causes.${fee.cause}`), title, fee.note].filter(Boolean).join(' · ')}
      </strong>
      <span className="cd-quiet cd-number">{parts.join(' · ')}</span>
    </div>
  )
}
