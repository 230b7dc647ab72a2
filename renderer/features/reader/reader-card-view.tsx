import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { DecisionCard } from '../../app/decision-card.tsx'
import { useReaderCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { CoveredName, ReaderMarks, ReaderName } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { maskedPhone, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { LoansTable } from './loans-table.tsx'
import { isRenewed, useRenewals } from './renewals.ts'

const LOANS_SHOWN = 1000

interface ReaderCardViewProps {
  readonly card: string | null
  readonly readerId: string | null
  readonly onBack: () => void
}

export function ReaderCardView({ card, readerId, onBack }: ReaderCardViewProps) {
  const { t } = useTranslation()
  const query = useReaderCardQuery({ card, readerId, loansLimit: LOANS_SHOWN })
  useKeys([{ combo: 'Escape', label: t('reader.back'), run: onBack }])
  return (
    <Asked query={query}>
      {(found) =>
        found === null ? (
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
  const renewals = useRenewals()
  const [decidingId, setDecidingId] = useState<string | null>(null)
  const { reader, loans, loansCount } = found
  const open = loans.filter(({ loan }) => !isRenewed(renewals.byLoan.get(loan.id)))
  const toLend = (): void => void navigate(`/lend?card=${encodeURIComponent(reader.cardNumber)}`)
  const renewAll = (): void =>
    void renewals.renew(
      open.map(({ loan }) => loan.id),
      [],
    )
  useKeys([
    { combo: 'Alt+l', label: t('reader.lend'), run: toLend },
    { combo: 'Alt+r', label: t('reader.renewAll'), run: renewAll },
  ])
  const answers = [...renewals.byLoan.values()]
  const renewedCount = answers.filter(isRenewed).length
  const deciding = loans.find(({ loan }) => loan.id === decidingId)
  const asked = deciding && (renewals.byLoan.get(deciding.loan.id)?.receipt ?? undefined)
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
        <Fees found={found} />
        <OfflineLine />
      </aside>
      <Panel
        className="cd-grow cd-loans-panel"
        title={t('reader.loans', { count: loansCount, max: found.itemsMax })}
        extra={
          <>
            <span role="status" data-testid="renewals">
              {renewals.progress !== null && t('reader.renewing', renewals.progress)}
              {renewals.progress === null &&
                answers.length > 0 &&
                t('reader.renewedSome', {
                  done: renewedCount,
                  left: answers.length - renewedCount,
                })}
            </span>
            <Button
              disabled={open.length === 0 || renewals.progress !== null}
              onClick={renewAll}
              data-testid="renew-all"
            >
              {t('reader.renewAll')} <KeyHint combo="Alt+r" />
            </Button>
          </>
        }
      >
        {loans.length === 0 ? (
          <EmptyState title={t('reader.noLoans')} hint="" />
        ) : (
          <LoansTable
            loans={loans}
            renewals={renewals.byLoan}
            onRenew={(loan) => void renewals.renew([loan], [])}
            onDecide={setDecidingId}
          />
        )}
        {loansCount > loans.length && (
          <MoreLine text={t('reader.shownOfAll', { shown: loans.length, total: loansCount })} />
        )}
        {deciding !== undefined && asked?.outcome === 'needs-override' && (
          <DecisionCard
            key={deciding.loan.id}
            findings={asked.findings}
            subject={deciding.title?.title ?? deciding.item?.barcode ?? ''}
            confirmWord={t('decide.overrideRenewal')}
            isSecondRefused={false}
            isWorking={false}
            onConfirm={(overrides) => {
              setDecidingId(null)
              void renewals.renew([deciding.loan.id], overrides)
            }}
            onLeave={() => setDecidingId(null)}
          />
        )}
      </Panel>
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
        { name: t('reader.expires'), value: reader.expiresOn },
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

function Fees({ found }: { readonly found: ReaderCard }) {
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
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
