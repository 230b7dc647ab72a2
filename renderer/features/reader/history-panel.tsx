/** Past loans: the reader's to show or not (D15). */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Reader } from '../../../domain/records.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { Asked } from '../../app/asked.tsx'
import { useReaderHistoryQuery } from '../../app/desk-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import type { ReaderActs } from './reader-acts.ts'

const LOANS_MAX = 200

interface HistoryPanelProps {
  readonly reader: Reader
  readonly acts: ReaderActs
}

export function HistoryPanel({ reader, acts }: HistoryPanelProps) {
  const { t } = useTranslation()
  const query = useReaderHistoryQuery({ readerId: reader.id, limit: LOANS_MAX })
  const { keepsHistory } = reader
  const toggle = (): void =>
    void acts.act('reader.keep-history', { reader: reader.id, keepsHistory: !keepsHistory })
  return (
    <Panel
      className="cd-grow cd-loans-panel"
      title={t('readers.history')}
      extra={
        <Button disabled={acts.isWorking} onClick={toggle} data-testid="toggle-history">
          {t(keepsHistory ? 'readers.dropHistory' : 'readers.keepHistory')}
        </Button>
      }
      testId="history"
    >
      <Asked query={query}>
        {(found) => {
          const loans = found?.loans ?? null
          if (loans === null || loans.length === 0) {
            const isKept = loans !== null
            return (
              <EmptyState
                title={t(isKept ? 'readers.noHistory' : 'readers.historyNotKept')}
                hint={isKept ? t('readers.historyKept') : ''}
              />
            )
          }
          return (
            <VirtualRows
              rows={loans}
              rowHeight={48}
              keyOf={({ loan }) => loan.id}
              label={t('readers.history')}
              chosen={-1}
              testId="past-loans"
              render={({ loan, item, title }) => (
                <div className="cd-past-loan" data-testid="past-loan">
                  <span>{title?.title ?? item?.barcode ?? t('lend.unknownTitle')}</span>
                  <span className="cd-number">{item?.barcode ?? ''}</span>
                  <span className="cd-quiet">
                    {t('readers.returnedOn', { on: dateAt(loan.returnedAt ?? 0) })}
                  </span>
                </div>
              )}
            />
          )
        }}
      </Asked>
    </Panel>
  )
}
