import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { useReaderCardQuery, useReaderFeesQuery, useReaderLedgerQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { ReaderMarks, expiryWord } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { CoveredName, ReaderName } from '../../app/reader-name.tsx'
import { Messages, ScannedCardLine } from '../../app/reader-notices.tsx'
import { useRevealed } from '../../app/use-revealed.ts'
import { useWelcome } from '../../app/use-welcome.ts'
import { maskedCard, maskedPhone, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState, LoadingState } from '../../ui/states.tsx'
import { CardsPanel } from './cards-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { HoldsPanel } from './holds-panel.tsx'
import { useLedgerActions } from './ledger-actions.ts'
import { FeesPanel } from './fees-panel.tsx'
import { FeesView } from './fees-view.tsx'
import { LedgerView } from './ledger-view.tsx'
import { LoansPanel } from './loans-panel.tsx'
import { PointsPanel } from './points-panel.tsx'
import { ReaderActions } from './reader-actions.tsx'
import { useReaderActs } from './reader-acts.ts'

const LOANS_SHOWN = 1000
const ENTRIES_SHOWN = 200

type Shown = 'loans' | 'ledger' | 'fees' | 'history'

/** What the address asks for: nothing but a screen that led here writes it. */
const shownBy = (asked: string | null): Shown =>
  asked === 'fees' || asked === 'ledger' ? asked : 'loans'

interface ReaderCardViewProps {
  readonly card: string | null
  readonly readerId: string | null
  readonly onBack: () => void
  readonly onOpen: (id: string) => void
}

export function ReaderCardView({ card, readerId, onBack, onOpen }: ReaderCardViewProps) {
  const { t } = useTranslation()
  const query = useReaderCardQuery({ card, readerId, loansLimit: LOANS_SHOWN })
  useKeys([{ combo: 'Escape', label: t('reader.back'), run: onBack }])
  const isAsking = useWelcome(query.currentData === null && card !== null ? { card } : null)
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
          <OpenCard key={found.reader.id} found={found} onBack={onBack} onOpen={onOpen} />
        )
      }
    </Asked>
  )
}

interface OpenCardProps {
  readonly found: ReaderCard
  readonly onBack: () => void
  readonly onOpen: (id: string) => void
}

function OpenCard({ found, onBack, onOpen }: OpenCardProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { reader } = found
  const { data: ledger } = useReaderLedgerQuery({ readerId: reader.id, limit: ENTRIES_SHOWN })
  const actions = useLedgerActions()
  const { data: fees } = useReaderFeesQuery({ readerId: reader.id })
  const acts = useReaderActs()
  const revealed = useRevealed(reader.id)
  const [search] = useSearchParams()
  // From another screen: what is owed there or to be paid back, or the entry that was meant.
  const [shown, setShown] = useState<Shown>(shownBy(search.get('shown')))
  const isLedgerShown = shown === 'ledger'
  const toLend = (): void => void navigate(`/lend?card=${encodeURIComponent(reader.cardNumber)}`)
  const toggle = (what: Shown): void => setShown(shown === what ? 'loans' : what)
  useKeys([
    { combo: 'Alt+l', label: t('reader.lend'), run: toLend },
    { combo: 'Alt+j', label: t('ledger.show'), run: () => toggle('ledger') },
    { combo: 'Alt+m', label: t('fees.show'), run: () => toggle('fees') },
    { combo: 'Alt+h', label: t('readers.history'), run: () => toggle('history') },
    { combo: 'Alt+v', label: t('readers.reveal'), run: revealed.toggle },
  ])
  return (
    <div className="cd-reader-open">
      <aside>
        <Panel
          title={<ReaderName found={found} revealed={revealed} />}
          extra={
            <Button size="small" onClick={onBack}>
              {t('do.close')} <KeyHint combo="Escape" />
            </Button>
          }
          testId="reader-card"
        >
          <ReaderMarks card={found} />
          <ReaderFacts found={found} isRevealed={revealed.isRevealed} />
          <Button type="primary" block onClick={toLend} data-testid="lend-to-reader">
            {t('reader.lend')} <KeyHint combo="Alt+l" />
          </Button>
        </Panel>
        <CardsPanel found={found} acts={acts} isRevealed={revealed.isRevealed} />
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
      <div className="cd-reader-main">
        <ScannedCardLine found={found} />
        <Messages
          found={found}
          isWorking={acts.isWorking}
          onTold={({ id: message }) =>
            void acts.act('reader.dismiss-message', { reader: reader.id, message })
          }
        />
        <ReaderActions found={found} acts={acts} onMerged={onOpen} />
        {shown === 'history' ? (
          <HistoryPanel reader={reader} acts={acts} />
        ) : shown === 'loans' || ledger === undefined || ledger === null || fees === undefined ? (
          <LoansPanel found={found} />
        ) : isLedgerShown ? (
          <LedgerView reader={reader} ledger={ledger} actions={actions} />
        ) : (
          <FeesView found={found} fees={fees} ledger={ledger} actions={actions} />
        )}
      </div>
    </div>
  )
}

interface ReaderFactsProps {
  readonly found: ReaderCard
  readonly isRevealed: boolean
}

function ReaderFacts({ found, isRevealed }: ReaderFactsProps) {
  const { t, i18n } = useTranslation()
  const { reader, guardian } = found
  return (
    <Facts
      facts={[
        {
          name: t('reader.cardNumber'),
          value: isRevealed ? reader.cardNumber : maskedCard(reader.cardNumber),
        },
        {
          name: t('reader.category'),
          value: i18n.language === 'zh-CN' ? found.categoryNameZh : found.categoryNameEn,
        },
        {
          name: t('reader.phone'),
          value:
            reader.phone === null ? '—' : isRevealed ? reader.phone : maskedPhone(reader.phone),
        },
        { name: t('reader.bornOn'), value: reader.bornOn ?? '—' },
        { name: t('reader.expires'), value: expiryWord(found) },
        {
          name: t('reader.guardian'),
          value:
            guardian === null ? (
              t('reader.guardianNone')
            ) : (
              <CoveredName
                key={guardian.id}
                readerId={guardian.id}
                name={guardian.name}
                testId="guardian-name"
              />
            ),
        },
        ...(reader.depositFen === 0
          ? []
          : [{ name: t('readers.deposit'), value: yuan(reader.depositFen) }]),
        { name: t('reader.note'), value: reader.note ?? '—' },
      ]}
    />
  )
}
