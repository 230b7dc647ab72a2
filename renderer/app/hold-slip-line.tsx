import { useTranslation } from 'react-i18next'
import type { HoldSlip } from '../../domain/operations/trap-hold.ts'

/** What is written on the slip: whom it is for, where, until when. */
export function HoldSlipLine({ slip }: { readonly slip: HoldSlip }) {
  const { t } = useTranslation()
  const whom =
    slip.reader === ''
      ? t('holds.slipUnknown')
      : t('holds.slipReader', { reader: slip.reader, card: slip.cardTail })
  return (
    <span data-testid="hold-slip" data-hold={slip.id}>
      {[
        t('holds.slip'),
        whom,
        slip.keepUntilOn === null ? null : t('holds.keepUntil', { until: slip.keepUntilOn }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}
