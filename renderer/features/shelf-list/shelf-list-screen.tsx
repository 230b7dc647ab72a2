import { BookOutlined } from '@ant-design/icons'
import { Input, Select } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AskOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useLazyShelfPlaceQuery, useShelfListQuery, useShelvesQuery } from '../../app/shelf-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans, useServices } from '../../app/services.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { WindowedRows } from '../../ui/windowed-rows.tsx'
import { ShelfRow } from './shelf-row.tsx'
import type { ListedItem } from './shelf-row.tsx'
import './shelf-list.css'

type Stretch = Pick<AskOf<'shelf-list'>, 'shelf' | 'from' | 'to'>

const all = { is: 'all' } as const
const PAGE = 100
const ROW_HEIGHT = 44

/** What stands on the shelves of this branch, in their order: to look, to place, to take stock. */
export function ShelfListScreen() {
  const { t, i18n } = useTranslation()
  const { branch } = useSignedIn()
  const { play } = useServices()
  const from = useRef<InputRef>(null)
  const [stretch, setStretch] = useState<Stretch>({ shelf: all, from: '', to: '' })
  const [chosen, setChosen] = useState(0)
  const [placeOf] = useLazyShelfPlaceQuery()
  const [absent, setAbsent] = useState<string | null>(null)
  const change = (parts: Partial<Stretch>): void => {
    setStretch({ ...stretch, ...parts })
    setChosen(0)
    setAbsent(null)
  }
  useScans(({ kind, text, alsoKinds }) => {
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (!isItem) return false
    void placeOf({ ...stretch, barcode: text }).then(({ data: place }) => {
      const isHere = place !== undefined && place !== null
      setAbsent(isHere ? null : text)
      if (isHere) setChosen(place.offset)
      play(isHere ? 'done' : 'stop')
    })
    return true
  })
  useKeys([
    { combo: 'Escape', label: t('shelfList.from'), run: () => from.current?.focus() },
    { combo: 'Alt+a', label: t('shelfList.all'), run: () => change({ shelf: all }) },
  ])
  const place = (i18n.language === 'zh-CN' ? branch?.nameZh : branch?.nameEn) ?? ''
  return (
    <div className="cd-shelf-list">
      <h1 className="cd-visually-hidden">{t('shelfList.title')}</h1>
      <div className="cd-shelf-bar">
        <strong>{place}</strong>
        <ShelfChoice stretch={stretch} onChange={change} />
        <label>
          <span>
            {t('shelfList.from')} <KeyHint combo="Escape" />
          </span>
          <Input
            ref={from}
            autoFocus
            value={stretch.from}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            data-testid="shelf-from"
            onChange={({ target }) => change({ from: target.value })}
          />
        </label>
        <label>
          <span>{t('shelfList.to')}</span>
          <Input
            value={stretch.to}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            data-testid="shelf-to"
            onChange={({ target }) => change({ to: target.value })}
          />
        </label>
      </div>
      <OfflineLine />
      <p role="alert" className="cd-tone-stop" data-testid="shelf-absent">
        {absent !== null && t('shelfList.notHere', { barcode: absent })}
      </p>
      <Rows stretch={stretch} chosen={chosen} onChoose={setChosen} />
    </div>
  )
}

interface ShelfChoiceProps {
  readonly stretch: Stretch
  readonly onChange: (parts: Partial<Stretch>) => void
}

/** `*` and `-` stand for all and for none; a name follows its `=`, whatever it is. */
function ShelfChoice({ stretch: { shelf }, onChange }: ShelfChoiceProps) {
  const { t, i18n } = useTranslation()
  const { data: shelves } = useShelvesQuery({})
  const asValue = { all: '*', none: '-', named: `=${shelf.is === 'named' ? shelf.name : ''}` }
  const choose = (value: string): void => {
    if (value === '*') onChange({ shelf: all })
    else if (value === '-') onChange({ shelf: { is: 'none' } })
    else onChange({ shelf: { is: 'named', name: value.slice(1) } })
  }
  return (
    <label>
      <span>
        {t('shelfList.shelf')} <KeyHint combo="Alt+a" />
      </span>
      <Select
        // Its closed list is not drawn again by itself.
        key={i18n.language}
        aria-label={t('shelfList.shelf')}
        value={asValue[shelf.is]}
        onChange={choose}
        showSearch={{ optionFilterProp: 'label' }}
        data-testid="shelf-choice"
        options={[
          { value: '*', label: t('shelfList.all') },
          ...(shelves?.names ?? []).map((name) => ({ value: `=${name}`, label: name })),
          ...(shelves?.hasUnnamed === true ? [{ value: '-', label: t('shelfList.unnamed') }] : []),
        ]}
      />
    </label>
  )
}

interface RowsProps {
  readonly stretch: Stretch
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

/** Two pages at a time: the one that is looked at, and the one after it. */
function Rows({ stretch, chosen, onChoose }: RowsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [first, setFirst] = useState(0)
  const sought = useDeferredValue(stretch)
  const page = Math.floor(first / PAGE)
  const one = useShelfListQuery({ ...sought, offset: page * PAGE, limit: PAGE })
  const next = useShelfListQuery({ ...sought, offset: (page + 1) * PAGE, limit: PAGE })
  const rowAt = (index: number): ListedItem | undefined => {
    const { currentData } = Math.floor(index / PAGE) === page ? one : next
    return currentData?.rows[index % PAGE]
  }
  const open = (): void => {
    const row = rowAt(chosen)
    if (row !== undefined) void navigate(`/item?id=${encodeURIComponent(row.item.id)}`)
  }
  return (
    <Asked query={one}>
      {({ total }) => {
        const step = (by: number): void => onChoose(Math.max(0, Math.min(total - 1, chosen + by)))
        return total === 0 ? (
          <EmptyState
            title={t('shelfList.none')}
            hint={t('shelfList.noneHint')}
            icon={<BookOutlined />}
          />
        ) : (
          <>
            <ListKeys total={total} step={step} onChoose={onChoose} open={open} />
            <p className="cd-quiet" role="status" data-testid="shelf-count">
              {t('shelfList.count', { count: total })}
            </p>
            <WindowedRows
              count={total}
              rowHeight={ROW_HEIGHT}
              rowAt={rowAt}
              keyOf={({ item }) => item.id}
              onFirst={setFirst}
              label={t('shelfList.title')}
              chosen={chosen}
              onChoose={onChoose}
              testId="shelf-rows"
              render={(row, index) => <ShelfRow row={row} number={index + 1} />}
            />
          </>
        )
      }}
    </Asked>
  )
}

interface ListKeysProps {
  readonly total: number
  readonly step: (by: number) => void
  readonly onChoose: (index: number) => void
  readonly open: () => void
}

/** The arrows walk along the shelf while the call numbers are typed. */
function ListKeys({ total, step, onChoose, open }: ListKeysProps) {
  const { t } = useTranslation()
  const keys = [
    ['ArrowDown', 'shelfList.down', () => step(1)],
    ['ArrowUp', 'shelfList.up', () => step(-1)],
    ['PageDown', 'shelfList.pageDown', () => step(12)],
    ['PageUp', 'shelfList.pageUp', () => step(-12)],
    ['Alt+Home', 'shelfList.first', () => onChoose(0)],
    ['Alt+End', 'shelfList.last', () => onChoose(total - 1)],
    ['Alt+o', 'shelfList.open', open],
  ] as const
  useKeys(keys.map(([combo, label, run]) => ({ combo, label: t(label), run })))
  return null
}
