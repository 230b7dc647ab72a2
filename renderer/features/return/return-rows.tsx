import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { goingWords } from '../../app/going-words.ts'
import { SCANNED_ROW_HEIGHT, ScannedRowView } from '../../app/scanned-row-view.tsx'
import { markOf } from '../../app/scanned-rows.ts'
import { useDeskDispatch } from '../../app/store.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { undoRow } from './return-flow.ts'
import { toneOfReturn } from './return-state.ts'
import type { ReturnRow } from './return-state.ts'

export function ReturnRows({ rows }: { readonly rows: readonly ReturnRow[] }) {
  const { t } = useTranslation()
  return (
    <VirtualRows
      rows={rows}
      rowHeight={SCANNED_ROW_HEIGHT}
      keyOf={({ id }) => id}
      label={t('returning.title')}
      chosen={-1}
      testId="return-rows"
      render={(row) => <OneRow row={row} />}
    />
  )
}

/** Drawn again only when its own row changes: a scan costs one row, not the list. */
const OneRow = memo(function OneRow({ row }: { readonly row: ReturnRow }) {
  const { t, i18n } = useTranslation()
  const dispatch = useDeskDispatch()
  const { data: places } = useBranchesQuery({})
  const summary = row.receipt?.summary
  const done = {
    tone: row.receipt === null ? ('done' as const) : toneOfReturn(row.receipt),
    word: t('verdict.returned'),
  }
  return (
    <ScannedRowView
      row={row}
      mark={markOf(t, row, done)}
      testId="return-row"
      onUndo={() => void dispatch(undoRow(row))}
      outcome={
        summary !== undefined && (
          <>
            <span className="cd-quiet">{t('returning.where')}</span>
            <strong>{goingWords(t, i18n.language, places?.branches ?? [], summary).going}</strong>
          </>
        )
      }
    />
  )
})
