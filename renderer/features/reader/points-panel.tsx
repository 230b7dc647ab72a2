import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { FindingChips } from '../../app/finding-lines.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { Ledger } from './ledger-forms.tsx'

interface PointsPanelProps {
  readonly ledger: Ledger
  readonly isLedgerShown: boolean
  readonly onToggle: () => void
}

/** What may be redeemed here, line or no line, apart from what is merely free in the city. */
export function PointsPanel({ ledger, isLedgerShown, onToggle }: PointsPanelProps) {
  const { t } = useTranslation()
  const { pointsFree, spendable, request } = ledger
  return (
    <Panel title={t('ledger.title')} testId="points">
      <div className="cd-points">
        <div>
          <span className="cd-quiet">{t('ledger.spendable')}</span>
          <strong className="cd-number" data-testid="points-spendable">
            {spendable}
          </strong>
          <span className="cd-quiet">{t('ledger.spendableHint')}</span>
        </div>
        <div>
          <span className="cd-quiet">{t('ledger.free')}</span>
          <strong className="cd-number" data-testid="points-free">
            {pointsFree}
          </strong>
        </div>
      </div>
      {request?.outcome === 'pending' && (
        <ToneMark tone="working" word={t('ledger.pendingRequest')} />
      )}
      {request?.outcome === 'refused' && (
        <div className="cd-points-refused" data-testid="request-refused">
          <ToneMark tone="stop" word={t('ledger.refusedRequest')} />
          <FindingChips findings={request.findings} />
        </div>
      )}
      <Button block onClick={onToggle} data-testid="show-ledger">
        {t(isLedgerShown ? 'ledger.showLoans' : 'ledger.show')} <KeyHint combo="Alt+j" />
      </Button>
    </Panel>
  )
}
