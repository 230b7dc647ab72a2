import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useTillsQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { dayAndTime, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { CountForm } from './count-form.tsx'
import { OpenForm } from './open-form.tsx'
import { TillVerdict } from './till-verdict.tsx'
import { useTillActions } from './till-actions.ts'

type TillRow = AnswerOf<'tills'>['history'][number]

const HISTORY_SHOWN = 50

/** The cash drawer of this desk: its change, what came in and went out, and its count. */
export function TillScreen() {
  const { t } = useTranslation()
  const query = useTillsQuery({ limit: HISTORY_SHOWN })
  const actions = useTillActions()
  const [isCounting, setIsCounting] = useState(false)
  const isOpen = (query.data?.open ?? null) !== null
  useKeys([{ combo: 'Alt+c', label: t('till.count'), run: () => setIsCounting(isOpen) }])
  return (
    <div className="cd-till">
      <h1 className="cd-visually-hidden">{t('till.title')}</h1>
      <Asked query={query}>
        {({ deviceId, open, history }) => (
          <>
            <Panel className="cd-grow cd-scroll" title={t('till.state')} testId="till-state">
              <TillVerdict said={actions.said} />
              {open === null ? (
                <>
                  {deviceId !== null && <OpenForm deviceId={deviceId} actions={actions} />}
                  <EmptyState title={t('till.none')} hint={t('till.noneHint')} />
                </>
              ) : (
                <>
                  <TillFacts row={open} />
                  {isCounting ? (
                    <CountForm
                      till={open.till}
                      actions={actions}
                      onClose={() => setIsCounting(false)}
                    />
                  ) : (
                    <Button
                      type="primary"
                      size="large"
                      onClick={() => setIsCounting(true)}
                      data-testid="count-till"
                    >
                      {t('till.count')} <KeyHint combo="Alt+c" />
                    </Button>
                  )}
                </>
              )}
              <OfflineLine />
            </Panel>
            <Panel className="cd-grow cd-scroll" title={t('till.history')} testId="till-history">
              {history.length === 0 && <EmptyState title={t('till.noHistory')} hint="" />}
              <ul className="cd-till-rows">
                {history.map((row) => (
                  <PastTill key={row.till.id} row={row} />
                ))}
              </ul>
            </Panel>
          </>
        )}
      </Asked>
    </div>
  )
}

function TillFacts({ row }: { readonly row: TillRow }) {
  const { t } = useTranslation()
  const { till, openedByName, cashInFen, cashOutFen, others } = row
  return (
    <>
      <p className="cd-quiet">
        {t('till.since', { name: openedByName ?? till.openedBy, time: dayAndTime(till.openedAt) })}
      </p>
      <Facts
        facts={[
          { name: t('till.floatNow'), value: yuan(till.floatFen) },
          { name: t('till.cashIn'), value: yuan(cashInFen) },
          { name: t('till.cashOut'), value: yuan(cashOutFen) },
          {
            name: t('till.expected'),
            value: (
              <strong className="cd-figure cd-number" data-testid="till-expected">
                {yuan(till.expectedFen)}
              </strong>
            ),
          },
          ...others.map(({ tender, amountFen, count }) => ({
            name: t(`fees.tender.${tender}`),
            value: `${yuan(amountFen)} · ${t('till.payments', { count })}`,
          })),
        ]}
      />
    </>
  )
}

function PastTill({ row: { till, closedByName } }: { readonly row: TillRow }) {
  const { t } = useTranslation()
  const { countedFen, closedAt, note } = till
  const session = useSignedIn()
  const desk = till.deviceId === session.deviceId ? session.deskName : till.deviceId.slice(-4)
  const difference = (countedFen ?? 0) - till.expectedFen
  return (
    <li className="cd-fee-row" data-testid="past-till" data-difference={difference}>
      <span />
      <div className="cd-lend-what">
        <strong>
          {t('till.ofDesk', { desk })}
          {closedAt !== null && ` · ${t('till.closedBy', { name: closedByName ?? '' })}`}
        </strong>
        <span className="cd-quiet cd-number">
          {[dayAndTime(closedAt ?? till.openedAt), note].filter(Boolean).join(' · ')}
        </span>
      </div>
      {closedAt === null ? (
        <ToneMark tone="noted" word={t('till.stillOpen')} />
      ) : (
        <ToneMark
          tone={difference === 0 ? 'done' : 'needs-you'}
          word={difference === 0 ? t('till.noDifference') : yuan(difference)}
        />
      )}
      <strong className="cd-number cd-entry-amount">
        {countedFen === null ? '' : yuan(countedFen)}
      </strong>
    </li>
  )
}
