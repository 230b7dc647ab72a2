import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { useReaderCardQuery, useReaderFeesQuery, useReaderLedgerQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { CoveredName, ReaderMarks, ReaderName, expiryWord } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useWelcome } from '../../app/use-welcome.ts'
import { maskedPhone } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState, LoadingState } from '../../ui/states.tsx'
import { HoldsPanel } from './holds-panel.tsx'
import { useLedgerActions } from './ledger-actions.ts'
import { FeesPanel } from './fees-panel.tsx'
import { FeesView } from './fees-view.tsx'
import { LedgerView } from './ledger-view.tsx'
import { LoansPanel } from './loans-panel.tsx'
import { PointsPanel } from './points-panel.tsx'

const LOANS_SHOWN = 1000
const ENTRIES_SHOWN = 200

type Shown = 'loans' | 'ledger' | 'fees'

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
  const { data: fees } = useReaderFeesQuery({ readerId: reader.id })
  const [shown, setShown] = useState<Shown>('loans')
  const isLedgerShown = shown === 'ledger'
  const toLend = (): void => void navigate(`/lend?card=${encodeURIComponent(reader.cardNumber)}`)
  const toggle = (what: Shown): void => setShown(shown === what ? 'loans' : what)
  useKeys([
    { combo: 'Alt+l', label: t('reader.lend'), run: toLend },
    { combo: 'Alt+j', label: t('ledger.show'), run: () => toggle('ledger') },
    { combo: 'Alt+m', label: t('fees.show'), run: () => toggle('fees') },
  ])
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
          <PointsPanel
            ledger={ledger}
            isLedgerShown={isLedgerShown}
            onToggle={() => toggle('ledger')}
          />
        )}
        <HoldsPanel readerId={reader.id} />
        <FeesPanel found={found} areFeesShown={shown === 'fees'} onToggle={() => toggle('fees')} />
        <OfflineLine />
      </aside>
      {shown === 'loans' || ledger === undefined || ledger === null || fees === undefined ? (
        <LoansPanel found={found} />
      ) : isLedgerShown ? (
        <LedgerView reader={reader} ledger={ledger} actions={actions} />
      ) : (
        <FeesView found={found} fees={fees} ledger={ledger} actions={actions} />
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
