import { InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { HoldId, ItemId } from '../../../domain/words/ids.ts'
import { Asked } from '../../app/asked.tsx'
import { useHoldShelfQuery } from '../../app/desk-api.ts'
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
} as const satisfies Record<ShelfRow['state'], ToneName>

interface ShelfPanelProps {
  readonly onMiss: (hold: HoldId, item: ItemId) => void
}

export function ShelfPanel({ onMiss }: ShelfPanelProps) {
  const { t } = useTranslation()
  const query = useHoldShelfQuery({})
  return (
    <Asked query={query}>
      {({ rows, toClearCount }) => (
        <Panel
          className="cd-grow cd-scroll"
          title={t('holds.shelfCount', { count: rows.length })}
          extra={
            toClearCount > 0 && (
              <span data-testid="to-clear">{t('holds.toClear', { count: toClearCount })}</span>
            )
          }
          testId="hold-shelf"
        >
          {rows.length === 0 ? (
            <EmptyState
              title={t('holds.shelfNone')}
              hint={t('holds.shelfNoneHint')}
              icon={<InboxOutlined />}
            />
          ) : (
            <ShelfTable rows={rows} onMiss={onMiss} />
          )}
        </Panel>
      )}
    </Asked>
  )
}

function ShelfTable({ rows, onMiss }: { readonly rows: readonly ShelfRow[] } & ShelfPanelProps) {
  const { t } = useTranslation()
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
        {rows.map((row) => (
          <tr
            key={row.hold?.id ?? row.item?.id}
            data-testid="shelf-row"
            data-state={row.state}
            data-barcode={row.item?.barcode}
          >
            <HeldWhat row={row} />
            <HeldFor row={row} />
            <td>
              <ToneMark tone={toneByState[row.state]} word={wordOf(row)} />
            </td>
            <td>
              <div className="cd-row-of-buttons">
                <SlipButton row={row} />
                <MissButton row={row} onMiss={onMiss} />
              </div>
            </td>
          </tr>
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
      case 'kept':
        return t('holds.keepUntil', { until: hold?.keepUntilOn ?? '' })
    }
  }
}

/** The slip once more: it fell out, or the paper jammed. */
function SlipButton({ row: { hold, item, title, reader, state } }: { readonly row: ShelfRow }) {
  const { t } = useTranslation()
  const print = usePrint()
  if (hold === null || item === null || hold.trappedAt === null || state !== 'kept') return null
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
