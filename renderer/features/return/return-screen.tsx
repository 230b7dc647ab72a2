import { InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { InputRef } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useEnterScanMutation } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { isStanding, spokenRow, standingCount } from '../../app/scanned-rows.ts'
import { useScans } from '../../app/services.tsx'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { returnOf, scanItem, undoRow } from './return-flow.ts'
import { ReturnModes } from './return-modes.tsx'
import { ReturnRows } from './return-rows.tsx'
import { cleared } from './return-state.ts'
import { useReturnReceipt, useReturnedSlip } from './use-return-slips.ts'
import { WhereNext } from './where-next.tsx'

export function ReturnScreen() {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const returning = useDeskSelector((state) => returnOf(state))
  const entry = useRef<InputRef>(null)
  const [enterScan] = useEnterScanMutation()
  useScans(({ kind, text, alsoKinds, source }) => {
    // A label of another library follows no pattern of this city; in a book drop it is an item still.
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (isItem || (source === 'typed' && kind === 'reader-card')) dispatch(scanItem(text))
    return isItem || source === 'typed'
  })
  const newest = returning.rows.find(isStanding)
  const spoken = spokenRow(returning)
  const printSlip = useReturnedSlip(spoken)
  const printReceipt = useReturnReceipt(returning.rows)
  const prints = [
    { combo: 'Control+p', label: t('slips.printSlip'), run: printSlip },
    { combo: 'Alt+p', label: t('slips.printReceipt'), run: printReceipt },
  ]
  useKeys([
    { combo: 'F2', label: t('returning.clear'), run: () => dispatch(cleared()) },
    { combo: 'Escape', label: t('returning.entry'), run: () => entry.current?.focus() },
    ...(newest === undefined
      ? []
      : [{ combo: 'Control+z', label: t('keys.undo'), run: () => void dispatch(undoRow(newest)) }]),
    ...prints.flatMap(({ run, ...key }) => (run === null ? [] : [{ ...key, run }])),
  ])
  return (
    <div className="cd-return">
      <h1 className="cd-visually-hidden">{t('returning.title')}</h1>
      <div className="cd-lend-top">
        <EntryBox
          inputRef={entry}
          hasFocusFirst
          label={t('returning.entry')}
          testId="entry"
          onEnter={(text) => void enterScan({ text, source: 'typed' })}
        />
        <Button size="large" onClick={() => dispatch(cleared())} data-testid="clear-returns">
          {t('returning.clear')} <KeyHint combo="F2" />
        </Button>
      </div>
      <ReturnModes />
      <WhereNext row={spoken} />
      <Panel
        title={t('returning.rows', { count: standingCount(returning) })}
        className="cd-grow"
        extra={
          <>
            <PrintButton print={printSlip} word={t('slips.printSlip')} testId="print-slip" />
            <PrintButton print={printReceipt} word={t('slips.printReceipt')} combo="Alt+p" />
          </>
        }
      >
        {returning.rows.length === 0 ? (
          <EmptyState
            title={t('returning.startTitle')}
            hint={t('returning.startHint')}
            icon={<InboxOutlined />}
          />
        ) : (
          <ReturnRows rows={returning.rows} />
        )}
      </Panel>
    </div>
  )
}
