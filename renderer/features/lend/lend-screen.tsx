import { BookOutlined, IdcardOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { isCodeList } from '../../../domain/words/code-list.ts'
import { DecisionCard } from '../../app/decision-card.tsx'
import { useEnterScanMutation, useReaderCardQuery } from '../../app/desk-api.ts'
import { idCardOf } from '../../app/id-card-read.ts'
import { IdCardReaders } from '../../app/id-card-readers.tsx'
import { useKeys } from '../../app/keys.tsx'
import { useTitleOf } from '../../app/scanned-row-view.tsx'
import { isStanding, standingCount } from '../../app/scanned-rows.ts'
import { useScans, useServices } from '../../app/services.tsx'
import type { ScanNews } from '../../app/scan-feed.ts'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { useWelcome } from '../../app/use-welcome.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FastAdd } from './fast-add.tsx'
import { confirmDecision, leaveDecision, lendOf, retryRow, scanItem, undoRow } from './lend-flow.ts'
import { LendModes } from './lend-modes.tsx'
import { LendRows } from './lend-rows.tsx'
import {
  cardScanned,
  decidingRow,
  idCardRead,
  isRetriable,
  listCounts,
  listWritten,
  nextReader,
  readerFound,
  rowChosen,
} from './lend-state.ts'
import type { LendRow, LendState } from './lend-state.ts'
import { LendVerdict } from './lend-verdict.tsx'
import { LendWhy } from './lend-why.tsx'
import { ListPanel } from './list-panel.tsx'
import { ListOutcome, ListRun } from './list-run.tsx'
import { LOANS_SHOWN, ReaderPanel } from './reader-panel.tsx'
import { useStackForReader } from './use-stack-for-reader.ts'
import { useLoanReceipt } from './use-loan-receipt.ts'

export function LendScreen() {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const lend = useDeskSelector((state) => lendOf(state))
  const entry = useRef<InputRef>(null)
  const [isListOpen, setIsListOpen] = useState(false)
  const { card, idCard } = lend
  const isReaderUnknown = useIsReaderUnknown(card)
  useCardOfAddress()
  useStackForReader(card)
  useScans((scan) => {
    const meant = meaningOf(scan, card !== null || idCard !== null)
    if (meant === 'id-card') dispatch(idCardRead(idCardOf(scan)))
    if (meant === 'card') dispatch(cardScanned(scan.text))
    if (meant === 'item') dispatch(scanItem(scan.text))
    return meant !== null
  })
  const focusEntry = (): void => entry.current?.focus()
  const onNext = (): void => {
    dispatch(nextReader())
    focusEntry()
  }
  const openList = (text: string): void => {
    dispatch(listWritten([lend.listText ?? '', text].filter((part) => part !== '').join('\n')))
    setIsListOpen(true)
  }
  const newest = lend.rows.find(isStanding)
  const printReceipt = useLoanReceipt(lend)
  useKeys([
    { combo: 'F2', label: t('lend.nextReader'), run: onNext },
    // Esc gives the field back and never takes a row away: work that is done stays in sight until F2.
    { combo: 'Escape', label: t('lend.entryItem'), run: focusEntry },
    { combo: 'Alt+l', label: t('lend.list.title'), run: () => openList('') },
    ...(newest === undefined
      ? []
      : [{ combo: 'Control+z', label: t('keys.undo'), run: () => void dispatch(undoRow(newest)) }]),
    ...(printReceipt === null
      ? []
      : [{ combo: 'Control+p', label: t('slips.printReceipt'), run: printReceipt }]),
  ])
  return (
    <div className="cd-lend">
      <h1 className="cd-visually-hidden">{t('lend.title')}</h1>
      <LendTop lend={lend} entry={entry} onNext={onNext} openList={openList} />
      {isListOpen && (
        <ListPanel
          text={lend.listText ?? ''}
          lend={lend}
          onClose={() => {
            setIsListOpen(false)
            focusEntry()
          }}
        />
      )}
      {idCard !== null ? (
        <IdCardReaders
          key={idCard.masked}
          idCard={idCard}
          onFound={({ cardNumber }) => {
            dispatch(readerFound(cardNumber))
            focusEntry()
          }}
        />
      ) : card === null ? (
        <EmptyState
          title={t('lend.startTitle')}
          hint={t('lend.startHint')}
          icon={<IdcardOutlined />}
          testId="lend-start"
        >
          <Link to="/reader">{t('lend.lookUp')}</Link>
        </EmptyState>
      ) : (
        <div className="cd-lend-body">
          <ReaderPanel card={card} isReaderUnknown={isReaderUnknown} standing={lend.standing} />
          <LendWork
            lend={lend}
            isReaderUnknown={isReaderUnknown}
            printReceipt={printReceipt}
            focusEntry={focusEntry}
          />
        </div>
      )}
    </div>
  )
}

interface LendTopProps {
  readonly lend: LendState
  readonly entry: Ref<InputRef>
  readonly onNext: () => void
  readonly openList: (text: string) => void
}

function LendTop({ lend: { card, idCard }, entry, onNext, openList }: LendTopProps) {
  const { t } = useTranslation()
  const [enterScan] = useEnterScanMutation()
  return (
    <div className="cd-lend-top">
      <EntryBox
        inputRef={entry}
        hasFocusFirst
        label={t(card === null ? 'lend.entryCard' : 'lend.entryItem')}
        testId="entry"
        // Many codes are no scan: nothing to switch on first.
        onPasteText={(text) => {
          const isList = isCodeList(text)
          if (isList) openList(text)
          return isList
        }}
        onEnter={(text) => void enterScan({ text, source: 'typed' })}
      />
      <div className="cd-row-of-buttons">
        <Button size="large" onClick={() => openList('')} data-testid="open-list">
          {t('lend.list.title')} <KeyHint combo="Alt+l" />
        </Button>
        <Button
          size="large"
          onClick={onNext}
          disabled={card === null && idCard === null}
          data-testid="next-reader"
        >
          {t('lend.nextReader')} <KeyHint combo="F2" />
        </Button>
      </div>
    </div>
  )
}

/** Shorter ones are done before anybody could read how far they are. */
const LONG_LIST = 20

interface LendWorkProps {
  readonly lend: LendState
  readonly isReaderUnknown: boolean
  readonly printReceipt: (() => void) | null
  readonly focusEntry: () => void
}

/** What was lent, and what is asked about. */
function LendWork({ lend, isReaderUnknown, printReceipt, focusEntry }: LendWorkProps) {
  const { t } = useTranslation()
  const deciding = decidingRow(lend)
  const counts = listCounts(lend)
  const isRunning = counts !== null && counts.all >= LONG_LIST && counts.tried < counts.all
  const chosen = useRowKeys(lend)
  return (
    <div className="cd-lend-work">
      {deciding !== null && isUncatalogued(deciding) ? (
        <FastAdd key={deciding.id} row={deciding} />
      ) : (
        <LendModes mode={lend.mode} onDone={focusEntry} />
      )}
      {counts !== null && !isRunning && <ListOutcome counts={counts} />}
      {isRunning && deciding === null ? (
        <ListRun counts={counts} />
      ) : (
        <LendVerdict lend={lend} isReaderUnknown={isReaderUnknown} />
      )}
      <LendWhy lend={lend} />
      <Panel
        title={t('lend.rows', { count: standingCount(lend) })}
        className="cd-grow"
        extra={<PrintButton print={printReceipt} word={t('slips.printReceipt')} />}
      >
        {lend.rows.length === 0 ? (
          <EmptyState
            title={t('lend.itemsTitle')}
            hint={t('lend.itemsHint')}
            icon={<BookOutlined />}
          />
        ) : (
          <LendRows rows={lend.rows} chosen={chosen} />
        )}
      </Panel>
      {deciding !== null && <Deciding row={deciding} isSecondRefused={lend.isSecondRefused} />}
    </div>
  )
}

/** The rows by keys: which one is meant, why it was not lent, once more, back. Answers its place. */
function useRowKeys({ rows }: LendState): number {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = rows.findIndex(({ id }) => id === chosenId)
  const row = rows[chosen]
  const step = (by: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, chosen + by))]
    if (next === undefined) return
    setChosenId(next.id)
    dispatch(rowChosen(next.id))
  }
  useKeys([
    { combo: 'Alt+ArrowDown', label: t('keys.down'), run: () => step(1) },
    { combo: 'Alt+ArrowUp', label: t('keys.up'), run: () => step(-1) },
    ...(row !== undefined && isRetriable(row)
      ? [{ combo: 'Alt+r', label: t('lend.list.again'), run: () => void dispatch(retryRow(row)) }]
      : []),
    ...(row !== undefined && isStanding(row)
      ? [{ combo: 'Alt+u', label: t('lend.undo'), run: () => void dispatch(undoRow(row)) }]
      : []),
  ])
  return chosen
}

