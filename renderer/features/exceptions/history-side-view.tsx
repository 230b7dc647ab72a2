import { useTranslation } from 'react-i18next'
import { dueText } from '../../../domain/words/due-date.ts'
import type { HistoryStep } from '../../../contract/exception-shapes.ts'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { CoveredName } from '../../app/reader-name.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { dayAndTime, yuan } from '../../app/words.ts'
import type { ExceptionDetail } from './exception-detail.ts'

type Side = ExceptionDetail['sides'][number]

interface HistorySideViewProps {
  readonly side: Side
  readonly detail: ExceptionDetail
  /** What this side wrote into the field that two desks edited; undefined where none was. */
  readonly edited: string | null | undefined
}

/** One of two stories of the same thing. */
export function HistorySideView({ side, detail, edited }: HistorySideViewProps) {
  const { t } = useTranslation()
  const { loan } = side
  const isAboutReader = side.reader !== null || loan !== null
  return (
    <section className="cd-history" data-testid="history" data-side={side.side}>
      <h3>
        {t(`exceptions.side.${side.side}`)}{' '}
        {loan?.isDisputed === true && <span className="cd-quiet">{t('reader.disputed')}</span>}
      </h3>
      {isAboutReader && (
        <div className="cd-history-reader">
          {side.reader === null ? (
            <span className="cd-quiet">{t('exceptions.readerElsewhere')}</span>
          ) : (
            <>
              {side.reader.name !== '' && (
                <CoveredName
                  key={side.reader.id}
                  readerId={side.reader.id}
                  name={side.reader.name}
                  testId="exception-reader"
                />
              )}
              <span className="cd-quiet cd-number">{side.reader.cardNumber}</span>
            </>
          )}
        </div>
      )}
      {edited !== undefined && (
        <blockquote className="cd-edited">{edited ?? t('exceptions.empty')}</blockquote>
      )}
      {side.side === 'desk' && detail.promise !== null && <PromiseLines promise={detail.promise} />}
      <ol className="cd-steps">
        {side.steps.map((step) => (
          <StepLine key={`${step.what} ${step.at}`} step={step} detail={detail} />
        ))}
        {loan !== null && loan.returnedAt === null && (
          <li>
            {t('exceptions.dueOn')} {dueText({ on: loan.dueOn, at: loan.dueAt })} ·{' '}
            {t('exceptions.notReturned')}
          </li>
        )}
      </ol>
      {side.steps.length === 0 && <p className="cd-quiet">{t('exceptions.nothingKnown')}</p>}
    </section>
  )
}

/** What the reader was told at the desk. */
function PromiseLines({ promise }: { readonly promise: NonNullable<ExceptionDetail['promise']> }) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const { dueOn, hold, waivedFen } = promise
  const branch = places?.branches.find(({ id }) => id === hold?.pickupBranchId)
  const lines = [
    ...(dueOn === null ? [] : [t('exceptions.promise.dueOn', { dueOn })]),
    ...(hold === null
      ? []
      : [
          t('exceptions.promise.hold', {
            branch: (i18n.language === 'zh-CN' ? branch?.nameZh : branch?.nameEn) ?? '',
          }),
        ]),
    ...(hold === null || hold.neededByOn === null
      ? []
      : [t('exceptions.promise.neededByOn', { date: hold.neededByOn })]),
    ...(waivedFen === null ? [] : [t('exceptions.promise.waiver', { amount: yuan(waivedFen) })]),
  ]
  if (lines.length === 0) return null
  return (
    <blockquote className="cd-edited" data-testid="promise">
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </blockquote>
  )
}

interface StepLineProps {
  readonly step: HistoryStep
  readonly detail: ExceptionDetail
}

function StepLine({ step, detail }: StepLineProps) {
  const { t, i18n } = useTranslation()
  const { deviceId, deskName } = useSignedIn()
  const { data: places } = useBranchesQuery({})
  const branch = places?.branches.find(({ id }) => id === step.branchId)
  const isZh = i18n.language === 'zh-CN'
  const desk =
    step.deviceId === null
      ? null
      : step.deviceId === deviceId
        ? deskName
        : t('exceptions.otherDesk', { desk: step.deviceId.slice(-4) })
  const who = [isZh ? branch?.nameZh : branch?.nameEn, desk, step.staffName, step.reader].filter(
    Boolean,
  )
  const { operationKind } = detail.exception
  const word =
    step.what === 'done'
      ? t(`today.kind.${operationKind as 'other'}`, { defaultValue: t('today.kind.other') })
      : t(`exceptions.step.${step.what}`)
  return (
    <li>
      <b>{word}</b> {step.what === 'held' ? '' : dayAndTime(step.at)}
      {who.length > 0 && <div className="cd-quiet">{who.join(' · ')}</div>}
    </li>
  )
}
