import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { useReaderCardQuery, useReaderLedgerQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { CoveredName, ReaderMarks, ReaderName, expiryWord } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useWelcome } from '../../app/use-welcome.ts'
import { maskedPhone, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState, LoadingState } from '../../ui/states.tsx'
import { HoldsPanel } from './holds-panel.tsx'
import { useLedgerActions } from './ledger-actions.ts'
import { LedgerView } from './ledger-view.tsx'
import { LoansPanel } from './loans-panel.tsx'
import { PointsPanel } from './points-panel.tsx'

const LOANS_SHOWN = 1000
const ENTRIES_SHOWN = 200

type Fee = ReaderCard['fees'][number]

interface ReaderCardViewProps {
  readonly card: string | null
  readonly readerId: string | null
  readonly onBack: () => void
}

export function ReaderCardView({ card, readerId, onBack }: ReaderCardViewProps) {
  const { t } = useTranslation()
  const query = useReaderCardQuery({ card, readerId, loansLimit: LOANS_SHOWN })
  useKeys([{ combo: 'Escape', label: t('reader.back'), run: onBack }])
  const isAsking = useWelcome(query.currentData === null ? card : null)
  return (
    <Asked query={query}>
      {(found) =>
        found === null && isAsking ? (
          <LoadingState label={t('reader.askingCity')} />
        ) : found === null ? (
          <EmptyState
            title={t('refusal.unknown-reader.title')}
            hint={`${card ?? ''} · ${t('refusal.unknown-reader.next')}`}
            testId="unknown-reader"
          >
            <Link to={card === null ? '/register' : `/register?card=${encodeURIComponent(card)}`}>
              {t('nav.register')}
            </Link>
          </EmptyState>
        ) : (
          <OpenCard found={found} onBack={onBack} />
        )
      }
    </Asked>
  )
}

interface OpenCardProps {
  readonly found: ReaderCard
  readonly onBack: () => void
}

function OpenCard({ found, onBack }: OpenCardProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { reader } = found
  const { data: ledger } = useReaderLedgerQuery({ readerId: reader.id, limit: ENTRIES_SHOWN })
  const actions = useLedgerActions()
  const [isLedgerShown, setIsLedgerShown] = useState(false)
  const toLend = (): void => void navigate(`/lend?card=${encodeURIComponent(reader.cardNumber)}`)
  const toggleLedger = (): void => setIsLedgerShown(!isLedgerShown)
  useKeys([
    { combo: 'Alt+l', label: t('reader.lend'), run: toLend },
    { combo: 'Alt+j', label: t('ledger.show'), run: toggleLedger },
  ])
  const pay = (fee: Fee): void => {
    setIsLedgerShown(true)
    const payload = { reader: reader.id, fee: fee.id, amountFen: fee.amountFen }
    void actions.act('payment.take', payload)
  }
  return (
    <div className="cd-reader-open">
      <aside>
        <Panel
          title={<ReaderName card={found} />}
          extra={
            <Button size="small" onClick={onBack}>
              {t('do.close')} <KeyHint combo="Escape" />
            </Button>
          }
          testId="reader-card"
        >
          <ReaderMarks card={found} />
          <ReaderFacts found={found} />
          <Button type="primary" block onClick={toLend} data-testid="lend-to-reader">
            {t('reader.lend')} <KeyHint combo="Alt+l" />
          </Button>
        </Panel>
        {ledger !== undefined && ledger !== null && (
          <PointsPanel ledger={ledger} isLedgerShown={isLedgerShown} onToggle={toggleLedger} />
        )}
        <HoldsPanel readerId={reader.id} />
        <Fees found={found} isWorking={actions.isWorking} onPay={pay} />
        <OfflineLine />
      </aside>
      {isLedgerShown && ledger !== undefined && ledger !== null ? (
        <LedgerView reader={reader} ledger={ledger} actions={actions} />
      ) : (
        <LoansPanel found={found} />
      )}
    </div>
  )
}

function ReaderFacts({ found }: { readonly found: ReaderCard }) {
  const { t, i18n } = useTranslation()
  const { reader, guardian } = found
  return (
    <Facts
      facts={[
        { name: t('reader.cardNumber'), value: reader.cardNumber },
        {
          name: t('reader.category'),
          value: i18n.language === 'zh-CN' ? found.categoryNameZh : found.categoryNameEn,
        },
        {
          name: t('reader.phone'),
          value: reader.phone === null ? '—' : maskedPhone(reader.phone),
        },
        { name: t('reader.bornOn'), value: reader.bornOn ?? '—' },
        { name: t('reader.expires'), value: expiryWord(found) },
        {
          name: t('reader.guardian'),
          value:
            guardian === null ? (
              t('reader.guardianNone')
            ) : (
              <CoveredName key={guardian.id} name={guardian.name} testId="guardian-name" />
            ),
        },
        { name: t('reader.note'), value: reader.note ?? '—' },
      ]}
    />
  )
}

interface FeesProps {
  readonly found: ReaderCard
  readonly isWorking: boolean
  readonly onPay: (fee: Fee) => void
}

function Fees({ found, isWorking, onPay }: FeesProps) {
  const { t } = useTranslation()
  const owed = found.fees.filter(({ settledAt }) => settledAt === null)
  return (
    <Panel title={t('reader.feesTitle')} testId="reader-fees">
      {owed.length === 0 ? (
        <p className="cd-quiet">{t('reader.noFees')}</p>
      ) : (
        <ul className="cd-short-loans">
          {owed.map((fee) => (
            <li key={fee.id}>
              <span>{t(`reader.cause.${fee.cause}`)}</span>
              <strong className="cd-number">{yuan(fee.amountFen)}</strong>
              <Button
                size="small"
                disabled={isWorking}
                onClick={() => onPay(fee)}
                data-testid="pay-fee"
              >
                {t('ledger.pay')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
