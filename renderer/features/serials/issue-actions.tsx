import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { firstOnNextYear } from '../../../domain/serials/next-year.ts'
import type { IssueRow } from '../../../domain/serials/issues-of-year.ts'
import { useKeys } from '../../app/keys.tsx'
import type { KeyAction } from '../../app/keys.tsx'
import { useToday } from '../../app/use-today.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { issueText } from './issue-words.ts'
import type { Opened } from './serial-rows.ts'
import type { InHand } from './use-check-in.ts'
import type { SerialActs } from './use-serial-acts.ts'

interface IssueActionsProps {
  readonly opened: Opened
  /** Null where none is chosen. */
  readonly row: IssueRow | null
  readonly acts: SerialActs
  readonly onArrive: (inHand: InHand) => void
  readonly onBind: () => void
  readonly onChange: () => void
}

interface Action extends KeyAction {
  readonly testId: string
  readonly isDisabled: boolean
}

/** Each with its key: those of the chosen issue, then those of the subscription. */
export function IssueActions(props: IssueActionsProps) {
  const { t } = useTranslation()
  const ofIssue = useIssueActions(props)
  const ofYear = useYearActions(props)
  const all = [...ofIssue, ...ofYear]
  useKeys(
    all.map(({ combo, label, run, isDisabled }) => ({
      combo,
      label,
      run: isDisabled ? () => {} : run,
    })),
  )
  const buttons = (actions: readonly Action[]) =>
    actions.map(({ combo, label, run, testId, isDisabled }) => (
      <Button key={testId} onClick={run} disabled={isDisabled} data-testid={testId}>
        {label} <KeyHint combo={combo} />
      </Button>
    ))
  return (
    <>
      <h3>{props.row === null ? t('serials.chosenIssue') : issueText(t, props.row.issue)}</h3>
      <div className="cd-row-of-buttons">{buttons(ofIssue)}</div>
      <div className="cd-row-of-buttons">{buttons(ofYear)}</div>
    </>
  )
}

const awaited: readonly IssueRow['standing'][] = ['expected', 'due', 'late', 'claimed']
const givenUp: readonly IssueRow['standing'][] = ['missing', 'not-published']

function useIssueActions({ opened, row, acts, onArrive }: IssueActionsProps): Action[] {
  const { t } = useTranslation()
  const today = useToday()
  const { subscription, title } = opened
  const tell = (): string => (row === null ? '' : issueText(t, row.issue))
  const mark = (as: 'missing' | 'not-published' | 'expected') => (): void => {
    if (row === null) return
    const payload = { subscription: subscription.id, issue: row.issue, as }
    void acts.run({ kind: 'serial.mark', payload, tell })
  }
  const action = (
    testId: string,
    combo: string,
    label: string,
    isUsable: boolean,
    run: () => void,
  ): Action => ({ testId, combo, label, run, isDisabled: !isUsable || acts.isWorking })
  const isAwaited = row !== null && awaited.includes(row.standing)
  const isClaimable =
    row !== null && (isAwaited || row.standing === 'partly') && row.issue.publishedOn <= today
  return [
    action('issue-arrive', 'Alt+a', t('serials.arriveOne'), row !== null, () => {
      if (row === null) return
      onArrive({ subscription, title: title ?? subscription.issn ?? '', issue: row.issue })
    }),
    action('issue-claim', 'Alt+c', t('serials.claim'), isClaimable, () => {
      if (row === null) return
      const payload = { subscription: subscription.id, issues: [row.issue] }
      void acts.run({ kind: 'serial.claim', payload, tell })
    }),
    action('issue-missing', 'Alt+k', t('serials.missing'), isAwaited, mark('missing')),
    action(
      'issue-unpublished',
      'Alt+p',
      t('serials.notPublished'),
      isAwaited,
      mark('not-published'),
    ),
    action(
      'issue-wait',
      'Alt+w',
      t('serials.waitAgain'),
      row !== null && givenUp.includes(row.standing),
      mark('expected'),
    ),
    action('issue-discard', 'Alt+d', t('serials.discard'), (row?.copiesCount ?? 0) > 0, () => {
      if (row === null) return
      const payload = { subscription: subscription.id, ordinals: [row.issue.ordinal] }
      void acts.run({ kind: 'serial.discard', payload, tell })
    }),
  ]
}

function useYearActions({ opened, acts, onBind, onChange }: IssueActionsProps): Action[] {
  const { t } = useTranslation()
  const today = useToday()
  const { subscription, issues } = opened
  const { id, revision, copies, endedAt, nextId, year, endsOn, beginsOn } = subscription
  const isRunning = endedAt === null
  const isBindable = issues.some(
    ({ standing, copiesCount }) => standing !== 'bound' && copiesCount > 0,
  )
  const renew = (): void => {
    const payload = { subscription: id, copies, firstOn: firstOnNextYear(subscription) }
    const tell = (): string => t('serials.year', { year: year + 1 })
    void acts.run({ kind: 'subscription.renew', payload, tell })
  }
  const end = (): void => {
    const payload = { subscription: id, revision, endsOn: today }
    void acts.run({ kind: 'subscription.end', payload, tell: () => today })
  }
  const isNow = beginsOn <= today && today <= endsOn
  return [
    {
      testId: 'year-bind',
      combo: 'Alt+b',
      label: t('serials.bind'),
      isDisabled: !isBindable,
      run: onBind,
    },
    {
      testId: 'year-change',
      combo: 'Alt+u',
      label: t('serials.change'),
      isDisabled: !isRunning,
      run: onChange,
    },
    {
      testId: 'year-renew',
      combo: 'Alt+r',
      label: t('serials.renew'),
      isDisabled: !isRunning || nextId !== null || acts.isWorking,
      run: renew,
    },
    {
      testId: 'year-end',
      combo: 'Alt+e',
      label: t('serials.endNow'),
      isDisabled: !isRunning || !isNow || acts.isWorking,
      run: end,
    },
  ]
}
