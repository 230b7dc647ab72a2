import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBranchesQuery, useItemCardQuery } from '../../app/desk-api.ts'
import { FindingChips } from '../../app/finding-lines.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { toneOfReturn } from './return-state.ts'
import type { ReturnRow } from './return-state.ts'

interface ReturnRowsProps {
  readonly rows: readonly ReturnRow[]
  readonly onUndo: (row: ReturnRow) => void
}

export function ReturnRows({ rows, onUndo }: ReturnRowsProps) {
  const { t } = useTranslation()
  return (
    <VirtualRows
      rows={rows}
      rowHeight={68}
      keyOf={({ id }) => id}
      label={t('returning.title')}
      chosen={-1}
      testId="return-rows"
      render={(row) => <OneRow row={row} onUndo={onUndo} />}
    />
  )
}

interface OneRowProps {
  readonly row: ReturnRow
  readonly onUndo: ReturnRowsProps['onUndo']
}

function OneRow({ row, onUndo }: OneRowProps) {
  const { t, i18n } = useTranslation()
  const { data: card } = useItemCardQuery({ barcode: row.barcode, itemId: null })
  const { data: places } = useBranchesQuery({})
  const route = row.receipt?.summary.route
  const home = places?.branches.find(({ id }) => id === route?.branchId)
  const branch = (i18n.language === 'zh-CN' ? home?.nameZh : home?.nameEn) ?? ''
  const isReturned = row.state === 'done' && !row.isUndone
  const [tone, word] = markOf(row)
  return (
    <div
      className="cd-lend-row"
      data-testid="return-row"
      data-barcode={row.barcode}
      data-state={row.isUndone ? 'undone' : row.state}
    >
      <ToneMark tone={tone} word={t(`verdict.${word}`)} />
      <div className="cd-lend-what">
        <strong>{card?.title?.title ?? t('lend.unknownTitle')}</strong>
        <span className="cd-quiet cd-number">{row.barcode}</span>
        <FindingChips findings={row.receipt?.findings ?? []} />
      </div>
      <div className="cd-lend-due">
        {isReturned && route !== undefined && (
          <>
            <span className="cd-quiet">{t('returning.where')}</span>
            <strong>{t(`returning.${route.to}`, { branch })}</strong>
          </>
        )}
      </div>
      <div className="cd-lend-do">
        {isReturned && (
          <Button size="small" onClick={() => onUndo(row)}>
            {t('do.undo')}
          </Button>
        )}
      </div>
    </div>
  )
}

type VerdictWord = 'returned' | 'undone' | 'working' | 'waiting' | 'stop' | 'failed'

function markOf(row: ReturnRow): readonly [ToneName, VerdictWord] {
  if (row.isUndone) return ['noted', 'undone']
  switch (row.state) {
    case 'done':
      return [row.receipt === null ? 'done' : toneOfReturn(row.receipt), 'returned']
    case 'working':
      return ['working', 'working']
    case 'waiting':
      return ['working', 'waiting']
    case 'stopped':
      return ['stop', 'stop']
    case 'failed':
      return ['stop', 'failed']
  }
}
