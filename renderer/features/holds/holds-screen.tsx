import { Button } from 'antd'
import type { InputRef } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useBranchesQuery, useEnterScanMutation } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans } from '../../app/services.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { useItemSlip } from '../../app/slips/use-item-slip.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { goingOn, useHoldScans } from './hold-scans.ts'
import { HoldVerdict } from './hold-verdict.tsx'
import { PullPanel } from './pull-panel.tsx'
import { ShelfPanel } from './shelf-panel.tsx'

const tabs = ['shelf', 'pull', 'kiosk'] as const
type Tab = (typeof tabs)[number]

const work = {
  shelf: { todo: 'clear', kind: 'hold.expire-from-shelf' },
  pull: { todo: 'pull', kind: 'hold.trap' },
  kiosk: { todo: 'load', kind: 'hold.load-kiosk' },
} as const

/** The hold shelf, cleared by scans; and what is to be fetched from the shelves here. */
export function HoldsScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { data: places } = useBranchesQuery({})
  const { branch } = useSignedIn()
  const hasKiosks = (places?.branches ?? []).some((one) => one.servedByBranchId === branch?.id)
  const shown = tabs.filter((one) => one !== 'kiosk' || hasKiosks)
  const tab: Tab = shown.find((one) => one === search.get('tab')) ?? 'shelf'
  const nextTab = shown[(shown.indexOf(tab) + 1) % shown.length] ?? 'shelf'
  const entry = useRef<InputRef>(null)
  const [enterScan] = useEnterScanMutation()
  const scans = useHoldScans()
  const printSlip = useItemSlip(goingOn(scans.last))
  useScans(({ kind, text, alsoKinds, source }) => {
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (isItem) scans.scan(work[tab].kind, text)
    return isItem || source === 'typed'
  })
  const show = (next: Tab): void => {
    scans.clear()
    setSearch({ tab: next }, { replace: true })
    entry.current?.focus()
  }
  useKeys([
    {
      combo: 'Alt+b',
      label: t('holds.tabs'),
      run: () => show(nextTab),
    },
    { combo: 'Alt+i', label: t('holds.print'), run: () => window.print() },
    { combo: 'Escape', label: t('returning.entry'), run: () => entry.current?.focus() },
    ...(printSlip === null
      ? []
      : [{ combo: 'Control+p', label: t('slips.printSlip'), run: printSlip }]),
  ])
  return (
    <div className="cd-return">
      <h1 className="cd-visually-hidden">{t('holds.title')}</h1>
      <div className="cd-lend-top">
        <EntryBox
          inputRef={entry}
          hasFocusFirst
          label={t('returning.entry')}
          testId="entry"
          onEnter={(text) => void enterScan({ text, source: 'typed' })}
        />
        <div className="cd-row-of-buttons">
          <div role="tablist" aria-label={t('holds.title')} className="cd-row-of-buttons">
            {shown.map((one) => (
              <Button
                key={one}
                size="large"
                role="tab"
                aria-selected={one === tab}
                type={one === tab ? 'primary' : 'default'}
                onClick={() => show(one)}
                data-testid={`holds-tab-${one}`}
              >
                {t(`holds.${one}`)}
                {one === nextTab && (
                  <>
                    {' '}
                    <KeyHint combo="Alt+b" />
                  </>
                )}
              </Button>
            ))}
          </div>
          <PrintButton print={printSlip} word={t('slips.printSlip')} testId="print-slip" />
        </div>
      </div>
      <HoldVerdict scans={scans} todo={work[tab].todo} />
      {tab === 'pull' ? (
        <PullPanel onMiss={scans.miss} />
      ) : (
        <ShelfPanel onMiss={scans.miss} isLoading={tab === 'kiosk'} />
      )}
      <OfflineLine />
    </div>
  )
}
