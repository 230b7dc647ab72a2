import { CheckCircleOutlined } from '@ant-design/icons'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useExceptionsQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { dayAndTime } from '../../app/words.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { ExceptionCard } from './exception-card.tsx'

type ExceptionRow = AnswerOf<'exceptions'>['rows'][number]
const ROWS_MAX = 200

export function ExceptionsScreen() {
  const { t, i18n } = useTranslation()
  const [state, setState] = useState<'open' | 'settled'>('open')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const query = useExceptionsQuery({ state, limit: ROWS_MAX })
  const rows = query.data?.rows ?? []
  const found = rows.findIndex(({ exception }) => exception.id === chosenId)
  const chosen = found === -1 ? 0 : found
  const step = (by: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, chosen + by))]
    if (next !== undefined) setChosenId(next.exception.id)
  }
  useKeys([
    { combo: 'ArrowDown', label: t('keys.down'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => step(-1), isInFields: false },
  ])
  const isZh = i18n.language === 'zh-CN'
  return (
    <div className="cd-exceptions">
      <h1 className="cd-visually-hidden">{t('exceptions.title')}</h1>
      <Asked query={query}>
        {({ openCount }) => (
          <>
            <Panel
              className="cd-exceptions-list"
              title={t('exceptions.openCount', { count: openCount })}
              extra={
                <Segmented
                  aria-label={t('exceptions.title')}
                  value={state}
                  options={(['open', 'settled'] as const).map((value) => ({
                    value,
                    label: t(`exceptions.${value}`),
                  }))}
                  onChange={(value) => setState(value)}
                />
              }
            >
              {rows.length === 0 ? (
                <EmptyState
                  title={t(state === 'open' ? 'exceptions.noneTitle' : 'exceptions.noneSettled')}
                  hint={state === 'open' ? t('exceptions.noneHint') : ''}
                  icon={<CheckCircleOutlined />}
                />
              ) : (
                <VirtualRows
                  rows={rows}
                  rowHeight={72}
                  keyOf={({ exception }) => exception.id}
                  label={t('exceptions.title')}
                  chosen={chosen}
                  onChoose={(index) => setChosenId(rows[index]?.exception.id ?? null)}
                  testId="exception-rows"
                  render={({ exception, title, item, branch }) => (
                    <div
                      className="cd-title-row"
                      data-testid="exception-row"
                      data-kind={exception.kind}
                    >
                      <strong>{t(`exceptions.kind.${exception.kind}`)}</strong>
                      <span>{title?.title ?? item?.barcode ?? t('exceptions.unknownItem')}</span>
                      <span className="cd-quiet">
                        {t('exceptions.at', {
                          time: dayAndTime(exception.happenedAt),
                          branch: (isZh ? branch?.nameZh : branch?.nameEn) ?? '',
                        })}
                      </span>
                    </div>
                  )}
                />
              )}
              {rows.length >= ROWS_MAX && (
                <MoreLine text={t('state.tooManyOpen', { shown: rows.length })} />
              )}
              <OfflineLine />
            </Panel>
            <Chosen row={rows[chosen]} />
          </>
        )}
      </Asked>
    </div>
  )
}

function Chosen({ row }: { readonly row: ExceptionRow | undefined }) {
  return (
    <div className="cd-exceptions-card">
      {row !== undefined && <ExceptionCard key={row.exception.id} row={row} />}
    </div>
  )
}
