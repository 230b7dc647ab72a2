import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { numberText } from './issue-words.ts'
import { IssueActions } from './issue-actions.tsx'
import { Keepers } from './keepers.tsx'
import type { Opened } from './serial-rows.ts'
import type { InHand } from './use-check-in.ts'
import type { SerialActs } from './use-serial-acts.ts'

interface OpenSubscriptionProps {
  readonly opened: Opened
  readonly acts: SerialActs
  readonly ordinal: number | null
  readonly onChoose: (ordinal: number) => void
  readonly onArrive: (inHand: InHand) => void
  readonly onBind: () => void
  readonly onChange: () => void
}

/** A year of a serial: each issue and what became of it, and who else keeps it. */
export function OpenSubscription(props: OpenSubscriptionProps) {
  const { opened, acts, ordinal, onChoose, onArrive, onBind, onChange } = props
  const { t } = useTranslation()
  const { subscription, issues, title } = opened
  const at = issues.findIndex(({ issue }) => issue.ordinal === ordinal)
  const step = (by: 1 | -1): void => {
    const next = issues[at < 0 ? 0 : at + by]
    if (next !== undefined) onChoose(next.issue.ordinal)
  }
  useKeys([
    { combo: 'Alt+ArrowRight', label: t('serials.chosenIssue'), run: () => step(1) },
    { combo: 'Alt+ArrowLeft', label: t('serials.chosenIssue'), run: () => step(-1) },
  ])
  const { pattern, copies, vendor, shelf, callNumber } = subscription
  return (
    <Panel
      title={`${title ?? subscription.issn ?? '—'} · ${t('serials.year', { year: subscription.year })}`}
      className="cd-scroll"
      testId="subscription-open"
    >
      <Facts
        facts={[
          {
            name: t('serials.form.frequency'),
            value: t(`serials.frequency.${pattern.frequency}`),
          },
          { name: t('serials.edition'), value: t('serials.copies', { count: copies }) },
          { name: t('serials.form.shelf'), value: shelf ?? '—' },
          { name: t('serials.form.callNumber'), value: callNumber ?? '—' },
          { name: t('serials.form.vendor'), value: vendor ?? '—' },
        ]}
      />
      <ul className="cd-serials-grid" aria-label={t('serials.calendar')}>
        {issues.map(({ issue, standing, copiesCount }) => (
          <li key={issue.ordinal}>
            <button
              type="button"
              aria-pressed={issue.ordinal === ordinal}
              data-standing={standing}
              data-ordinal={issue.ordinal}
              data-testid="issue-cell"
              onClick={() => onChoose(issue.ordinal)}
            >
              <b>{numberText(issue)}</b>
              <span>{t(`serials.state.${standing}`)}</span>
              <span>
                {copiesCount > 0 ? `${copiesCount}/${copies}` : issue.publishedOn.slice(5)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <IssueActions
        opened={opened}
        row={issues[at] ?? null}
        acts={acts}
        onArrive={onArrive}
        onBind={onBind}
        onChange={onChange}
      />
      <Keepers opened={opened} />
    </Panel>
  )
}
