import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { owedFen } from '../../../domain/policy/fee-balance.ts'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'

interface FeesPanelProps {
  readonly found: ReaderCard
  readonly areFeesShown: boolean
  readonly onToggle: () => void
}

const SHOWN = 4

/** What is owed, in brief; all that is done about it is done in FeesView. */
export function FeesPanel({ found: { fees }, areFeesShown, onToggle }: FeesPanelProps) {
  const { t } = useTranslation()
  const total = fees.reduce((sum, fee) => sum + owedFen(fee), 0)
  return (
    <Panel
      title={t('reader.feesTitle')}
      extra={total > 0 && <strong className="cd-number">{yuan(total)}</strong>}
      testId="reader-fees"
    >
      {fees.length === 0 ? (
        <p className="cd-quiet">{t('reader.noFees')}</p>
      ) : (
        <ul className="cd-short-loans">
          {fees.slice(0, SHOWN).map((fee) => (
            <li key={fee.id}>
              <span>{t(`fees.causes.${fee.cause}`)}</span>
              <strong className="cd-number">{yuan(owedFen(fee))}</strong>
            </li>
          ))}
        </ul>
      )}
      <Button block onClick={onToggle} data-testid="show-fees">
        {t(areFeesShown ? 'ledger.showLoans' : 'fees.show')} <KeyHint combo="Alt+m" />
      </Button>
    </Panel>
  )
}
