import { CheckCircleOutlined } from '@ant-design/icons'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { ExceptionKind } from '../../../domain/records.ts'
import type { Settlement } from '../../../domain/settlements.ts'
import { Asked } from '../../app/asked.tsx'
import { useExceptionQuery, useExceptionsQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { AlikePanel } from './alike-panel.tsx'
import { ExceptionCard } from './exception-card.tsx'
import { ExceptionKinds } from './exception-kinds.tsx'
import { ExceptionRowView } from './exception-row-view.tsx'
import { LastSettled } from './last-settled.tsx'
import { useAlike } from './use-alike.ts'

const ROWS_MAX = 200

interface Filter {
  readonly state: 'open' | 'settled'
  readonly kind: ExceptionKind | null
  readonly isMine: boolean
}

export function ExceptionsScreen() {
  const { t } = useTranslation()
  const { staff } = useSignedIn()
  const [filter, setFilter] = useState<Filter>({ state: 'open', kind: null, isMine: false })
  // Settling takes a row away: the next one moves into its place, and the hand stays where it is.
  const [search] = useSearchParams()
  // Of today's list: shown also where it is settled, or beyond what is listed.
  const askedId = search.get('id')
  const [chosen, setChosen] = useState<{ readonly id: string | null; readonly index: number }>({
    id: askedId,
    index: 0,
  })
  const [last, setLast] = useState<Settlement | null>(null)
  const alike = useAlike()
  const query = useExceptionsQuery({
    state: filter.state,
    kind: filter.kind,
    assignedTo: filter.isMine ? staff.id : null,
    limit: ROWS_MAX,
  })
  // Until the answer to a new filter is here, the rows of the one before must not take its keys.
  const rows = (query.data?.rows ?? []).filter(({ exception }) => fits(exception, filter, staff.id))
  const found = rows.findIndex(({ exception }) => exception.id === chosen.id)
  const isAskedAlone = askedId !== null && found === -1 && chosen.id === askedId
  const at = found === -1 ? Math.max(0, Math.min(chosen.index, rows.length - 1)) : found
  const choose = (index: number): void => {
    const next = rows[index]
    if (next !== undefined) setChosen({ id: next.exception.id, index })
  }
  const show = (changed: Partial<Filter>): void => {
    setFilter({ ...filter, ...changed })
    setChosen({ id: null, index: 0 })
  }
  const settled = (settlement: Settlement): void => {
    alike.forget()
    setLast(settlement)
    setChosen({ id: null, index: at })
    // That was the last of its kind: on with the others.
    if (rows.length === 1 && filter.kind !== null) show({ kind: null })
  }
  const { counts = [] } = query.data ?? {}
  const countOf = (kind: ExceptionKind | undefined): number => {
    const count = counts.find((one) => one.kind === kind)
    return count === undefined ? 0 : count.today + count.days + count.older
  }
  const settleAll = (settlement: Settlement, comment: string | null): void => {
    const kind = rows[at]?.exception.kind
    if (kind === undefined) return
    setLast(null)
    const ofKind = { kind, settlement, comment, staffId: staff.id }
    void alike.start(ofKind, countOf(kind)).then((isNoneLeft) => {
      if (!isNoneLeft) return
      setFilter((before) => (before.kind === kind ? { ...before, kind: null } : before))
    })
  }
  useKeys([
    { combo: 'ArrowDown', label: t('keys.down'), run: () => choose(at + 1), isInFields: false },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => choose(at - 1), isInFields: false },
    {
      combo: 'm',
      label: t('exceptions.mine'),
      run: () => show({ isMine: !filter.isMine }),
      isInFields: false,
    },
    {
      combo: 'ArrowRight',
      label: t('exceptions.filter'),
      run: () => show({ kind: kindAfter(counts, filter.kind) }),
      isInFields: false,
    },
  ])
  return (
    <div className="cd-exceptions">
      <h1 className="cd-visually-hidden">{t('exceptions.title')}</h1>
      <Asked query={query}>
        {({ openCount }) => (
          <>
            <Panel
              className="cd-exceptions-list"
              title={t('exceptions.openCount', { count: openCount })}
              extra={<WhichOnes filter={filter} onShow={show} />}
            >
              <LastSettled last={last} run={alike.run} />
              {filter.state === 'open' && counts.length > 0 && (
                <ExceptionKinds
                  counts={counts}
                  chosen={filter.kind}
                  onChoose={(kind) => show({ kind })}
                />
              )}
              {rows.length === 0 ? (
                <NoneHere filter={filter} />
              ) : (
                <VirtualRows
                  rows={rows}
                  rowHeight={76}
                  keyOf={({ exception }) => exception.id}
                  label={t('exceptions.title')}
                  chosen={at}
                  onChoose={choose}
                  testId="exception-rows"
                  render={(row) => <ExceptionRowView row={row} />}
                />
              )}
              {rows.length >= ROWS_MAX && (
                <MoreLine text={t('state.tooManyOpen', { shown: rows.length })} />
              )}
              <OfflineLine />
            </Panel>
            {alike.run?.isRunning === true ? (
              <AlikePanel run={alike.run} onStop={alike.stop} />
            ) : (
              <Chosen
                id={isAskedAlone ? askedId : (rows[at]?.exception.id ?? null)}
                alikeCount={countOf(rows[at]?.exception.kind)}
                onSettled={settled}
                onAlike={settleAll}
              />
            )}
          </>
        )}
      </Asked>
    </div>
  )
}

