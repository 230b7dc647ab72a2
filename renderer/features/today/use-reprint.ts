/** A receipt or a slip once more, from today's list: the paper jammed, or the reader came back for it. */
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { operationOf } from '../../../domain/operations/index.ts'
import type { OperationKind, SummaryOf } from '../../../domain/operations/index.ts'
import { dueText } from '../../../domain/words/due-date.ts'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { goingOnBy } from '../../app/slips/going-on.ts'
import { useItemSlip } from '../../app/slips/use-item-slip.ts'
import { useMoneyReceipt } from '../../app/slips/use-money-receipt.ts'
import { usePrint } from '../../app/slips/use-print.ts'
import { maskedCard, yuan } from '../../app/words.ts'

type Row = AnswerOf<'today'>['rows'][number]

/** Those that take money or hand it back. */
const moneyKinds: ReadonlySet<string> = new Set<OperationKind>([
  'payment.take',
  'payment.refund',
  'payment.return',
])

/** Another category may have taken a deposit, or handed it back. */
const movesDeposit = ({ kind, summary }: Row): boolean =>
  kind === 'reader.set-category' &&
  (operationOf(kind).summary.parse(summary) as SummaryOf<typeof kind>).depositTakenFen !== 0

/** Null where the line has no receipt, or was taken back. */
export function useReprint(row: Row | undefined): (() => void) | null {
  const { t } = useTranslation()
  const print = usePrint()
  const printMoney = useMoneyReceipt()
  if (row === undefined || row.undoneBy !== null) return null
  if (moneyKinds.has(row.kind) || movesDeposit(row))
    return row.outcome === 'refused' ? null : () => printMoney(row.id)
  if (row.item === null) return null
  const item = { title: row.titleText ?? t('lend.unknownTitle'), barcode: row.item.barcode }
  if (row.kind === 'loan.check-out') {
    const { dueOn, dueAt } = operationOf(row.kind).summary.parse(
      row.summary,
    ) as SummaryOf<'loan.check-out'>
    return () =>
      print('loan-receipt', row.at, {
        reader: maskedName(row.reader?.name ?? ''),
        card: maskedCard(row.reader?.cardNumber ?? ''),
        count: '1',
        loans: [{ ...item, dueOn: dueText({ on: dueOn, at: dueAt }) }],
      })
  }
  if (row.kind === 'loan.check-in') {
    const { feeFen } = operationOf(row.kind).summary.parse(
      row.summary,
    ) as SummaryOf<'loan.check-in'>
    const fee = feeFen > 0 ? yuan(feeFen) : ''
    return () =>
      print('return-receipt', row.at, {
        count: '1',
        fees: yuan(feeFen),
        returns: [{ ...item, fee }],
      })
  }
  return null
}

/**
 * The slip that lies in an item which was kept for a reader or sent on. Null where the line has
 * none, or was taken back: the book does not go there any more.
 */
export function useSlipAgain(row: Row | undefined): (() => void) | null {
  const item = row?.item ?? null
  const isGone = row === undefined || row.undoneBy !== null || row.outcome === 'refused'
  return useItemSlip(isGone || item === null ? null : goingOnBy({ ...row, barcode: item.barcode }))
}
