import { InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { HoldId, ItemId } from '../../../domain/words/ids.ts'
import { Asked } from '../../app/asked.tsx'
import { useBranchesQuery, useHoldShelfQuery } from '../../app/desk-api.ts'
import { placeName } from '../../app/going-words.ts'
import { keptView } from '../../app/slips/use-item-slip.ts'
import { usePrint } from '../../app/slips/use-print.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { HeldFor, HeldWhat } from './held-what.tsx'

type ShelfRow = AnswerOf<'hold-shelf'>['rows'][number]

const toneByState = {
  expired: 'needs-you',
  unheld: 'needs-you',
  missing: 'stop',
  kept: 'done',
  'to-load': 'noted',
} as const satisfies Record<ShelfRow['state'], ToneName>

interface ShelfPanelProps {
  readonly onMiss: (hold: HoldId, item: ItemId) => void
}

interface WhichProps extends ShelfPanelProps {
  /** What is to be put into kiosks, else what lies on the shelf or in them. */
  readonly isLoading: boolean
}

export function ShelfPanel({ onMiss, isLoading }: WhichProps) {
  const { t } = useTranslation()
  const query = useHoldShelfQuery({})
  return (
    <Asked query={query}>
      {({ rows: all, toClearCount }) => {
        const rows = all.filter(({ state }) => (state === 'to-load') === isLoading)
        return (
          <Panel
            className="cd-grow cd-scroll"
            title={t(isLoading ? 'holds.loadCount' : 'holds.shelfCount', { count: rows.length })}
            extra={
              !isLoading &&
              toClearCount > 0 && (
                <span data-testid="to-clear">{t('holds.toClear', { count: toClearCount })}</span>
              )
            }
            testId="hold-shelf"
          >
            {rows.length === 0 ? (
              <EmptyState
                title={t(isLoading ? 'holds.loadNone' : 'holds.shelfNone')}
                hint={t(isLoading ? 'holds.loadNoneHint' : 'holds.shelfNoneHint')}
                icon={<InboxOutlined />}
              />
            ) : (
              <ShelfTable rows={rows} onMiss={onMiss} />
            )}
          </Panel>
        )
      }}
    </Asked>
  )
}

function ShelfTable({ rows, onMiss }: { readonly rows: readonly ShelfRow[] } & ShelfPanelProps) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const isGrouped = rows.some(({ kioskId }) => kioskId !== null)
  const kioskName = (kioskId: string | null): string => {
    const kiosk = places?.branches.find(({ id }) => id === kioskId)
    return kiosk === undefined ? t('holds.thisShelf') : placeName(t, i18n.language, kiosk)
  }
  return (
    <table className="cd-table">
      <thead>
        <tr>
          {(['title', 'barcode', 'reader', 'state'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`holds.columns.${column}`)}
            </th>
          ))}
          <th aria-hidden />
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Fragment key={row.hold?.id ?? row.item?.id}>
            {isGrouped && row.kioskId !== (rows[at - 1]?.kioskId ?? null) && (
              <tr>
                <th colSpan={5} scope="rowgroup" data-testid="kiosk-group">
                  {kioskName(row.kioskId)}
                </th>
              </tr>
            )}
            <tr data-testid="shelf-row" data-state={row.state} data-barcode={row.item?.barcode}>
              <HeldWhat row={row} />
              <HeldFor row={row} />
              <td>
                <ToneMark tone={toneByState[row.state]} word={wordOf(row)} />
              </td>
              <td>
                <div className="cd-row-of-buttons">
                  <SlipButton row={row} to={row.kioskId === null ? '' : kioskName(row.kioskId)} />
                  <MissButton row={row} onMiss={onMiss} />
                </div>
              </td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  )

  function wordOf({ state, hold }: ShelfRow): string {
    switch (state) {
      case 'expired':
        return t('holds.expired')
      case 'unheld':
        return t('holds.unheld')
      case 'missing':
        return t('holds.lostFromShelf')
      case 'to-load':
        return t('holds.toLoad')
      case 'kept':
        return t('holds.keepUntil', { until: hold?.keepUntilOn ?? '' })
    }
  }
}

/** The slip once more: it fell out, or the paper jammed. */
interface SlipProps {
  readonly row: ShelfRow
  /** The kiosk that it is for; empty for the shelf here. */
  readonly to: string
}

function SlipButton({ row, to }: SlipProps) {
  const { hold, item, title, reader, state } = row
  const { t } = useTranslation()
  const print = usePrint()
  if (
    hold === null ||
    item === null ||
    hold.trappedAt === null ||
    (state !== 'kept' && state !== 'to-load')
  )
    return null
  const { trappedAt, keepUntilOn } = hold
  const kept = { reader: reader?.name ?? '', cardTail: reader?.cardTail ?? '', keepUntilOn }
  return (
    <Button
      size="small"
      data-testid="print-again"
      onClick={() =>
        print('hold-slip', trappedAt, {
          title: title?.title ?? t('lend.unknownTitle'),
          barcode: item.barcode,
          callNumber: item.callNumber ?? '',
          to,
          ...keptView(kept),
        })
      }
    >
      {t('slips.printSlip')}
    </Button>
  )
}

function MissButton({ row, onMiss }: { readonly row: ShelfRow } & ShelfPanelProps) {
  const { t } = useTranslation()
  const { hold } = row
  const itemId = hold?.trappedItemId ?? null
  if (hold === null || itemId === null) return null
  return (
    <Button size="small" onClick={() => onMiss(hold.id, itemId)} data-testid="not-on-shelf">
      {t('holds.notOnShelf')}
    </Button>
  )
}
