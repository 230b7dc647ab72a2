import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ClaimLetter } from './claim-letter.tsx'
import { issueText } from './issue-words.ts'
import type { AwaitedRow } from './serial-rows.ts'
import type { SerialActs } from './use-serial-acts.ts'

type Serials = AnswerOf<'serials'>

interface AwaitedPanelProps {
  readonly serials: Serials
  readonly acts: SerialActs
  readonly onOpen: (subscriptionId: string, ordinal: number) => void
}

/** What is due and not here; the late ones are claimed in one step, each vendor in one letter. */
export function AwaitedPanel({ serials, acts, onOpen }: AwaitedPanelProps) {
  const { t } = useTranslation()
  const { awaited, awaitedTotal } = serials
  const [claimed, setClaimed] = useState<readonly AwaitedRow[]>([])
  const late = awaited.filter(({ standing }) => standing === 'late')
  const claimAll = async (): Promise<void> => {
    const done: AwaitedRow[] = []
    for (const [subscription, rows] of Map.groupBy(late, ({ subscriptionId }) => subscriptionId)) {
      const isDone = await acts.run({
        kind: 'serial.claim',
        payload: { subscription, issues: rows.map(({ issue }) => issue) },
        tell: () => rows.map(({ title, issue }) => whatIs(title, issueText(t, issue))).join('；'),
      })
      if (isDone) done.push(...rows)
    }
    setClaimed(done)
  }
  const whatIs = (title: string | null, issue: string): string =>
    t('serials.arrivedWhat', { title: title ?? '—', issue })
  useKeys([{ combo: 'Alt+l', label: t('serials.claimAll'), run: () => void claimAll() }])
  return (
    <Panel
      title={`${t('serials.due')} ${awaitedTotal}`}
      className="cd-scroll cd-serials-awaited"
      testId="serials-awaited"
      extra={
        <Button
          disabled={late.length === 0 || acts.isWorking}
          onClick={() => void claimAll()}
          data-testid="claim-all"
        >
          {t('serials.claimAll')} {late.length} <KeyHint combo="Alt+l" />
        </Button>
      }
    >
      {claimed.length > 0 && <ClaimLetter rows={claimed} />}
      {awaited.length === 0 && (
        <EmptyState title={t('serials.dueNone')} hint={t('serials.dueNoneHint')} />
      )}
      <ul className="cd-serials-list">
        {awaited.map((row) => (
          <li key={`${row.subscriptionId}.${row.issue.ordinal}`}>
            <button
              type="button"
              onClick={() => onOpen(row.subscriptionId, row.issue.ordinal)}
              data-testid="awaited-row"
              data-standing={row.standing}
            >
              <strong>{whatIs(row.title, issueText(t, row.issue))}</strong>
              <span className="cd-quiet">
                {t(`serials.state.${row.standing}`)}
                {row.lateDays > 0 && ` · ${t('serials.lateBy', { count: row.lateDays })}`}
                {row.claimsCount > 0 &&
                  ` · ${t('serials.claimedTimes', { count: row.claimsCount })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {awaitedTotal > awaited.length && (
        <MoreLine text={t('serials.more', { total: awaitedTotal, shown: awaited.length })} />
      )}
    </Panel>
  )
}
