import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ToneMark } from '../ui/tone.tsx'
import { useItemTitleQuery } from './desk-api.ts'
import { FindingChips } from './finding-lines.tsx'
import { isStanding } from './scanned-rows.ts'
import type { Mark, ScannedRow } from './scanned-rows.ts'

/** All rows of VirtualRows are of one height. */
export const SCANNED_ROW_HEIGHT = 68

/** The title of an item by its barcode; null while it is not known. */
export function useTitleOf(barcode: string | null): string | null {
  const { title } = useItemTitleQuery(
    { barcode, itemId: null },
    {
      skip: barcode === null,
      // Only what is shown: a row is not drawn again for the coming and going of an answer.
      selectFromResult: ({ data: card }) => ({ title: card?.title?.title ?? null }),
    },
  )
  return title
}

interface ScannedRowViewProps {
  readonly row: ScannedRow
  readonly mark: Mark
  readonly testId: string
  /** When or where to, once it is done. */
  readonly outcome: ReactNode
  readonly onUndo: () => void
}

/** One scanned item: how it went, what it is, what is to note. */
export function ScannedRowView({ row, mark, testId, outcome, onUndo }: ScannedRowViewProps) {
  const { t } = useTranslation()
  const title = useTitleOf(row.barcode)
  return (
    <div
      className="cd-lend-row"
      data-testid={testId}
      data-barcode={row.barcode}
      data-state={row.isUndone ? 'undone' : row.state}
    >
      <ToneMark {...mark} />
      <div className="cd-lend-what">
        <strong>{title ?? t('lend.unknownTitle')}</strong>
        <span className="cd-quiet cd-number">{row.barcode}</span>
        <FindingChips findings={row.receipt?.findings ?? []} />
      </div>
      <div className="cd-lend-due">{isStanding(row) && outcome}</div>
      <div className="cd-lend-do">
        {isStanding(row) && (
          <Button size="small" onClick={onUndo} aria-label={t('lend.undo')}>
            {t('do.undo')}
          </Button>
        )}
      </div>
    </div>
  )
}
