import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { useKeys } from '../../app/keys.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'

interface SubscriptionListProps {
  readonly serials: AnswerOf<'serials'>
  readonly openId: string | null
  readonly onOpen: (subscriptionId: string) => void
}

export function SubscriptionList({ serials, openId, onOpen }: SubscriptionListProps) {
  const { t } = useTranslation()
  const { subscriptions, subscriptionsTotal } = serials
  const step = (by: 1 | -1): void => {
    const at = subscriptions.findIndex(({ subscription }) => subscription.id === openId)
    const next = subscriptions[at < 0 ? 0 : at + by]
    if (next !== undefined) onOpen(next.subscription.id)
  }
  useKeys([
    { combo: 'Alt+ArrowDown', label: t('serials.open'), run: () => step(1) },
    { combo: 'Alt+ArrowUp', label: t('serials.open'), run: () => step(-1) },
  ])
  return (
    <Panel
      title={`${t('serials.list')} ${subscriptionsTotal}`}
      className="cd-scroll cd-serials-taken"
      testId="serials-taken"
    >
      {subscriptions.length === 0 && (
        <EmptyState title={t('serials.none')} hint={t('serials.noneHint')} />
      )}
      <ul className="cd-serials-list">
        {subscriptions.map((row) => (
          <li key={row.subscription.id}>
            <button
              type="button"
              aria-pressed={row.subscription.id === openId}
              onClick={() => onOpen(row.subscription.id)}
              data-testid="subscription-row"
            >
              <strong>{row.title ?? row.subscription.issn ?? '—'}</strong>
              <span className="cd-quiet">
                {t('serials.year', { year: row.subscription.year })} ·{' '}
                {t(`serials.frequency.${row.subscription.pattern.frequency}`)} ·{' '}
                {row.isComplete
                  ? t('serials.complete')
                  : t('serials.progress', { arrived: row.arrivedCount, due: row.dueCount })}
                {row.bindableCount > 0 &&
                  row.isComplete &&
                  ` · ${t('serials.bindRange', { count: row.bindableCount })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {subscriptionsTotal > subscriptions.length && (
        <MoreLine
          text={t('serials.more', { total: subscriptionsTotal, shown: subscriptions.length })}
        />
      )}
    </Panel>
  )
}
