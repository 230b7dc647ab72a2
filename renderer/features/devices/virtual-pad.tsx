/** A pad without hardware: lays an item's tag on it, and lifts it. For the sample city and for tests. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePadStatusQuery, useVirtualTagMutation } from '../../app/pad-api.ts'
import { EntryBox } from '../../ui/entry-box.tsx'

export function VirtualPad() {
  const { t } = useTranslation()
  const [place] = useVirtualTagMutation()
  const { data } = usePadStatusQuery({})
  const barcodes = [...new Set((data?.tags ?? []).flatMap(({ barcode }) => barcode ?? []))]
  const layDown = (barcode: string): void =>
    void place({ barcode, isOn: true, part: null, parts: null })
  return (
    <>
      <h3>{t('pads.virtual')}</h3>
      <p className="cd-quiet">{t('pads.virtualHint')}</p>
      <EntryBox label={t('pads.virtualEntry')} testId="virtual-tag-text" onEnter={layDown} />
      <div className="cd-codes" data-testid="virtual-pad" data-count={barcodes.length}>
        {barcodes.map((barcode) => (
          <VirtualTagButton key={barcode} barcode={barcode} isNamed />
        ))}
      </div>
    </>
  )
}

interface VirtualTagButtonProps {
  readonly barcode: string
  /** The button says which item it is. */
  readonly isNamed?: boolean
}

export function VirtualTagButton({ barcode, isNamed = false }: VirtualTagButtonProps) {
  const { t } = useTranslation()
  const [place] = useVirtualTagMutation()
  const { data } = usePadStatusQuery({})
  const isOn = data?.tags.some((tag) => tag.barcode === barcode) ?? false
  const word = t(isOn ? 'pads.lift' : 'pads.put')
  return (
    <Button
      size="small"
      onClick={() => void place({ barcode, isOn: !isOn, part: null, parts: null })}
      aria-label={`${word} ${barcode}`}
      data-testid={isNamed ? 'virtual-pad-tag' : 'virtual-tag'}
      data-barcode={barcode}
    >
      {isNamed ? `${barcode} · ${word}` : word}
    </Button>
  )
}
