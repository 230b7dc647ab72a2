import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { DecisionCard } from '../../app/decision-card.tsx'
import { useKeys } from '../../app/keys.tsx'
import { loansWords } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { WhyLoan } from '../../app/why-loan.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { LoansTable } from './loans-table.tsx'
import { askedOfAll, isAsked, isRenewed, useRenewals } from './renewals.ts'
import { useChosenLoans } from './use-chosen-loans.ts'

type LoanRows = ReaderCard['loans']

/** What is on loan, soonest due first: renewing one, some or all, and why it is due when it is. */
export function LoansPanel({ found }: { readonly found: ReaderCard }) {
  const { t } = useTranslation()
  const renewals = useRenewals()
  const { loans, loansCount } = found
  const chosen = useChosenLoans(loans)
  const [decidingIds, setDecidingIds] = useState<ReadonlySet<string>>(new Set())
  const [isWhyShown, setIsWhyShown] = useState(false)
  const renewalOf = ({ loan }: LoanRows[number]) => renewals.byLoan.get(loan.id)
  const open = loans.filter((row) => !isRenewed(renewalOf(row)))
  const some = open.filter(({ loan }) => chosen.ids.has(loan.id))
  const asked = (some.length === 0 ? open : some).filter((row) => isAsked(renewalOf(row)))
  const deciding = loans.filter((row) => decidingIds.has(row.loan.id) && isAsked(renewalOf(row)))
  const idsOf = (rows: LoanRows) => rows.map(({ loan }) => loan.id)
  const renew = (): void => {
    void renewals.renew(idsOf(some.length === 0 ? open : some), [])
  }
  const decideAll = (): void => setDecidingIds(new Set(idsOf(asked)))
  const answers = [...renewals.byLoan.values()]
  const renewedCount = answers.filter(isRenewed).length
  const renewWord =
    some.length === 0 ? t('reader.renewAll') : t('renewSome.chosen', { count: some.length })
  const row = loans[Math.max(0, chosen.at)]
  const toggleWhy = (): void => setIsWhyShown(!isWhyShown)
  useKeys([
    { combo: 'Alt+r', label: renewWord, run: renew },
    { combo: 'Alt+s', label: t('why.title'), run: toggleWhy },
    ...(asked.length > 1
      ? [
          {
            combo: 'Alt+f',
            label: t('renewSome.overrideSome', { count: asked.length }),
            run: decideAll,
          },
        ]
      : []),
  ])
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
          {asked.length > 1 && (
            <Button onClick={decideAll} data-testid="renew-override-some">
              {t('renewSome.overrideSome', { count: asked.length })} <KeyHint combo="Alt+f" />
            </Button>
          )}
          <Button
            aria-pressed={isWhyShown}
            disabled={row === undefined}
            onClick={toggleWhy}
            data-testid="why-toggle"
          >
            {t('why.title')} <KeyHint combo="Alt+s" />
          </Button>
          <Button
            disabled={open.length === 0 || renewals.progress !== null}
            onClick={renew}
            data-testid="renew-all"
          >
            {renewWord} <KeyHint combo="Alt+r" />
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
          chosen={chosen}
          onRenew={(loan) => void renewals.renew([loan], [])}
          onDecide={(loan) => setDecidingIds(new Set([loan]))}
        />
      )}
      {isWhyShown && row !== undefined && (
        <WhyLoan loan={row.loan} item={row.item} reader={found.reader} />
      )}
      {loansCount > loans.length && (
        <MoreLine text={t('reader.shownOfAll', { shown: loans.length, total: loansCount })} />
      )}
      {deciding.length > 0 && (
        <DecisionCard
          key={idsOf(deciding).join()}
          findings={askedOfAll(deciding.map(renewalOf))}
          subject={subjectOf(t, deciding)}
          confirmWord={t('decide.overrideRenewal')}
          isSecondRefused={false}
          isWorking={renewals.progress !== null}
          onConfirm={(overrides) => {
            setDecidingIds(new Set())
            void renewals.renew(idsOf(deciding), overrides)
          }}
          onLeave={() => setDecidingIds(new Set())}
        />
      )}
    </Panel>
  )
}

function subjectOf(t: TFunction, rows: LoanRows): string {
  const titles = rows.map(({ title, item }) => title?.title ?? item?.barcode ?? '')
  const [only = ''] = titles
  return titles.length === 1
    ? only
    : t('renewSome.overrideSubject', { count: titles.length, titles: titles.join('、') })
}
