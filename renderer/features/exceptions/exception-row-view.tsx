import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { dateAt, daysBetween } from '../../../domain/words/calendar-date.ts'
import { useToday } from '../../app/use-today.ts'
import { dayAndTime } from '../../app/words.ts'
import { useRuleTitle } from './use-rule-title.ts'

type Row = AnswerOf<'exceptions'>['rows'][number]

export function ExceptionRowView({ row }: { readonly row: Row }) {
  const { t } = useTranslation()
  const today = useToday()
  const ruleTitle = useRuleTitle()
  const { exception, severity, title, barcode, assigneeName } = row
  const isOpen = exception.settledAt === null
  return (
    <div className="cd-exception-row" data-testid="exception-row" data-kind={exception.kind}>
      <div className="cd-exception-head">
        <strong>{t(`exceptions.kind.${exception.kind}`)}</strong>
        {isOpen && (
          <span className={`cd-age cd-severity-${severity}`}>
            {t(`exceptions.severity.${severity}`)} · {ageOf(t, exception.openedAt, today)}
          </span>
        )}
      </div>
      <span>
        {[
          saysWhatWasDone(exception)
            ? t(`today.kind.${exception.operationKind as 'other'}`, {
                defaultValue: t('today.kind.other'),
              })
            : null,
          title ?? barcode ?? ruleTitle(exception),
        ]
          .filter(Boolean)
          .join(' · ') || t('exceptions.unknownItem')}
      </span>
      <span className="cd-quiet">
        {[dayAndTime(exception.happenedAt), assigneeName].filter(Boolean).join(' · ')}
      </span>
    </div>
  )
}

/** Without an item there is no title to wait for. */
const saysWhatWasDone = ({ kind, itemId }: Row['exception']): boolean =>
  itemId === null || kind === 'request-refused' || kind === 'fee-settled-twice'

export function ageOf(t: TFunction, openedAt: number, today: CalendarDate): string {
  const days = daysBetween(dateAt(openedAt), today)
  return days <= 0 ? t('exceptions.openedToday') : t('exceptions.openedDays', { count: days })
}
