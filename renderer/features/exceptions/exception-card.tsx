import { Button, Input } from 'antd'
import type { AnswerOf } from '../../../contract/queries.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { isFirstLoan } from '../../../domain/operations/settle-exception.ts'
import type { Settlement } from '../../../domain/operations/settle-exception.ts'
import type { Loan, Reader } from '../../../domain/records.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { CoveredName } from '../../app/reader-facts.tsx'
import { useServices } from '../../app/services.tsx'
import { useMay } from '../../app/session.tsx'
import { dayAndTime, titled } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { ToneBanner } from '../../ui/tone.tsx'

type ExceptionRow = AnswerOf<'exceptions'>['rows'][number]

export function ExceptionCard({ row }: { readonly row: ExceptionRow }) {
  const { t } = useTranslation()
  const { exception, title, item } = row
  return (
    <Panel
      title={t(`exceptions.kind.${exception.kind}`)}
      testId="exception-card"
      className="cd-grow"
    >
      <p>
        <strong>{title?.title ?? t('exceptions.unknownItem')}</strong>{' '}
        <span className="cd-number">{item?.barcode}</span>
      </p>
      <div className="cd-histories">
        <Histories row={row} />
      </div>
      {exception.settledAt === null ? (
        <Settling row={row} />
      ) : (
        <p>
          {t('exceptions.settledBy', {
            way: t(`exceptions.settlement.${(exception.settlement ?? 'accepted') as Settlement}`),
          })}
          {exception.comment !== null && ` · ${exception.comment}`}
        </p>
      )}
    </Panel>
  )
}

/** Side by side, the first loan first: which one that is does not depend on which arrived first. */
function Histories({ row }: { readonly row: ExceptionRow }) {
  const { t } = useTranslation()
  const { exception, loan, reader, otherLoan, otherReader } = row
  if (loan === null) {
    return (
      <section className="cd-history">
        <h3>{t('exceptions.fact')}</h3>
        <Facts
          facts={[
            { name: t('exceptions.reader'), value: <WhichReader reader={reader} /> },
            { name: t('today.time'), value: dayAndTime(exception.happenedAt) },
          ]}
        />
      </section>
    )
  }
  if (otherLoan === null) {
    return <History title={t('exceptions.fact')} loan={loan} reader={reader} />
  }
  const isFirst = isFirstLoan(loan, otherLoan)
  const one = { loan, reader }
  const other = { loan: otherLoan, reader: otherReader }
  return (
    <>
      <History title={t('exceptions.first')} {...(isFirst ? one : other)} />
      <History title={t('exceptions.second')} {...(isFirst ? other : one)} />
    </>
  )
}

function WhichReader({ reader }: { readonly reader: Reader | null }) {
  const { t } = useTranslation()
  if (reader === null) return t('exceptions.none')
  return (
    <>
      <CoveredName key={reader.id} name={reader.name} testId="exception-reader" />
      <div className="cd-quiet cd-number">{reader.cardNumber}</div>
    </>
  )
}

interface HistoryProps {
  readonly title: string
  readonly loan: Loan
  readonly reader: Reader | null
}

function History({ title, loan, reader }: HistoryProps) {
  const { t } = useTranslation()
  return (
    <section className="cd-history" data-testid="history">
      <h3>
        {title} {loan.isDisputed && <span className="cd-quiet">{t('reader.disputed')}</span>}
      </h3>
      <Facts
        facts={[
          { name: t('exceptions.reader'), value: <WhichReader reader={reader} /> },
          { name: t('exceptions.lentAt'), value: dayAndTime(loan.lentAt) },
          { name: t('exceptions.dueOn'), value: loan.dueOn },
          {
            name: t('exceptions.returnedAt'),
            value: loan.returnedAt === null ? t('exceptions.notReturned') : dateAt(loan.returnedAt),
          },
        ]}
      />
    </section>
  )
}

function Settling({ row }: { readonly row: ExceptionRow }) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const may = useMay('settle-exceptions')
  const [comment, setComment] = useState('')
  const [answer, setAnswer] = useState<Answer<'exception.settle'> | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const { exception, settlements } = row
  const settle = async (settlement: Settlement): Promise<void> => {
    if (isWorking) return
    setIsWorking(true)
    const given = await perform(desk, {
      requestId: newRequestId(),
      kind: 'exception.settle',
      payload: { exception: exception.id, settlement, comment: comment.trim() || null },
      overrides: [],
    })
    setIsWorking(false)
    setAnswer(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  useKeys(
    may
      ? settlements.map((settlement, index) => ({
          combo: index === 0 ? 'Enter' : String(index + 1),
          label: t(`exceptions.settlement.${settlement}`),
          run: () => void settle(settlement),
          isInFields: index === 0,
        }))
      : [],
  )
  if (!may) return <p className="cd-more">{t('exceptions.noRight')}</p>
  return (
    <div className="cd-settling">
      <Input
        value={comment}
        maxLength={500}
        placeholder={t('exceptions.comment')}
        aria-label={t('exceptions.comment')}
        data-testid="settle-comment"
        onChange={(event) => setComment(event.target.value)}
      />
      {settlements.map((settlement, index) => (
        <div key={settlement} className="cd-settlement">
          <Button
            type={index === 0 ? 'primary' : 'default'}
            size="large"
            disabled={isWorking}
            onClick={() => void settle(settlement)}
            data-testid={`settle-${settlement}`}
          >
            {index === 0
              ? t('state.titled', {
                  title: t('exceptions.proposed'),
                  text: t(`exceptions.settlement.${settlement}`),
                })
              : t(`exceptions.settlement.${settlement}`)}{' '}
            <KeyHint combo={index === 0 ? 'Enter' : String(index + 1)} />
          </Button>
          <span className="cd-quiet">{t(`exceptions.settlementHint.${settlement}`)}</span>
        </div>
      ))}
      {answer !== null && <SettleVerdict answer={answer} />}
    </div>
  )
}

function SettleVerdict({ answer }: { readonly answer: Answer<'exception.settle'> }) {
  const { t, i18n } = useTranslation()
  const { receipt, failure } = answer
  if (receipt === null) {
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), [
      t(`failure.${failure}.next`),
    ])
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="verdict" />
  }
  const isDone = receipt.outcome === 'done'
  return (
    <>
      <ToneBanner
        tone={toneOf(receipt)}
        word={t(isDone ? 'verdict.settled' : 'verdict.stop')}
        detail=""
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
