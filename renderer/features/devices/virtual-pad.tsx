/** A pad without hardware: lays an item's tag on it, and lifts it. For the sample city and for tests. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePadStatusQuery, useVirtualTagMutation } from '../../app/pad-api.ts'
import { EntryBox } from '../../ui/entry-box.tsx'

export function VirtualPad() {
  const { t } = useTranslation()
  const [place] = useVirtualTagMutation()
  const { data } = usePadStatusQuery({})
  const [count, setCount] = useState(1)
  const names = [...new Set((data?.tags ?? []).map(({ barcode, uid }) => barcode ?? uid))]
  const layDown = (barcode: string, content: Content = 'item'): void =>
    void place({ barcode, isOn: true, part: null, parts: null, content })
  const layNew = (content: Content): void => {
    layDown(`${content}-${count}`, content)
    setCount(count + 1)
  }
  return (
    <>
      <h3>{t('pads.virtual')}</h3>
      <p className="cd-quiet">{t('pads.virtualHint')}</p>
      <EntryBox
        label={t('pads.virtualEntry')}
        testId="virtual-tag-text"
        onEnter={(text) => layDown(text)}
      />
      <div className="cd-row-of-buttons">
        {(['blank', 'foreign'] as const).map((content) => (
          <Button
            key={content}
            size="small"
            onClick={() => layNew(content)}
            data-testid={`virtual-${content}`}
          >
            {t(`pads.putNew.${content}`)}
          </Button>
        ))}
      </div>
      <div className="cd-codes" data-testid="virtual-pad" data-count={names.length}>
        {names.map((name) => (
          <VirtualTagButton key={name} barcode={name} isNamed />
        ))}
      </div>
    </>
  )
}

type Content = 'item' | 'blank' | 'foreign'

interface VirtualTagButtonProps {
  /** Of one on the pad that names no item: its own number. */
  readonly barcode: string
  /** The button says which item it is. */
  readonly isNamed?: boolean
}

export function VirtualTagButton({ barcode, isNamed = false }: VirtualTagButtonProps) {
  const { t } = useTranslation()
  const [place] = useVirtualTagMutation()
  const { data } = usePadStatusQuery({})
  const isOn = data?.tags.some((tag) => (tag.barcode ?? tag.uid) === barcode) ?? false
  const word = t(isOn ? 'pads.lift' : 'pads.put')
  return (
    <Button
      size="small"
      onClick={() => void place({ barcode, isOn: !isOn, part: null, parts: null, content: 'item' })}
      aria-label={`${word} ${barcode}`}
      data-testid={isNamed ? 'virtual-pad-tag' : 'virtual-tag'}
      data-barcode={barcode}
    >
      {isNamed ? `${barcode} · ${word}` : word}
    </Button>
  )
}
