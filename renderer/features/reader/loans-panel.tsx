import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DecisionCard } from '../../app/decision-card.tsx'
import { useKeys } from '../../app/keys.tsx'
import { loansWords } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { LoansTable } from './loans-table.tsx'
import { isRenewed, useRenewals } from './renewals.ts'

/** What is on loan, soonest due first, and renewing it. */
export function LoansPanel({ found }: { readonly found: ReaderCard }) {
  const { t } = useTranslation()
  const renewals = useRenewals()
  const [decidingId, setDecidingId] = useState<string | null>(null)
  const { loans, loansCount } = found
  const open = loans.filter(({ loan }) => !isRenewed(renewals.byLoan.get(loan.id)))
  const renewAll = (): void =>
    void renewals.renew(
      open.map(({ loan }) => loan.id),
      [],
    )
  useKeys([{ combo: 'Alt+r', label: t('reader.renewAll'), run: renewAll }])
  const answers = [...renewals.byLoan.values()]
  const renewedCount = answers.filter(isRenewed).length
  const deciding = loans.find(({ loan }) => loan.id === decidingId)
  const asked = deciding && (renewals.byLoan.get(deciding.loan.id)?.receipt ?? undefined)
  return (
    <Panel
      className="cd-grow cd-loans-panel"
      title={loansWords(t, found)}
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
  )
}
