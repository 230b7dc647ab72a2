import { InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { HoldId, ItemId } from '../../../domain/words/ids.ts'
import { Asked } from '../../app/asked.tsx'
import { useBranchesQuery, usePullListQuery } from '../../app/desk-api.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { HeldFor, HeldWhat } from './held-what.tsx'

type PullRow = AnswerOf<'pull-list'>['rows'][number]

interface PullPanelProps {
  readonly onMiss: (hold: HoldId, item: ItemId) => void
}

export function PullPanel({ onMiss }: PullPanelProps) {
  const { t } = useTranslation()
  const query = usePullListQuery({})
  return (
    <Asked query={query}>
      {({ rows }) => (
        <Panel
          className="cd-grow cd-scroll"
          title={t('holds.pullCount', { count: rows.length })}
          extra={
            <Button disabled={rows.length === 0} onClick={() => window.print()}>
              {t('holds.print')} <KeyHint combo="Alt+i" />
            </Button>
          }
          testId="pull-list"
        >
          {rows.length === 0 ? (
            <EmptyState
              title={t('holds.pullNone')}
              hint={t('holds.pullNoneHint')}
              icon={<InboxOutlined />}
            />
          ) : (
            <PullTable rows={rows} onMiss={onMiss} />
          )}
        </Panel>
      )}
    </Asked>
  )
}

function PullTable({ rows, onMiss }: { readonly rows: readonly PullRow[] } & PullPanelProps) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const nameOf = (id: string | undefined): string => {
    const branch = places?.branches.find((one) => one.id === id)
    return (i18n.language === 'zh-CN' ? branch?.nameZh : branch?.nameEn) ?? '—'
  }
  return (
    <table className="cd-table">
      <thead>
        <tr>
          <th scope="col">{t('holds.columns.callNumber')}</th>
          <th scope="col">{t('holds.columns.title')}</th>
          <th scope="col">{t('holds.columns.barcode')}</th>
          <th scope="col">{t('holds.columns.pickup')}</th>
          <th scope="col">{t('holds.columns.reader')}</th>
          <th aria-hidden />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { hold, item } = row
          return (
            <tr key={hold?.id} data-testid="pull-row" data-barcode={item?.barcode}>
              <td className="cd-number">
                {[item?.callNumber, item?.shelf].filter(Boolean).join(' · ') || '—'}
              </td>
              <HeldWhat row={row} />
              <td>{nameOf(hold?.pickupBranchId)}</td>
              <HeldFor row={row} />
              <td>
                {hold !== null && item !== null && (
                  <Button
                    size="small"
                    onClick={() => onMiss(hold.id, item.id)}
                    data-testid="not-on-shelf"
                  >
                    {t('holds.notOnShelf')}
                  </Button>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
