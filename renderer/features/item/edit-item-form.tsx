import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { ItemType } from '../../../domain/records.ts'
import type { Item } from '../../../domain/records.ts'
import { isProvisional } from '../../../domain/words/book-number.ts'
import { readCallNumber } from '../../../domain/words/call-number.ts'
import { fenFromText } from '../../app/fen-from-text.ts'
import { useHeldScans } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'

type Described = PayloadOf<'item.edit'>['set']

interface EditItemFormProps {
  readonly item: Item
  readonly onSave: (set: Described, was: Described) => Promise<void>
  readonly onLeave: () => void
}

const orNone = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export function EditItemForm({ item, onSave, onLeave }: EditItemFormProps) {
  const { t, i18n } = useTranslation()
  // As it was when the form opened: what another desk writes meanwhile is not covered (C54).
  const [was] = useState<Described>(() => ({
    callNumber: item.callNumber,
    shelf: item.shelf,
    itemType: item.itemType,
    priceFen: item.priceFen,
  }))
  const [callNumber, setCallNumber] = useState(was.callNumber ?? '')
  const [shelf, setShelf] = useState(was.shelf ?? '')
  const [itemType, setItemType] = useState(was.itemType)
  const [price, setPrice] = useState(was.priceFen === null ? '' : String(was.priceFen / 100))
  useHeldScans(true)
  const priceFen = fenFromText(price)
  const isPriceWrong = price.trim() !== '' && priceFen === null
  const isUnread =
    callNumber.trim() !== '' && !isProvisional(callNumber) && !readCallNumber(callNumber).ok
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (isPriceWrong) return
    void onSave({ callNumber: orNone(callNumber), shelf: orNone(shelf), itemType, priceFen }, was)
  }
  const text = (
    name: 'callNumber' | 'shelf' | 'price',
    value: string,
    set: (text: string) => void,
  ) => (
    <label>
      <span>{t(`addItems.${name}`)}</span>
      <Input
        autoFocus={name === 'callNumber'}
        value={value}
        maxLength={100}
        autoComplete="off"
        aria-label={t(`addItems.${name}`)}
        data-testid={`edit-${name}`}
        onChange={({ target }) => set(target.value)}
      />
    </label>
  )
  return (
    <form
      className="cd-edit-item cd-two-fields"
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    >
      {text('callNumber', callNumber, setCallNumber)}
      {text('shelf', shelf, setShelf)}
      <label>
        <span>{t('addItems.type')}</span>
        <Select
          key={i18n.language}
          aria-label={t('addItems.type')}
          value={itemType}
          onChange={setItemType}
          options={ItemType.options.map((value) => ({ value, label: t(`item.itemType.${value}`) }))}
        />
      </label>
      {text('price', price, setPrice)}
      <p role="alert" className="cd-tone-stop">
        {isPriceWrong ? t('addItems.priceWrong') : isUnread && t('addItems.callNumberUnread')}
      </p>
      <div className="cd-row-of-buttons">
        <Button
          type="primary"
          htmlType="submit"
          disabled={isPriceWrong}
          data-testid="edit-item-save"
        >
          {t('do.save')} <KeyHint combo="Enter" />
        </Button>
        <Button onClick={onLeave}>
          {t('do.cancel')} <KeyHint combo="Escape" />
        </Button>
      </div>
    </form>
  )
}
