/** Lays an item's tag on the virtual pad, and lifts it: for the sample city and for tests. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePadStatusQuery, useVirtualTagMutation } from '../../app/desk-api.ts'

export function VirtualTagButton({ barcode }: { readonly barcode: string }) {
  const { t } = useTranslation()
  const [place] = useVirtualTagMutation()
  const { data } = usePadStatusQuery({})
  const isOn = data?.tags.some((tag) => tag.barcode === barcode) ?? false
  return (
    <Button
      size="small"
      onClick={() => void place({ barcode, isOn: !isOn, part: null, parts: null })}
      aria-pressed={isOn}
      data-testid="virtual-tag"
      data-barcode={barcode}
    >
      {t(isOn ? 'pads.lift' : 'pads.put')}
    </Button>
  )
}
