import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useItemCardQuery } from '../../app/desk-api.ts'
import { FindingChips } from '../../app/finding-lines.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import type { LendRow } from './lend-state.ts'
import { verdictOf } from './lend-verdict.tsx'

const ROW_HEIGHT = 68

interface LendRowsProps {
  readonly rows: readonly LendRow[]
  readonly onUndo: (row: LendRow) => void
}

export function LendRows({ rows, onUndo }: LendRowsProps) {
  const { t } = useTranslation()
  return (
    <VirtualRows
      rows={rows}
      rowHeight={ROW_HEIGHT}
      keyOf={({ id }) => id}
      label={t('lend.title')}
      chosen={-1}
      testId="lend-rows"
      render={(row) => <OneRow row={row} onUndo={onUndo} />}
    />
  )
}

function OneRow({
  row,
  onUndo,
}: {
  readonly row: LendRow
  readonly onUndo: LendRowsProps['onUndo']
}) {
  const { t } = useTranslation()
  const { data: card } = useItemCardQuery({ barcode: row.barcode, itemId: null })
  const { tone, word } = verdictOf(t, row)
  const isLent = row.state === 'done' && !row.isUndone
  return (
    <div
      className="cd-lend-row"
      data-testid="lend-row"
      data-barcode={row.barcode}
      data-state={row.isUndone ? 'undone' : row.state}
    >
      <ToneMark tone={tone} word={word} />
      <div className="cd-lend-what">
        <strong>{card?.title?.title ?? t('lend.unknownTitle')}</strong>
        <span className="cd-quiet cd-number">{row.barcode}</span>
        <FindingChips findings={row.receipt?.findings ?? []} />
      </div>
      <div className="cd-lend-due">
        {isLent && (
          <>
            <span className="cd-quiet">{t('lend.due')}</span>
            <strong data-testid="due-on">{row.receipt?.summary.dueOn}</strong>
          </>
        )}
      </div>
      <div className="cd-lend-do">
        {isLent && (
          <Button size="small" onClick={() => onUndo(row)} aria-label={t('lend.undo')}>
            {t('do.undo')}
          </Button>
        )}
      </div>
    </div>
  )
}
