import { UnorderedListOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { useNavigate } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import type { OperationId } from '../../../domain/words/ids.ts'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { Asked } from '../../app/asked.tsx'
import { useTodayQuery } from '../../app/desk-api.ts'
import { FindingChips } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { useToday } from '../../app/use-today.ts'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { groundsOf, clockTime, dayAndTime, wordsOfFinding, titled } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneBanner, ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { DayTools } from './day-tools.tsx'
import { dayKeys, useDay } from './use-day.ts'
import { useReprint, useSlipAgain } from './use-reprint.ts'
import { waysOf } from './ways-on.ts'
import type { Way } from './ways-on.ts'

type Row = AnswerOf<'today'>['rows'][number]

const toneByOutcome = {
  pending: 'noted',
  applied: 'done',
  'applied-with-exception': 'needs-you',
  refused: 'stop',
  quarantined: 'needs-you',
} as const satisfies Record<Row['outcome'], ToneName>

export function TodayScreen() {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const navigate = useNavigate()
  const day = useDay()
  const field = useRef<InputRef>(null)
  const query = useTodayQuery(day.ask)
  const [whyNot, setWhyNot] = useState<Row['whyNot']>(null)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [answer, setAnswer] = useState<Answer<'operation.undo'> | null>(null)
  const rows = query.data?.rows ?? []
  // Until somebody chooses, the newest that can still be undone is meant.
  const found = rows.findIndex(({ id }) => id === chosenId)
  const chosen = found === -1 ? rows.findIndex(({ isUndoable }) => isUndoable) : found
  const step = (by: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, chosen + by))]
    if (next !== undefined) setChosenId(next.id)
  }
  const undo = async (row: Row | undefined): Promise<void> => {
    if (row === undefined) return
    setWhyNot(row.whyNot)
    if (row.whyNot !== null) {
      setAnswer(null)
      play('needs-you')
      return
    }
    const given = await perform(desk, {
      requestId: newRequestId(),
      kind: 'operation.undo',
      payload: { operation: row.id as OperationId, reason: null },
      overrides: [],
    })
    setAnswer(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  const undoChosen = (): void => void undo(rows[chosen])
  const receipt = useReprint(rows[chosen])
  const slip = useSlipAgain(rows[chosen])
  // One key for the paper of a line; a return that goes on has two.
  const reprint = receipt ?? slip
  const second = receipt === null ? null : slip
  const ways = waysOf(rows[chosen])
  const follow = (way: Way): void => void navigate(way.to)
  useKeys([
    ...dayKeys(t, day, query.data?.keptSinceOn ?? null),
    {
      combo: '/',
      label: t('today.search'),
      run: () => field.current?.focus(),
      isInFields: false,
    },
    {
      combo: 'Escape',
      label: t('today.clear'),
      run: () => {
        day.look('')
        field.current?.blur()
      },
    },
    ...ways.map((way) => ({
      combo: way.combo,
      label: t(`today.way.${way.name}`),
      run: () => follow(way),
      isInFields: false,
    })),
    ...(reprint === null ? [] : [{ combo: 'Control+p', label: t('slips.reprint'), run: reprint }]),
    ...(second === null ? [] : [{ combo: 'Alt+p', label: t('slips.reprintSlip'), run: second }]),
    { combo: 'u', label: t('today.undoKey'), run: undoChosen, isInFields: false },
    { combo: 'Control+z', label: t('today.undoKey'), run: undoChosen },
    { combo: 'ArrowDown', label: t('keys.down'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => step(-1), isInFields: false },
  ])
  return (
    <div className="cd-today">
      <h1 className="cd-visually-hidden">{t('today.title')}</h1>
      <Asked query={query}>
        {({ lentCount, returnedCount, pendingCount, hasMore, keptSinceOn }) => (
          <Panel
            className="cd-grow"
            title={t('today.title')}
            extra={
              <>
                <span data-testid="today-lent">{t('today.lent', { count: lentCount })}</span>
                <span data-testid="today-returned">
                  {t('today.returned', { count: returnedCount })}
                </span>
                <span data-testid="today-pending">
                  {t('today.pending', { count: pendingCount })}
                </span>
                {second !== null && (
                  <PrintButton
                    print={second}
                    word={t('slips.reprintSlip')}
                    combo="Alt+p"
                    testId="reprint-slip"
                  />
                )}
                <PrintButton print={reprint} word={t('slips.reprint')} testId="reprint" />
                {ways.map((way) => (
                  <Button
                    key={way.name}
                    onClick={() => follow(way)}
                    data-testid={`today-${way.name}`}
                  >
                    {t(`today.way.${way.name}`)} <KeyHint combo={way.combo} />
                  </Button>
                ))}
                <Button
                  disabled={rows[chosen] === undefined}
                  onClick={undoChosen}
                  data-testid="undo-chosen"
                >
                  {t('today.undoKey')} <KeyHint combo="u" />
                </Button>
              </>
            }
          >
            <DayTools day={day} field={field} keptSinceOn={keptSinceOn} />
            <UndoVerdict answer={answer} whyNot={whyNot} />
            {rows.length === 0 ? (
              <EmptyState
                title={t(day.isNarrowed ? 'today.noneFound' : 'today.none')}
                hint={t(day.isNarrowed ? 'today.noneFoundHint' : 'today.noneHint')}
                icon={<UnorderedListOutlined />}
              />
            ) : (
              <VirtualRows
                rows={rows}
                rowHeight={60}
                keyOf={({ id }) => id}
                label={t('today.title')}
                chosen={chosen}
                onChoose={(index) => setChosenId(rows[index]?.id ?? null)}
                testId="today-rows"
                render={(row) => <OneOperation row={row} />}
              />
            )}
            {hasMore && (
              <Button type="link" onClick={day.showMore} data-testid="today-more">
                {t('today.more', { shown: rows.length })} <KeyHint combo="m" />
              </Button>
            )}
          </Panel>
        )}
      </Asked>
    </div>
  )
}

const kindWord = (t: TFunction, kind: string): string =>
  t(`today.kind.${kind as 'other'}`, { defaultValue: t('today.kind.other') })

function OneOperation({ row }: { readonly row: Row }) {
  const { t } = useTranslation()
  const isOfToday = dateAt(row.at) === useToday()
  const isUndone = row.undoneBy !== null
  return (
    <div
      className={isUndone ? 'cd-today-row cd-undone' : 'cd-today-row'}
      data-testid="today-row"
      data-kind={row.kind}
      data-outcome={row.outcome}
      data-undone={isUndone}
      data-barcode={row.item?.barcode}
    >
      <span className="cd-number">{isOfToday ? clockTime(row.at) : dayAndTime(row.at)}</span>
      <strong>{kindWord(t, row.kind)}</strong>
      <div className="cd-lend-what">
        <span>{[row.titleText, row.item?.barcode].filter(Boolean).join(' · ')}</span>
        <span className="cd-quiet">
          {row.reader !== null && `${maskedName(row.reader.name)} ${row.reader.cardNumber}`}{' '}
          <FindingChips findings={row.findings.filter(({ level }) => level !== 'note')} />
        </span>
      </div>
      <span className="cd-quiet">{row.staffName}</span>
      <ToneMark
        tone={isUndone ? 'noted' : toneByOutcome[row.outcome]}
        word={t(isUndone ? 'today.undone' : `today.outcomes.${row.outcome}`)}
      />
    </div>
  )
}

interface UndoVerdictProps {
  readonly answer: Answer<'operation.undo'> | null
  readonly whyNot: Row['whyNot']
}

/** Always there, so that the list does not jump when an undo is answered. */
function UndoVerdict({ answer, whyNot }: UndoVerdictProps) {
  const { t, i18n } = useTranslation()
  if (whyNot !== null) {
    return (
      <ToneBanner
        tone="needs-you"
        word={t('today.cannotUndo')}
        detail={t(`today.whyNot.${whyNot}`)}
        testId="verdict"
      />
    )
  }
  if (answer === null) {
    return (
      <ToneBanner
        tone="noted"
        word={t('today.title')}
        detail={t('today.noneHint')}
        testId="verdict"
      />
    )
  }
  const { receipt, failure } = answer
  if (receipt === null) {
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), [
      t(`failure.${failure}.next`),
    ])
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="verdict" />
  }
  const [first] = receipt.findings
  const words = first && wordsOfFinding(t, i18n.language, first)
  const detail =
    words === undefined ? '' : titled(t, i18n.language, words.title, [words.what, words.next])
  const isDone = receipt.outcome === 'done'
  return (
    <ToneBanner
      tone={toneOf(receipt)}
      word={t(isDone ? 'verdict.undone' : 'verdict.stop')}
      detail={detail}
      foot={groundsOf(t, receipt)}
      testId="verdict"
    />
  )
}
