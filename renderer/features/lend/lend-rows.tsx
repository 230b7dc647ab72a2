import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { SCANNED_ROW_HEIGHT, ScannedRowView } from '../../app/scanned-row-view.tsx'
import { useDeskDispatch } from '../../app/store.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { dueTextOf } from './lent-due.ts'
import { undoRow } from './lend-flow.ts'
import type { LendRow } from './lend-state.ts'
import { lendMarkOf } from './lend-verdict.tsx'

interface LendRowsProps {
  readonly rows: readonly LendRow[]
  /** Which one the keys mean; -1 where none is chosen. */
  readonly chosen: number
}

export function LendRows({ rows, chosen }: LendRowsProps) {
  const { t } = useTranslation()
  return (
    <VirtualRows
      rows={rows}
      rowHeight={SCANNED_ROW_HEIGHT}
      keyOf={({ id }) => id}
      label={t('lend.title')}
      chosen={chosen}
      testId="lend-rows"
      render={(row) => <OneRow row={row} />}
    />
  )
}

/** Drawn again only when its own row changes: a scan costs one row, not the list. */
const OneRow = memo(function OneRow({ row }: { readonly row: LendRow }) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  return (
    <ScannedRowView
      row={row}
      mark={lendMarkOf(t, row)}
      testId="lend-row"
      onUndo={() => void dispatch(undoRow(row))}
      outcome={
        <>
          <span className="cd-quiet">{t('lend.due')}</span>
          <strong data-testid="due-on">{row.receipt && dueTextOf(row.receipt.summary)}</strong>
        </>
      }
    />
  )
})
