import { useTranslation } from 'react-i18next'
import { DecisionCard } from '../../app/decision-card.tsx'
import type { LedgerActions } from './ledger-actions.ts'

const confirmWords = {
  'payment.take': 'fees.confirmTake',
  'fee.waive': 'fees.confirmWaive',
  'fee.charge': 'fees.confirmCharge',
} as const

/** What needs a reason, or the branch head. */
export function LedgerDecision({ actions }: { readonly actions: LedgerActions }) {
  const { t } = useTranslation()
  const { asked } = actions
  if (asked === null) return null
  const { kind } = asked
  const word =
    kind === 'payment.take' || kind === 'fee.waive' || kind === 'fee.charge'
      ? t(confirmWords[kind])
      : t('ledger.confirm')
  return (
    <DecisionCard
      findings={asked.findings}
      subject={t(`today.kind.${kind}`)}
      confirmWord={word}
      isSecondRefused={asked.isSecondRefused}
      isWorking={actions.isWorking}
      onConfirm={(overrides) => void actions.confirm(overrides)}
      onLeave={actions.leave}
    />
  )
}
