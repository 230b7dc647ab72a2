import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { differingTags, ofTag } from '../../../domain/marc/join-records.ts'
import type { TagChoice } from '../../../domain/marc/join-records.ts'
import type { Bib, Title } from '../../../domain/records.ts'
import { TitleId } from '../../../domain/words/ids.ts'
import { Asked } from '../../app/asked.tsx'
import { useTitleCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CompareTable } from './compare-table.tsx'
import type { TakenByTag } from './compare-table.tsx'
import type { TitleActs } from './use-title-acts.ts'

type Group = AnswerOf<'duplicate-titles'>['groups'][number]
type Row = Group['titles'][number]
type Card = NonNullable<AnswerOf<'title-card'>>

interface PairPanelProps {
  readonly group: Group
  readonly acts: TitleActs
}

/** The one with more items stays, unless a person says otherwise: fewer have to be moved. */
const firstKept = ({ titles }: Group): Row | undefined =>
  titles.toSorted((one, other) => other.itemsCount - one.itemsCount)[0]

export function PairPanel({ group, acts }: PairPanelProps) {
  const { t } = useTranslation()
  const { titles } = group
  const [keepId, setKeepId] = useState(firstKept(group)?.id ?? '')
  const [otherId, setOtherId] = useState(titles.find(({ id }) => id !== keepId)?.id ?? '')
  const keep = (id: string) => {
    if (id === otherId) setOtherId(keepId)
    setKeepId(id)
  }
  const go = (id: string) => {
    if (id === keepId) setKeepId(otherId)
    setOtherId(id)
  }
  const swap = () => keep(otherId)
  const setApart = () => void acts.setApart({ titles: titles.map(({ id }) => TitleId.parse(id)) })
  useKeys([
    { combo: 'Alt+w', label: t('duplicates.swap'), run: swap },
    { combo: 'Alt+a', label: t('duplicates.apart'), run: setApart },
  ])
  return (
    <div className="cd-duplicates-pair">
      <Panel title={t('duplicates.members')}>
        <table className="cd-table">
          <caption className="cd-visually-hidden">{t('duplicates.members')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('duplicates.keep')}</th>
              <th scope="col">{t('duplicates.goes')}</th>
              <th scope="col">{t('duplicates.work')}</th>
            </tr>
          </thead>
          <tbody>
            {titles.map((title) => (
              <Member
                key={title.id}
                title={title}
                isKept={title.id === keepId}
                isOther={title.id === otherId}
                onKeep={() => keep(title.id)}
                onGo={() => go(title.id)}
              />
            ))}
          </tbody>
        </table>
        <div className="cd-duplicates-bar">
          <Button onClick={swap} data-testid="duplicates-swap">
            {t('duplicates.swap')} <KeyHint combo="Alt+w" />
          </Button>
          <Button onClick={setApart} disabled={acts.isBusy} data-testid="duplicates-apart">
            {t('duplicates.apart')} <KeyHint combo="Alt+a" />
          </Button>
        </div>
      </Panel>
      <Cards key={`${keepId} ${otherId}`} keepId={keepId} otherId={otherId} acts={acts} />
    </div>
  )
}

interface MemberProps {
  readonly title: Row
  readonly isKept: boolean
  readonly isOther: boolean
  readonly onKeep: () => void
  readonly onGo: () => void
}

function Member({ title, isKept, isOther, onKeep, onGo }: MemberProps) {
  const { t } = useTranslation()
  const { publisher, year, itemsCount } = title
  return (
    <tr
      data-testid="duplicate-member"
      data-title={title.id}
      data-role={isKept ? 'keep' : isOther ? 'goes' : 'none'}
    >
      <td>
        <Radio
          checked={isKept}
          onChange={onKeep}
          aria-label={`${t('duplicates.keep')} ${title.title}`}
        />
      </td>
      <td>
        <Radio
          checked={isOther}
          onChange={onGo}
          aria-label={`${t('duplicates.goes')} ${title.title}`}
        />
      </td>
      <td>
        <strong>{title.title}</strong> {title.author}
        <div className="cd-quiet">
          {t('duplicates.member', {
            publisher: publisher ?? '—',
            year: year ?? '—',
            items: itemsCount,
          })}{' '}
          <span translate="no">{title.isbn}</span>
        </div>
      </td>
    </tr>
  )
}

interface CardsProps {
  readonly keepId: string
  readonly otherId: string
  readonly acts: TitleActs
}

function Cards({ keepId, otherId, acts }: CardsProps) {
  const { t } = useTranslation()
  const kept = useTitleCardQuery({ titleId: keepId })
  const other = useTitleCardQuery({ titleId: otherId })
  return (
    <Asked query={kept}>
      {(keptCard) => (
        <Asked query={other}>
          {(otherCard) =>
            keptCard?.bib && otherCard?.bib ? (
              <Compared
                kept={{ ...keptCard, bib: keptCard.bib }}
                other={{ ...otherCard, bib: otherCard.bib }}
                acts={acts}
              />
            ) : (
              <p className="cd-quiet">{t('duplicates.noRecord')}</p>
            )
          }
        </Asked>
      )}
    </Asked>
  )
}

const pick = ({ controlNumber, isbns, title }: Title) => ({ controlNumber, isbns, title })

interface WholeCard extends Card {
  readonly bib: Bib
}

interface ComparedProps {
  readonly kept: WholeCard
  readonly other: WholeCard
  readonly acts: TitleActs
}

function Compared({ kept, other, acts }: ComparedProps) {
  const { t } = useTranslation()
  const [taken, setTaken] = useState<TakenByTag>(new Map())
  const tags = kept.bib.profile === other.bib.profile ? differingTags(kept.bib, other.bib) : []
  const take = (tag: string, how: TagChoice['take'] | null) => {
    const next = new Map(taken)
    if (how === null) next.delete(tag)
    else next.set(tag, how)
    setTaken(next)
  }
  const merge = () =>
    void acts.merge({
      keep: kept.title.id,
      merge: other.title.id,
      went: pick(other.title),
      choices: [...taken].map(([tag, how]) => ({ tag, take: how, seen: ofTag(kept.bib, tag) })),
    })
  useKeys([{ combo: 'Alt+e', label: t('duplicates.merge'), run: merge }])
  return (
    <Panel
      title={t('duplicates.compare')}
      extra={
        <Button
          type="primary"
          onClick={merge}
          disabled={acts.isBusy}
          data-testid="duplicates-merge"
        >
          {t('duplicates.merge')} <KeyHint combo="Alt+e" />
        </Button>
      }
    >
      <p className="cd-quiet">{t('duplicates.follows', { count: other.items.length })}</p>
      <CompareTable tags={tags} kept={kept.bib} other={other.bib} taken={taken} onTake={take} />
    </Panel>
  )
}
