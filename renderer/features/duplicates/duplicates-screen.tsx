import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf, AskOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useDuplicateTitlesQuery } from '../../app/quality-api.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import { PairPanel } from './pair-panel.tsx'
import { useTitleActs } from './use-title-acts.ts'
import type { TitleActs } from './use-title-acts.ts'
import './duplicates.css'

type Page = AnswerOf<'duplicate-titles'>
type Group = Page['groups'][number]
type Place = AskOf<'duplicate-titles'>['after']

const GROUPS_A_PAGE = 50

const keyOf = ({ titles }: Group): string => titles.map(({ id }) => id).join(' ')

export function DuplicatesScreen() {
  const { t } = useTranslation()
  const [after, setAfter] = useState<Place>(null)
  const acts = useTitleActs()
  const query = useDuplicateTitlesQuery({ after, limit: GROUPS_A_PAGE })
  return (
    <div className="cd-duplicates">
      <h1 className="cd-visually-hidden">{t('duplicates.title')}</h1>
      <OfflineLine />
      <Asked query={query}>
        {(page) => (
          <Groups
            key={after === null ? '' : `${after.by} ${after.key}`}
            page={page}
            isFirst={after === null}
            onGoTo={setAfter}
            acts={acts}
          />
        )}
      </Asked>
      <Verdict acts={acts} />
    </div>
  )
}

interface GroupsProps {
  readonly page: Page
  readonly isFirst: boolean
  readonly onGoTo: (place: Place) => void
  readonly acts: TitleActs
}

function Groups({ page, isFirst, onGoTo, acts }: GroupsProps) {
  const { t } = useTranslation()
  const { groups, next } = page
  const [last, setLast] = useState<{ readonly key: string; readonly at: number } | null>(null)
  const found = groups.findIndex((group) => keyOf(group) === last?.key)
  // What was decided leaves the list: the one that came after it is next.
  const at = found === -1 && last !== null ? Math.min(last.at, groups.length - 1) : found
  const chosen = groups[at] ?? null
  const choose = (group: Group) => setLast({ key: keyOf(group), at: groups.indexOf(group) })
  const step = (by: number) => {
    const to = groups[Math.max(0, Math.min(groups.length - 1, at + by))]
    if (to !== undefined) choose(to)
  }
  const goOn = () => onGoTo(next)
  useKeys([
    { combo: 'ArrowDown', label: t('duplicates.choose'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('duplicates.choose'), run: () => step(-1), isInFields: false },
    ...(next === null ? [] : [{ combo: 'Alt+n', label: t('duplicates.more'), run: goOn }]),
  ])
  const count = groups.length
  return (
    <div className="cd-duplicates-body">
      <Panel title={t('duplicates.groups')} testId="duplicate-groups">
        {count === 0 && next === null && isFirst && (
          <EmptyState title={t('duplicates.none')} hint={t('duplicates.noneHint')} />
        )}
        <ul className="cd-choose-list">
          {groups.map((group) => (
            <li key={keyOf(group)}>
              <GroupRow group={group} isChosen={group === chosen} onChoose={() => choose(group)} />
            </li>
          ))}
        </ul>
        {next === null ? (
          <p className="cd-quiet" data-testid="duplicates-count">
            {t('duplicates.end', { count })}
          </p>
        ) : (
          <MoreLine text={t('duplicates.looked', { count })} testId="duplicates-count" />
        )}
        <div className="cd-duplicates-bar">
          {next !== null && (
            <Button onClick={goOn} data-testid="duplicates-more">
              {t('duplicates.more')} <KeyHint combo="Alt+n" />
            </Button>
          )}
          {!isFirst && <Button onClick={() => onGoTo(null)}>{t('duplicates.fromStart')}</Button>}
        </div>
      </Panel>
      {chosen === null ? (
        <EmptyState title={t('duplicates.choose')} hint={t('duplicates.chooseHint')} />
      ) : (
        <PairPanel key={keyOf(chosen)} group={chosen} acts={acts} />
      )}
    </div>
  )
}

interface GroupRowProps {
  readonly group: Group
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function GroupRow({ group, isChosen, onChoose }: GroupRowProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      data-testid="duplicate-group"
      data-likeness={group.likeness}
    >
      <span>{group.titles[0]?.title}</span>
      <span className="cd-quiet">
        {t(`duplicates.${group.likeness}`)} ·{' '}
        {t(group.by === 'isbn' ? 'duplicates.byIsbn' : 'duplicates.byWords')} ·{' '}
        <span className="cd-number">{group.titles.length}</span>
      </span>
    </button>
  )
}

function Verdict({ acts }: { readonly acts: TitleActs }) {
  const { t } = useTranslation()
  const { last } = acts
  if (last === null) return null
  const { merged } = last
  const isDone = last.tone !== 'stop'
  const word = isDone
    ? t(last.kind === 'title.merge' ? 'duplicates.merged' : 'duplicates.setApart')
    : t('verdict.failed')
  const counts = merged && {
    items: merged.itemsMoved,
    holds: merged.holdsMoved,
    drafts: merged.draftsMoved,
  }
  const detail =
    last.failure !== null
      ? t(`failure.${last.failure}.next`)
      : counts === null
        ? ''
        : t('duplicates.mergedDetail', counts)
  return (
    <div role="status" data-testid="duplicates-verdict" data-outcome={last.tone}>
      <ToneBanner tone={last.tone} testId="duplicates-banner" word={word} detail={detail} />
      <FindingLines findings={last.findings} />
    </div>
  )
}
