import { CopyOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCopyTargetsQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans } from '../../app/services.tsx'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FoundRecords } from './found-records.tsx'
import { SetUpView } from './set-up-view.tsx'
import { useCopySearch } from './use-copy-search.ts'
import type { CopySearch } from './use-copy-search.ts'
import './copying.css'

type By = 'auto' | 'author'

/** Records of other catalogues: from the scan of a book to its draft, or to its items. */
export function CopyScreen() {
  const { t } = useTranslation()
  const [isSettingUp, setIsSettingUp] = useState(false)
  const search = useCopySearch()
  const toggle = (): void => setIsSettingUp(!isSettingUp)
  useKeys([
    { combo: 'Alt+o', label: t(isSettingUp ? 'copying.back' : 'copying.setUp'), run: toggle },
  ])
  return (
    <div className="cd-copying">
      <h1 className="cd-visually-hidden">{t('copying.title')}</h1>
      <OfflineLine />
      {isSettingUp ? (
        <SetUpView onBack={toggle} />
      ) : (
        <>
          <SearchBar search={search} onSetUp={toggle} />
          <Below search={search} />
        </>
      )}
    </div>
  )
}

interface SearchBarProps {
  readonly search: CopySearch
  readonly onSetUp: () => void
}

function SearchBar({ search, onSetUp }: SearchBarProps) {
  const { t } = useTranslation()
  const [by, setBy] = useState<By>('auto')
  const field = useRef<InputRef>(null)
  const begin = (text: string, how: By): void => {
    search.begin(text, how)
    // The arrows go through what comes; the next book is scanned, and typed after a click.
    field.current?.blur()
  }
  useScans(({ kind, text, alsoKinds }) => {
    const isNumber = [kind, ...alsoKinds].some((one) => one === 'isbn' || one === 'issn')
    if (isNumber) begin(text, 'auto')
    return isNumber
  })
  const change = (): void => setBy(by === 'auto' ? 'author' : 'auto')
  useKeys([
    { combo: 'Alt+b', label: t('copying.changeBy'), run: change },
    { combo: 'Alt+s', label: t('copying.entry'), run: () => field.current?.focus() },
    ...(search.isAsking ? [{ combo: 'Escape', label: t('copying.stop'), run: search.stop }] : []),
  ])
  return (
    <div className="cd-copying-bar">
      <EntryBox
        label={t('copying.entry')}
        onEnter={(text) => begin(text, by)}
        hasFocusFirst
        inputRef={field}
        testId="copy-entry"
      />
      <Segmented
        options={(['auto', 'author'] as const).map((value) => ({
          value,
          label: t(`copying.by.${value}`),
        }))}
        value={by}
        onChange={setBy}
        data-testid="copy-by"
      />
      <KeyHint combo="Alt+b" />
      <Button onClick={search.stop} disabled={!search.isAsking} data-testid="copy-stop">
        {t('copying.stop')} <KeyHint combo="Escape" />
      </Button>
      <Button onClick={onSetUp} data-testid="copy-set-up">
        {t('copying.setUp')} <KeyHint combo="Alt+o" />
      </Button>
    </div>
  )
}

function Below({ search: { searchId, found } }: { readonly search: CopySearch }) {
  const { t } = useTranslation()
  const { data: targets } = useCopyTargetsQuery({})
  if (targets !== undefined && !targets.some(({ isAsked }) => isAsked)) {
    return (
      <EmptyState
        title={t('copying.noTargets')}
        hint={t('copying.noTargetsHint')}
        icon={<CopyOutlined />}
        testId="copy-no-targets"
      />
    )
  }
  if (searchId === null || found === null || found.text === '') {
    return (
      <EmptyState
        title={t('copying.start')}
        hint={t('copying.startHint')}
        icon={<CopyOutlined />}
        testId="copy-start"
      />
    )
  }
  return <FoundRecords key={searchId} found={found} />
}
