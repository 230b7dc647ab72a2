/** The paper inside an item that goes on, from whatever screen sent it there. */
import { useTranslation } from 'react-i18next'
import { useBranchesQuery, useItemCardQuery } from '../desk-api.ts'
import { goingWords } from '../going-words.ts'
import type { GoingOn, Kept } from './going-on.ts'
import { usePrint } from './use-print.ts'
import type { SlipView } from './slip-text.ts'

const slipByRoute = {
  'hold-shelf': 'hold-slip',
  kiosk: 'hold-slip',
  transit: 'transit-slip',
} as const
const needsSlip = (to: string): to is keyof typeof slipByRoute => to in slipByRoute

/** Null where it goes nowhere that needs a slip. */
export function useItemSlip(going: GoingOn | null): (() => void) | null {
  const { t, i18n } = useTranslation()
  const print = usePrint()
  const { data: places } = useBranchesQuery({})
  const barcode = going?.barcode ?? null
  const { data: item } = useItemCardQuery({ barcode, itemId: null }, { skip: barcode === null })
  if (going === null || !needsSlip(going.route.to)) return null
  const slip = slipByRoute[going.route.to]
  const { name, via } = goingWords(t, i18n.language, places?.branches ?? [], going)
  return () =>
    print(slip, going.at, {
      title: item?.title?.title ?? t('lend.unknownTitle'),
      barcode: going.barcode,
      callNumber: item?.item.callNumber ?? '',
      // The hold shelf is here; a kiosk is named on what goes into it, or on its way there.
      to: going.route.to === 'hold-shelf' ? '' : via === '' ? name : via,
      ...keptView(going.hold),
    })
}

/** Whom it is for, covered, and how long. */
export const keptView = (hold: Kept | null): SlipView => ({
  reader: hold?.reader ?? '',
  card: hold === null || hold.cardTail === '' ? '' : `…${hold.cardTail}`,
  keepUntil: hold?.keepUntilOn ?? '',
})
