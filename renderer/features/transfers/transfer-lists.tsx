import { InboxOutlined } from '@ant-design/icons'
import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useBranchesQuery, useTransfersQuery } from '../../app/desk-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { ScannedParcels } from './scanned-parcels.tsx'
import type { Parcels } from './use-parcels.ts'

type Transfers = AnswerOf<'transfers'>
type ListName = keyof Transfers | 'scanned'
type Row = Transfers['here']['rows'][number]

const ROWS_MAX = 500
const lists: readonly ListName[] = ['here', 'sent', 'late', 'scanned']

/** What travels to this branch and from it; the longest on its way first. */
export function TransferLists({ parcels }: { readonly parcels: Parcels }) {
  const { t } = useTranslation()
  const query = useTransfersQuery({ limit: ROWS_MAX })
  const [name, setName] = useState<ListName>('here')
  return (
    <Asked query={query}>
      {(transfers) => (
        <Panel
          className="cd-grow"
          title={t('transfers.lists')}
          extra={
            <Radio.Group
              aria-label={t('transfers.lists')}
              optionType="button"
              value={name}
              name="parcel-lists"
              data-testid="parcel-lists"
              onChange={(event) => setName(event.target.value as ListName)}
              options={lists.map((value) => ({
                value,
                label:
                  value === 'scanned'
                    ? t('transfers.scannedHere', { count: parcels.rows.length })
                    : t(`transfers.${value}`, { count: transfers[value].total }),
              }))}
            />
          }
        >
          {name === 'scanned' ? (
            <ScannedParcels rows={parcels.rows} />
          ) : transfers[name].rows.length === 0 ? (
            <EmptyState
              title={t('transfers.none')}
              hint={t('transfers.noneHint')}
              icon={<InboxOutlined />}
            />
          ) : (
            <VirtualRows
              rows={transfers[name].rows}
              rowHeight={60}
              keyOf={({ item }) => item.id}
              label={t('transfers.lists')}
              chosen={-1}
              testId="parcel-rows"
              render={(row) => <OneParcel row={row} parcels={parcels} isSent={name === 'sent'} />}
            />
          )}
          {name !== 'scanned' && transfers[name].total > ROWS_MAX && (
            <MoreLine
              text={t('transfers.shownOfAll', { shown: ROWS_MAX, total: transfers[name].total })}
            />
          )}
        </Panel>
      )}
    </Asked>
  )
}

interface OneParcelProps {
  readonly row: Row
  readonly parcels: Parcels
  readonly isSent: boolean
}

function OneParcel({ row: { item, title, days, isLate }, parcels, isSent }: OneParcelProps) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const nameOf = (id: string | null): string => {
    const place = places?.branches.find((one) => one.id === id)
    return (i18n.language === 'zh-CN' ? place?.nameZh : place?.nameEn) ?? ''
  }
  const age =
    days === null
      ? t('transfers.unknownSince')
      : days === 0
        ? t('transfers.today')
        : t('transfers.daysAgo', { count: days })
  return (
    <div className="cd-parcel" data-testid="parcel-row" data-barcode={item.barcode}>
      <div className="cd-lend-what">
        <strong>{title?.title ?? t('lend.unknownTitle')}</strong>
        <span className="cd-quiet cd-number">{item.barcode}</span>
      </div>
      <span>
        {nameOf(item.atBranchId)} → {nameOf(item.transitToBranchId)}
      </span>
      <ToneMark tone={isLate ? 'needs-you' : 'noted'} word={age} />
      <span className="cd-lend-do">
        {isSent && (
          <Button size="small" onClick={() => parcels.keep(item.barcode)} data-testid="keep-here">
            {t('transfers.keep')}
          </Button>
        )}
        {isLate && (
          <Button size="small" onClick={() => parcels.markMissing(item)} data-testid="mark-missing">
            {t('transfers.missing')}
          </Button>
        )}
      </span>
    </div>
  )
}
