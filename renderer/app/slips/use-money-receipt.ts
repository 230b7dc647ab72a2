/** The receipt of money that this desk took or handed back: at once, or once more. */
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { deskApi } from '../desk-api.ts'
import { useDeskDispatch } from '../store.ts'
import { maskedCard, yuan } from '../words.ts'
import { usePrint } from './use-print.ts'

type MoneyReceipt = NonNullable<AnswerOf<'money-receipt'>>

/** Prints the receipt of an operation; does nothing where it moved no money here. */
export function useMoneyReceipt(): (operationId: string) => void {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const print = usePrint()
  const wordOf = ({ cause }: MoneyReceipt['lines'][number]): string =>
    cause === 'deposit'
      ? t('readers.deposit')
      : t(cause === null ? 'fees.otherMoney' : `fees.causes.${cause}`)
  return (operationId) => {
    const asking = dispatch(
      deskApi.endpoints.moneyReceipt.initiate(
        { operationId },
        // What the reader owes has moved since it was printed last.
        { subscribe: false, forceRefetch: true },
      ),
    )
    void asking.then(({ data: receipt }) => {
      if (receipt === undefined || receipt === null) return
      const { slip, at, tender, givenFen, amountFen, owedFen } = receipt
      print(slip, at, {
        staff: receipt.staffName,
        desk: receipt.deskName,
        number: receipt.number,
        reader: maskedName(receipt.reader?.name ?? ''),
        card: maskedCard(receipt.reader?.cardNumber ?? ''),
        fees: receipt.lines.map((line) => ({
          cause: wordOf(line),
          title: line.title ?? '',
          barcode: line.barcode ?? '',
          amount: yuan(line.amountFen),
        })),
        sum: yuan(amountFen),
        tender: tender === null ? '' : t(`fees.tender.${tender}`),
        given: givenFen === null ? '' : yuan(givenFen),
        change: givenFen === null ? '' : yuan(givenFen - amountFen),
        owed: yuan(owedFen),
        note: receipt.note ?? '',
      })
    })
  }
}