const isUncatalogued = ({ receipt }: LendRow): boolean =>
  receipt?.findings.some(({ code }) => code === 'unknown-item') === true

interface DecidingProps {
  readonly row: LendRow
  readonly isSecondRefused: boolean
}

function Deciding({ row, isSecondRefused }: DecidingProps) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const title = useTitleOf(row.barcode)
  const codes = new Set(row.receipt?.findings.map(({ code }) => code))
  const word = codes.has('already-on-loan-to-reader')
    ? 'renew'
    : codes.has('item-on-loan') || codes.has('item-on-loan-elsewhere')
      ? 'returnAndLend'
      : codes.has('unknown-item') || codes.has('unknown-reader')
        ? 'lendAnyway'
        : 'override'
  return (
    <DecisionCard
      key={row.id}
      findings={row.receipt?.findings ?? []}
      subject={[title, row.barcode].filter(Boolean).join(' · ')}
      confirmWord={t(`decide.${word}`)}
      isSecondRefused={isSecondRefused}
      isWorking={row.state === 'working'}
      onConfirm={(overrides) => void dispatch(confirmDecision(row, overrides, false))}
      onConfirmVisit={(overrides) => void dispatch(confirmDecision(row, overrides, true))}
      onLeave={() => dispatch(leaveDecision(row))}
    />
  )
}

