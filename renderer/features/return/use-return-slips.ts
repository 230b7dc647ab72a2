/** The paper inside an item that goes on, and the receipt of what came back. */
import { useTranslation } from 'react-i18next'
import { isStanding } from '../../app/scanned-rows.ts'
import { goingOnBy } from '../../app/slips/going-on.ts'
import { titlesOf } from '../../app/slips/titles-of.ts'
import { useItemSlip } from '../../app/slips/use-item-slip.ts'
import { usePrint } from '../../app/slips/use-print.ts'
import { useDeskDispatch } from '../../app/store.ts'
import { yuan } from '../../app/words.ts'
import type { ReturnRow } from './return-state.ts'

/** Of the item in hand; null where it goes nowhere that needs a slip. */
export function useReturnedSlip(row: ReturnRow | null): (() => void) | null {
  const receipt = row !== null && isStanding(row) ? row.receipt : null
  return useItemSlip(
    row === null || receipt === null ? null : goingOnBy({ ...receipt, barcode: row.barcode }),
  )
}

/** Of everything on the list; null where it is empty. */
export function useReturnReceipt(rows: readonly ReturnRow[]): (() => void) | null {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const print = usePrint()
  const back = rows.filter((row) => isStanding(row) && row.receipt !== null).toReversed()
  const newest = back.at(-1)?.receipt
  if (newest === undefined || newest === null) return null
  const feeOf = ({ receipt }: ReturnRow): number => receipt?.summary.feeFen ?? 0
  return () =>
    void dispatch(titlesOf(back.map(({ barcode }) => barcode))).then((titles) => {
      print('return-receipt', newest.at, {
        count: String(back.length),
        fees: yuan(back.reduce((sum, row) => sum + feeOf(row), 0)),
        returns: back.map((row) => ({
          title: titles.get(row.barcode) ?? t('lend.unknownTitle'),
          barcode: row.barcode,
          fee: feeOf(row) > 0 ? yuan(feeOf(row)) : '',
        })),
      })
    })
}
