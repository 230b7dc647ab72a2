import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { codesIn } from '../../../domain/words/code-list.ts'
import { useKeys } from '../../app/keys.tsx'
import { isStanding } from '../../app/scanned-rows.ts'
import { useDeskDispatch } from '../../app/store.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { lendList } from './lend-flow.ts'
import { LIST_MAX, listWritten } from './lend-state.ts'
import type { LendState } from './lend-state.ts'

interface ListPanelProps {
  readonly text: string
  readonly lend: LendState
  /** Esc: the text stays for the next time. */
  readonly onClose: () => void
}

const UNREADABLE_SHOWN = 5

/** Many barcodes at once, pasted or typed; they are lent as if they had been scanned (L30). */
export function ListPanel({ text, lend, onClose }: ListPanelProps) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const { codes, repeatedCount, unreadable } = codesIn(text)
  const lentHere = new Set(lend.rows.filter(isStanding).map(({ barcode }) => barcode))
  const toLend = codes.filter((code) => !lentHere.has(code))
  const isTooLong = toLend.length > LIST_MAX
  const canLend = lend.card !== null && toLend.length > 0 && !isTooLong
  const go = (): void => {
    if (!canLend) return
    void dispatch(lendList(toLend))
    onClose()
  }
  useKeys([
    { combo: 'Control+Enter', label: t('lend.list.go', { count: toLend.length }), run: go },
    { combo: 'Escape', label: t('lend.list.close'), run: onClose },
  ])
  const facts = [
    t('lend.list.count', { count: codes.length }),
    repeatedCount > 0 ? t('lend.list.repeated', { count: repeatedCount }) : '',
    toLend.length < codes.length
      ? t('lend.list.lentHere', { count: codes.length - toLend.length })
      : '',
    isTooLong ? t('lend.list.tooMany', { max: LIST_MAX }) : '',
    lend.card === null ? t('lend.list.cardFirst') : '',
  ]
  return (
    <Panel title={t('lend.list.title')} className="cd-list-panel" testId="lend-list">
      <Input.TextArea
        autoFocus
        rows={5}
        value={text}
        spellCheck={false}
        placeholder={t('lend.list.hint')}
        aria-label={t('lend.list.hint')}
        data-testid="lend-list-text"
        onChange={(event) => dispatch(listWritten(event.target.value))}
      />
      <div className="cd-list-foot">
        <span role="status" data-testid="lend-list-facts">
          {facts.filter((fact) => fact !== '').join(' · ')}
          {unreadable.length > 0 && (
            <>
              {` · ${t('lend.list.unreadable', { count: unreadable.length })}`}
              <span translate="no">{unreadable.slice(0, UNREADABLE_SHOWN).join('、')}</span>
            </>
          )}
        </span>
        <Button type="primary" disabled={!canLend} onClick={go} data-testid="lend-list-go">
          {t('lend.list.go', { count: toLend.length })} <KeyHint combo="Control+Enter" />
        </Button>
        <Button onClick={onClose}>
          {t('lend.list.close')} <KeyHint combo="Escape" />
        </Button>
      </div>
    </Panel>
  )
}
