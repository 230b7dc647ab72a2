/** What the reader takes along: the loans of this visit and when they are due. */
import { useTranslation } from 'react-i18next'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { useReaderCardQuery } from '../../app/desk-api.ts'
import { isStanding } from '../../app/scanned-rows.ts'
import { titlesOf } from '../../app/slips/titles-of.ts'
import { usePrint } from '../../app/slips/use-print.ts'
import { useDeskDispatch } from '../../app/store.ts'
import { maskedCard } from '../../app/words.ts'
import type { LendState } from './lend-state.ts'
import { dueTextOf } from './lent-due.ts'
import { LOANS_SHOWN } from './reader-panel.tsx'

/** Null where nothing was lent yet. */
export function useLoanReceipt({ card, rows }: LendState): (() => void) | null {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const print = usePrint()
  const { data: known } = useReaderCardQuery(
    { card, readerId: null, loansLimit: LOANS_SHOWN },
    { skip: card === null },
  )
  // The first that was scanned stands first on the paper.
  const lent = rows.filter((row) => isStanding(row) && row.receipt !== null).toReversed()
  const newest = lent.at(-1)?.receipt
  if (card === null || newest === undefined || newest === null) return null
  return () =>
    void dispatch(titlesOf(lent.map(({ barcode }) => barcode))).then((titles) => {
      print('loan-receipt', newest.at, {
        reader: maskedName(known?.reader.name ?? ''),
        card: maskedCard(card),
        count: String(lent.length),
        loans: lent.map(({ barcode, receipt }) => ({
          title: titles.get(barcode) ?? t('lend.unknownTitle'),
          barcode,
          dueOn: receipt === null ? '' : dueTextOf(receipt.summary),
        })),
      })
    })
}
