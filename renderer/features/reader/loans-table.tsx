import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LoanId } from '../../../domain/words/ids.ts'
import { dueText } from '../../../domain/words/due-date.ts'
import { FindingChips } from '../../app/finding-lines.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import type { ChosenLoans } from './use-chosen-loans.ts'
import { isRenewed } from './renewals.ts'
import type { Renewal } from './renewals.ts'

type LoanRow = ReaderCard['loans'][number]

interface LoansTableProps {
  readonly loans: readonly LoanRow[]
  readonly renewals: ReadonlyMap<string, Renewal>
  readonly chosen: ChosenLoans
  readonly onRenew: (loan: LoanId) => void
  readonly onDecide: (loan: LoanId) => void
}

export function LoansTable({ loans, renewals, chosen, onRenew, onDecide }: LoansTableProps) {
  const { t } = useTranslation()
  return (
    <VirtualRows
      rows={loans}
      rowHeight={64}
      keyOf={({ loan }) => loan.id}
      label={t('reader.loansTitle')}
      chosen={chosen.at}
      testId="loans"
      render={(row) => (
        <OneLoan
          row={row}
          renewal={renewals.get(row.loan.id)}
          isChosen={chosen.ids.has(row.loan.id)}
          onToggle={chosen.toggle}
          onRenew={onRenew}
          onDecide={onDecide}
        />
      )}
    />
  )
}

interface OneLoanProps {
  readonly row: LoanRow
  readonly renewal: Renewal | undefined
  readonly isChosen: boolean
  readonly onToggle: (loan: LoanId) => void
  readonly onRenew: (loan: LoanId) => void
  readonly onDecide: (loan: LoanId) => void
}

function OneLoan({ row, renewal, isChosen, onToggle, onRenew, onDecide }: OneLoanProps) {
  const { t } = useTranslation()
  const { loan, item, title, due, isOverdue } = row
  const isDone = isRenewed(renewal)
  const receipt = renewal?.receipt ?? null
  const failure = renewal?.failure ?? null
  const needsOverride = receipt?.outcome === 'needs-override'
  return (
    <div className="cd-loan-row" data-testid="loan-row" data-barcode={item?.barcode}>
      <Checkbox
        checked={isChosen}
        disabled={isDone}
        aria-label={t('renewSome.choose')}
        data-testid="choose-loan"
        onChange={() => onToggle(loan.id)}
      />
      <div className="cd-lend-what">
        <strong>{title?.title ?? t('lend.unknownTitle')}</strong>
        <span className="cd-quiet cd-number">
          {item?.barcode}
          {loan.renewalsCount > 0 &&
            ` · ${t('reader.renewedTimes', { count: loan.renewalsCount })}`}
          {loan.isDisputed && ` · ${t('reader.disputed')}`}
        </span>
        {!isDone && receipt !== null && <FindingChips findings={receipt.findings} />}
        {failure !== null && (
          <span className="cd-chip cd-tone-stop">{t(`failure.${failure}.title`)}</span>
        )}
      </div>
      <div className="cd-loan-mark">
        {isDone && <ToneMark tone="done" word={t('verdict.renewed')} />}
        {!isDone && isOverdue && <ToneMark tone="needs-you" word={t('fees.causes.overdue')} />}
      </div>
      <div className={isOverdue ? 'cd-lend-due cd-late' : 'cd-lend-due'}>
        <span className="cd-quiet">{t('reader.dueOn')}</span>
        <strong data-testid="due-on">{dueText(due)}</strong>
      </div>
      <div className="cd-lend-do">
        {needsOverride ? (
          <Button size="small" onClick={() => onDecide(loan.id)} data-testid="renew-override">
            {t('level.override')}
          </Button>
        ) : (
          <Button size="small" onClick={() => onRenew(loan.id)} data-testid="renew">
            {t('reader.renew')}
          </Button>
        )}
      </div>
    </div>
  )
}
