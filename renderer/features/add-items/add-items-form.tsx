import { Button, Input, Select } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ItemType } from '../../../domain/records.ts'
import type { Item } from '../../../domain/records.ts'
import { isProvisional } from '../../../domain/words/book-number.ts'
import { readCallNumber } from '../../../domain/words/call-number.ts'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { placeName } from '../../app/going-words.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { LabelList } from './label-list.tsx'
import type { Typed } from './labels-of.ts'
import { NumberLine } from './number-line.tsx'
import { useAdding } from './use-adding.ts'
import type { TitleCard } from './place.ts'
import type { Adding } from './use-adding.ts'

interface AddItemsFormProps {
  readonly card: TitleCard
  readonly ownBranchId: string
}

export function AddItemsForm({ card, ownBranchId }: AddItemsFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const adding = useAdding(card, ownBranchId)
  const field = useRef<InputRef>(null)
  const { title } = card
  useScans(({ kind, text, alsoKinds }) => {
    if (kind === 'staff-badge') return false
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    // The number on the back of the book is scanned by mistake: the list must not be lost over it.
    if (isItem) adding.take({ first: text, count: '', last: '' })
    else adding.refuse(text)
    return true
  })
  useKeys([
    { combo: 'Control+s', label: t('addItems.title'), run: () => void adding.save() },
    {
      combo: 'Escape',
      label: t('item.openTitle'),
      run: () => {
        // A list of labels is not thrown away by one key.
        if (adding.labels.length > 0) field.current?.focus()
        else void navigate(`/search?title=${encodeURIComponent(title.id)}`)
      },
    },
  ])
  return (
    <>
      <div className="cd-add-items-form">
        <Panel title={title.title} testId="add-items-title">
          <PlaceFields adding={adding} />
        </Panel>
        <Panel title={t('addItems.label')} className="cd-grow">
          <LabelFields adding={adding} field={field} />
          <OfflineLine />
        </Panel>
      </div>
      <LabelList adding={adding} />
    </>
  )
}

function PlaceFields({ adding }: { adding: Adding }) {
  const { place, setPlace, moveTo, isPriceWrong } = adding
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const text = (name: 'shelf' | 'callNumber' | 'price', most: number) => (
    <label>
      <span>{t(`addItems.${name}`)}</span>
      <Input
        aria-label={t(`addItems.${name}`)}
        value={place[name]}
        maxLength={most}
        autoComplete="off"
        data-testid={`add-${name}`}
        onChange={({ target }) => setPlace({ [name]: target.value })}
      />
    </label>
  )
  const callNumber = place.callNumber.trim()
  return (
    <>
      <label>
        <span>{t('addItems.branch')}</span>
        <Select
          // Its closed list is not drawn again by itself.
          key={i18n.language}
          aria-label={t('addItems.branch')}
          value={place.branchId}
          onChange={moveTo}
          showSearch={{ optionFilterProp: 'label' }}
          data-testid="add-branch"
          options={(places?.branches ?? [])
            .filter(({ kind }) => kind === 'library')
            .map((one) => ({ value: one.id as string, label: placeName(t, i18n.language, one) }))}
        />
      </label>
      <div className="cd-add-items-two">
        {text('callNumber', 100)}
        {text('shelf', 100)}
        <label>
          <span>{t('addItems.type')}</span>
          <Select
            key={i18n.language}
            aria-label={t('addItems.type')}
            value={place.itemType}
            onChange={(itemType: Item['itemType']) => setPlace({ itemType })}
            data-testid="add-type"
            options={ItemType.options.map((value) => ({
              value,
              label: t(`item.itemType.${value}`),
            }))}
          />
        </label>
        {text('price', 12)}
      </div>
      <NumberLine adding={adding} />
      {callNumber !== '' && !isProvisional(callNumber) && !readCallNumber(callNumber).ok && (
        <p className="cd-quiet" data-testid="call-number-unread">
          {t('addItems.callNumberUnread')}
        </p>
      )}
      <p role="alert" className="cd-tone-stop">
        {isPriceWrong && t('addItems.priceWrong')}
      </p>
    </>
  )
}

const nothingTyped: Typed = { first: '', count: '', last: '' }

interface LabelFieldsProps {
  readonly adding: Adding
  readonly field: Ref<InputRef>
}

/** Enter in any of the three puts what is typed on the list. */
function LabelFields({ adding, field }: LabelFieldsProps) {
  const { t } = useTranslation()
  const { trouble } = adding
  const [typed, setTyped] = useState(nothingTyped)
  const take = (): void => {
    if (adding.take(typed)) setTyped(nothingTyped)
  }
  const text = (name: keyof Typed, label: string) => (
    <Input
      aria-label={label}
      value={typed[name]}
      placeholder={name === 'first' ? label : ''}
      maxLength={64}
      autoComplete="off"
      spellCheck={false}
      data-testid={`add-${name}`}
      onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
      onPressEnter={take}
      {...(name === 'first' ? { ref: field, autoFocus: true, className: 'cd-entry' } : {})}
    />
  )
  return (
    <>
      {text('first', t('addItems.label'))}
      <div className="cd-add-items-two">
        <label>
          <span>{t('addItems.count')}</span>
          {text('count', t('addItems.count'))}
        </label>
        <label>
          <span>{t('addItems.last')}</span>
          {text('last', t('addItems.last'))}
        </label>
      </div>
      <div className="cd-row-of-buttons">
        <Button onClick={take} disabled={typed.first.trim() === ''}>
          {t('addItems.take')} <KeyHint combo="Enter" />
        </Button>
      </div>
      <p role="alert" className="cd-tone-stop" data-testid="add-trouble">
        {trouble !== null && t(`addItems.${trouble.key}`, trouble.params)}
      </p>
    </>
  )
}