/**
 * What a scan means here. A code of several or no kinds is a card while no reader is open and an item
 * afterwards: labels of other libraries follow no pattern of this city.
 */
function meaningOf(
  { kind, alsoKinds }: ScanNews,
  hasReader: boolean,
): 'card' | 'id-card' | 'item' | null {
  if (kind === 'id-card') return 'id-card'
  const kinds = new Set<string>([kind, ...alsoKinds])
  const isCard = kinds.has('reader-card') || kinds.has('virtual-card')
  const isItem = kinds.has('item')
  if (kind === 'unknown' || (isCard && isItem)) return hasReader ? 'item' : 'card'
  if (isCard) return 'card'
  return isItem && hasReader ? 'item' : null
}

/** `/lend?card=…` from another screen opens that reader once. */
function useCardOfAddress(): void {
  const [search, setSearch] = useSearchParams()
  const dispatch = useDeskDispatch()
  const card = search.get('card')
  useEffect(() => {
    if (card === null) return
    dispatch(cardScanned(card))
    setSearch({}, { replace: true })
  }, [card, dispatch, setSearch])
}

/** Unknown here, and the city has not answered: said with a sound, once for each card. */
function useIsReaderUnknown(card: string | null): boolean {
  const { play } = useServices()
  const { isUnknown } = useReaderCardQuery(
    { card, readerId: null, loansLimit: LOANS_SHOWN },
    {
      skip: card === null,
      selectFromResult: ({ currentData: found }) => ({ isUnknown: found === null }),
    },
  )
  const unknownHere = isUnknown ? card : null
  const isAsking = useWelcome(unknownHere === null ? null : { card: unknownHere })
  const unknownCard = isAsking ? null : unknownHere
  useEffect(() => {
    if (unknownCard !== null) play('stop')
  }, [unknownCard, play])
  return unknownCard !== null
}
