import { PrinterOutlined, TagsOutlined } from '@ant-design/icons'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Asked } from '../../app/asked.tsx'
import { deskApi } from '../../app/desk-api.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useScans, useServices } from '../../app/services.tsx'
import { useDueLabelsQuery } from '../../app/shelf-api.ts'
import { LabelPages } from '../../app/slips/label-pages.tsx'
import { useDeskDispatch } from '../../app/store.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import { LabelRows } from './label-rows.tsx'
import { SheetForm } from './sheet-form.tsx'
import { usePrinting } from './use-printing.ts'
import type { Due, Printing } from './use-printing.ts'
import './labels.css'

const LIMIT = 500

/** Spine labels that this branch owes: of new books, and of those that are called otherwise by now. */
export function LabelsScreen() {
  const { t } = useTranslation()
  const query = useDueLabelsQuery({ limit: LIMIT })
  return (
    <div className="cd-labels">
      <h1 className="cd-visually-hidden">{t('labels.title')}</h1>
      <OfflineLine />
      <Asked query={query}>{(due) => <Labels due={due} />}</Asked>
    </div>
  )
}

function Labels({ due }: { readonly due: Due }) {
  const { t } = useTranslation()
  const printing = usePrinting(due)
  const { rows, count, print, sent, enter, discard } = printing
  const [isSetting, setIsSetting] = useState(false)
  useReprints(printing)
  const isSent = sent.length > 0
  useKeys([
    { combo: 'Control+p', label: t('labels.print', { count }), run: print },
    { combo: 'Alt+s', label: t('labels.sheet'), run: () => setIsSetting(!isSetting) },
    ...(isSent
      ? [
          { combo: 'Alt+y', label: t('labels.cameOut'), run: () => void enter() },
          { combo: 'Escape', label: t('labels.spoiled'), run: discard },
        ]
      : []),
  ])
  return (
    <div className="cd-labels-body">
      <Panel title={t('labels.due', { count: due.total })} testId="labels-due">
        {rows.length === 0 ? (
          <EmptyState
            title={t('labels.none')}
            hint={t('labels.noneHint')}
            icon={<TagsOutlined />}
          />
        ) : (
          <LabelRows printing={printing} />
        )}
        {due.total > due.rows.length && (
          <MoreLine text={t('state.tooMany', { shown: due.rows.length, total: due.total })} />
        )}
      </Panel>
      <div className="cd-labels-side">
        <PrintBar
          printing={printing}
          isSetting={isSetting}
          onSet={() => setIsSetting(!isSetting)}
        />
        {isSetting ? (
          <SheetForm sheet={due.sheet} onDone={() => setIsSetting(false)} />
        ) : (
          <Preview printing={printing} />
        )}
      </div>
    </div>
  )
}

/** A book in hand whose label is gone: scanned, it is printed once more. */
function useReprints({ again }: Printing): void {
  const dispatch = useDeskDispatch()
  const { play } = useServices()
  useScans(({ kind, text, alsoKinds }) => {
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (!isItem) return false
    const ask = { barcode: text, itemId: null }
    const asking = dispatch(deskApi.endpoints.itemCard.initiate(ask, { subscribe: false }))
    void asking.then(({ data: card }) => {
      const { item, title } = card ?? { item: null, title: null }
      const isKnown = item !== null && item.callNumber !== null
      if (isKnown) again({ item, title, printed: item.callNumber, isProvisional: false })
      play(isKnown ? 'done' : 'stop')
    })
    return true
  })
}

interface PrintBarProps {
  readonly printing: Printing
  readonly isSetting: boolean
  readonly onSet: () => void
}

function PrintBar({ printing, isSetting, onSet }: PrintBarProps) {
  const { t } = useTranslation()
  const { count, print, sent, enter, discard, start, setStart, paper, answer } = printing
  const perSheet = paper.sheet.rows * paper.sheet.columns
  return (
    <>
      <div className="cd-row-of-buttons">
        <Button
          type="primary"
          icon={<PrinterOutlined />}
          disabled={count === 0}
          onClick={print}
          data-testid="labels-print"
        >
          {t('labels.print', { count })} <KeyHint combo="Control+p" />
        </Button>
        <label className="cd-labels-start">
          <span>{t('labels.start')}</span>
          <InputNumber
            min={1}
            max={perSheet}
            precision={0}
            value={start + 1}
            aria-label={t('labels.start')}
            data-testid="labels-start"
            onChange={(value) => setStart((value ?? 1) - 1)}
          />
        </label>
        <Button onClick={onSet} aria-pressed={isSetting} data-testid="sheet-toggle">
          {t('labels.sheet')} <KeyHint combo="Alt+s" />
        </Button>
      </div>
      {sent.length > 0 && (
        <div className="cd-labels-sent" role="group" aria-label={t('labels.ask')}>
          <strong>{t('labels.asked', { count: sent.length })}</strong>
          <Button
            type="primary"
            autoFocus
            onClick={() => void enter()}
            data-testid="labels-came-out"
          >
            {t('labels.cameOut')} <KeyHint combo="Alt+y" />
          </Button>
          <Button onClick={discard}>
            {t('labels.spoiled')} <KeyHint combo="Escape" />
          </Button>
        </div>
      )}
      {answer !== null && <Verdict answer={answer} />}
    </>
  )
}

function Verdict({ answer: { receipt, failure } }: { answer: NonNullable<Printing['answer']> }) {
  const { t } = useTranslation()
  const isDone = receipt?.outcome === 'done'
  return (
    <div role="status">
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={isDone ? t('labels.entered') : t('verdict.stop')}
        detail={failure === null ? '' : t(`failure.${failure}.next`)}
        testId="verdict"
      />
      <FindingLines findings={receipt?.findings ?? []} />
    </div>
  )
}

/** The first sheet as it will come out, to scale. */
function Preview({ printing: { paper, count } }: { readonly printing: Printing }) {
  const { t } = useTranslation()
  const { sheet, pages } = paper
  return (
    <Panel title={t('labels.preview', { count: pages.length })} testId="labels-preview">
      <div className="cd-labels-paper" role="img" aria-label={t('labels.previewOf', { count })}>
        <div className="cd-labels-scaled">
          <LabelPages paper={{ sheet, pages: pages.length === 0 ? [[]] : pages.slice(0, 1) }} />
        </div>
      </div>
    </Panel>
  )
}