type Counts = AnswerOf<'exceptions'>['counts']

/** All, then each kind that has any, then all again. */
function kindAfter(counts: Counts, kind: ExceptionKind | null): ExceptionKind | null {
  const index = counts.findIndex((one) => one.kind === kind)
  return counts[index + 1]?.kind ?? null
}

const fits = (
  { kind, assignedTo, settledAt }: AnswerOf<'exceptions'>['rows'][number]['exception'],
  filter: Filter,
  staffId: string,
): boolean =>
  (filter.kind === null || kind === filter.kind) &&
  (!filter.isMine || assignedTo === staffId) &&
  (settledAt === null) === (filter.state === 'open')

interface WhichOnesProps {
  readonly filter: Filter
  readonly onShow: (changed: Partial<Filter>) => void
}

function WhichOnes({ filter, onShow }: WhichOnesProps) {
  const { t } = useTranslation()
  return (
    <div className="cd-exceptions-which">
      <Segmented
        aria-label={t('exceptions.title')}
        value={filter.state}
        options={(['open', 'settled'] as const).map((value) => ({
          value,
          label: t(`exceptions.${value}`),
        }))}
        onChange={(state) => onShow({ state, kind: null })}
        data-testid="exceptions-state"
      />
      <Segmented
        aria-label={t('exceptions.filter')}
        value={filter.isMine ? 'mine' : 'all'}
        options={(['all', 'mine'] as const).map((value) => ({
          value,
          label: t(`exceptions.${value}`),
        }))}
        onChange={(value) => onShow({ isMine: value === 'mine' })}
        data-testid="exceptions-whose"
      />
    </div>
  )
}

function NoneHere({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation()
  const isFiltered = filter.kind !== null || filter.isMine
  const icon = <CheckCircleOutlined />
  if (filter.state === 'settled') {
    return <EmptyState title={t('exceptions.noneSettled')} hint="" icon={icon} />
  }
  return isFiltered ? (
    <EmptyState
      title={t('exceptions.noneChosen')}
      hint={t('exceptions.noneChosenHint')}
      icon={icon}
    />
  ) : (
    <EmptyState title={t('exceptions.noneTitle')} hint={t('exceptions.noneHint')} icon={icon} />
  )
}

interface ChosenProps {
  readonly id: string | null
  readonly alikeCount: number
  readonly onSettled: (settlement: Settlement) => void
  readonly onAlike: (settlement: Settlement, comment: string | null) => void
}

function Chosen({ id, ...settling }: ChosenProps) {
  const query = useExceptionQuery({ exceptionId: id ?? '' }, { skip: id === null })
  // While the next one is on its way, keys must not act on the one before.
  const detail = query.currentData ?? null
  return (
    <div className="cd-exceptions-card">
      {id !== null && detail !== null && <ExceptionCard key={id} detail={detail} {...settling} />}
    </div>
  )
}
