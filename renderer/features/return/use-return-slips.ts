/** The paper inside an item that goes on, and the receipt of what came back. */
import { useTranslation } from 'react-i18next'
import { useBranchesQuery, useItemCardQuery } from '../../app/desk-api.ts'
import { isStanding } from '../../app/scanned-rows.ts'
import { titlesOf } from '../../app/slips/titles-of.ts'
import { usePrint } from '../../app/slips/use-print.ts'
import { useDeskDispatch } from '../../app/store.ts'
import { yuan } from '../../app/words.ts'
import type { ReturnReceipt, ReturnRow } from './return-state.ts'

const slipByRoute = { 'hold-shelf': 'hold-slip', transit: 'transit-slip' } as const

/** Of the item in hand; null where it goes nowhere that needs a slip. */
export function useItemSlip(row: ReturnRow | null): (() => void) | null {
  const { t, i18n } = useTranslation()
  const print = usePrint()
  const { data: places } = useBranchesQuery({})
  const barcode = row?.barcode ?? null
  const { data: item } = useItemCardQuery({ barcode, itemId: null }, { skip: barcode === null })
  const receipt = row !== null && isStanding(row) ? row.receipt : null
  const route = receipt?.summary.route
  if (receipt === null || route === undefined || !(route.to in slipByRoute)) return null
  const branch = places?.branches.find(({ id }) => id === route.branchId)
  return () =>
    print(slipByRoute[route.to as keyof typeof slipByRoute], receipt.at, {
      title: item?.title?.title ?? t('lend.unknownTitle'),
      barcode: barcode ?? '',
      callNumber: item?.item.callNumber ?? '',
      to: (i18n.language === 'zh-CN' ? branch?.nameZh : branch?.nameEn) ?? '',
      reader: holderIn(receipt),
      keepUntil: '',
    })
}

/** As the finding names them: covered. */
const holderIn = ({ findings }: ReturnReceipt): string =>
  String(findings.find(({ code }) => code === 'hold-waiting')?.params['reader'] ?? '')

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
