import { Input, Modal } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { maskedName } from '../../domain/words/masked-name.ts'
import { useFindReadersQuery, useSearchTitlesQuery } from './desk-api.ts'
import { screensFor } from './screens.ts'
import { useHeldScans } from './services.tsx'
import { useSignedIn } from './session.tsx'

interface Target {
  readonly id: string
  readonly group: 'screens' | 'readers' | 'titles'
  readonly text: string
  readonly detail: string
  readonly path: string
}

const EACH_MAX = 6

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const targets = useTargets(text)
  useHeldScans(true)
  const open = (target: Target | undefined): void => {
    if (target === undefined) return
    onClose()
    void navigate(target.path)
  }
  return (
    <Modal
      open
      title={t('palette.title')}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': t('do.close') }}
      width={640}
      data-testid="palette"
    >
      <Input
        autoFocus
        size="large"
        value={text}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        role="combobox"
        aria-expanded
        aria-controls="cd-palette-list"
        aria-activedescendant={targets[chosen] && `cd-palette-${chosen}`}
        data-testid="palette-text"
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            setChosen((before) => Math.min(targets.length - 1, Math.max(0, before + step)))
          }
          if (event.key === 'Enter') open(targets[chosen])
        }}
      />
      <ul
        className="cd-palette"
        id="cd-palette-list"
        role="listbox"
        aria-label={t('palette.title')}
      >
        {targets.map((target, index) => (
          <li
            key={target.id}
            id={`cd-palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => open(target)}
          >
            <span className="cd-quiet">{t(`palette.${target.group}`)}</span>
            <strong>{target.text}</strong>
            <span className="cd-quiet">{target.detail}</span>
          </li>
        ))}
      </ul>
      <p className="cd-quiet" role="status">
        {targets.length === 0 && text.trim() !== ''
          ? t('palette.nothing', { text })
          : t('palette.hint')}
      </p>
    </Modal>
  )
}

function useTargets(text: string): readonly Target[] {
  const { t } = useTranslation()
  const { staff } = useSignedIn()
  const sought = useDeferredValue(text.trim())
  // One hanzi says more than one letter.
  const isShort = !/\p{Script=Han}/u.test(sought) && sought.length < 2
  const maySeeReaders = staff.permissions.includes('see-readers')
  const readers = useFindReadersQuery(
    { text: sought, limit: EACH_MAX },
    { skip: isShort || !maySeeReaders },
  )
  const titles = useSearchTitlesQuery({ text: sought, limit: EACH_MAX }, { skip: isShort })
  const screens = screensFor(staff.permissions)
    .map((screen) => ({ ...screen, word: t(`nav.${screen.name}`) }))
    .filter(({ word, name }) => `${word} ${name}`.toLowerCase().includes(sought.toLowerCase()))
  return [
    ...screens.map(({ name, word, path, functionKey, digit }): Target => ({
      id: `screen-${name}`,
      group: 'screens',
      text: word,
      detail: functionKey ?? (digit === null ? '' : `Alt+${digit}`),
      path,
    })),
    ...(isShort ? [] : (readers.currentData ?? [])).map(({ id, name, cardNumber }): Target => ({
      id: `reader-${id}`,
      group: 'readers',
      text: maskedName(name),
      detail: cardNumber,
      path: `/reader?id=${encodeURIComponent(id)}`,
    })),
    ...(isShort ? [] : (titles.currentData?.rows ?? [])).map(({ id, title, author }): Target => ({
      id: `title-${id}`,
      group: 'titles',
      text: title,
      detail: author ?? '',
      path: `/search?title=${encodeURIComponent(id)}`,
    })),
  ]
}
