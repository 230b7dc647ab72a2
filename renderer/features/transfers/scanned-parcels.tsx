import { InboxOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useTitleOf } from '../../app/scanned-row-view.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { useParcelWords } from './parcel-verdict.tsx'
import type { ParcelRow } from './parcels-state.ts'

/** The crate as it was scanned, the newest first, until it is put away. */
export function ScannedParcels({ rows }: { readonly rows: readonly ParcelRow[] }) {
  const { t } = useTranslation()
  return rows.length === 0 ? (
    <EmptyState
      title={t('transfers.startTitle')}
      hint={t('transfers.startHint')}
      icon={<InboxOutlined />}
    />
  ) : (
    <VirtualRows
      rows={rows}
      rowHeight={60}
      keyOf={({ id }) => id}
      label={t('transfers.scannedHere', { count: rows.length })}
      chosen={-1}
      testId="scanned-parcels"
      render={(row) => <OneScanned row={row} />}
    />
  )
}

function OneScanned({ row }: { readonly row: ParcelRow }) {
  const title = useTitleOf(row.barcode)
  const { tone, word, detail } = useParcelWords(row)
  return (
    <div className="cd-scanned-parcel" data-testid="scanned-parcel" data-barcode={row.barcode}>
      <span>{title}</span>
      <span className="cd-number">{row.barcode}</span>
      <ToneMark tone={tone} word={word} />
      <span className="cd-quiet">{detail}</span>
    </div>
  )
}
