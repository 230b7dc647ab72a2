import { BookOutlined, IdcardOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
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
import { confirmDecision, leaveDecision, lendOf, scanItem, undoRow } from './lend-flow.ts'
import { LendModes } from './lend-modes.tsx'
import { LendRows } from './lend-rows.tsx'
import { cardScanned, decidingRow, idCardRead, nextReader, readerFound } from './lend-state.ts'
import type { LendRow } from './lend-state.ts'
import { LendVerdict } from './lend-verdict.tsx'
import { LOANS_SHOWN, ReaderPanel } from './reader-panel.tsx'
import { useLoanReceipt } from './use-loan-receipt.ts'

export function LendScreen() {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const lend = useDeskSelector((state) => lendOf(state))
  const entry = useRef<InputRef>(null)
  const [enterScan] = useEnterScanMutation()
  const { card, idCard } = lend
  const deciding = decidingRow(lend)
  const isReaderUnknown = useIsReaderUnknown(card)
  useCardOfAddress()
  useScans((scan) => {
    const meant = meaningOf(scan, card !== null || idCard !== null)
    if (meant === 'id-card') dispatch(idCardRead(idCardOf(scan)))
    if (meant === 'card') dispatch(cardScanned(scan.text))
    if (meant === 'item') dispatch(scanItem(scan.text))
    return meant !== null
  })
  const onNext = (): void => {
    dispatch(nextReader())
    entry.current?.focus()
  }
  const newest = lend.rows.find(isStanding)
  const printReceipt = useLoanReceipt(lend)
  useKeys([
    { combo: 'F2', label: t('lend.nextReader'), run: onNext },
    // Esc gives the field back and never takes a row away: work that is done stays in sight until F2.
    { combo: 'Escape', label: t('lend.entryItem'), run: () => entry.current?.focus() },
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
      <div className="cd-lend-top">
        <EntryBox
          inputRef={entry}
          hasFocusFirst
          label={t(card === null ? 'lend.entryCard' : 'lend.entryItem')}
          testId="entry"
          onEnter={(text) => void enterScan({ text, source: 'typed' })}
        />
        <Button
          size="large"
          onClick={onNext}
          disabled={card === null && idCard === null}
          data-testid="next-reader"
        >
          {t('lend.nextReader')} <KeyHint combo="F2" />
        </Button>
      </div>
      {idCard !== null ? (
        <IdCardReaders
          key={idCard.masked}
          idCard={idCard}
          onFound={({ cardNumber }) => {
            dispatch(readerFound(cardNumber))
            entry.current?.focus()
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
          <div className="cd-lend-work">
            {deciding !== null && isUncatalogued(deciding) ? (
              <FastAdd key={deciding.id} row={deciding} />
            ) : (
              <LendModes mode={lend.mode} />
            )}
            <LendVerdict lend={lend} isReaderUnknown={isReaderUnknown} />
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
                <LendRows rows={lend.rows} />
              )}
            </Panel>
            {deciding !== null && (
              <Deciding row={deciding} isSecondRefused={lend.isSecondRefused} />
            )}
          </div>
        </div>
      )}
    </div>
  )
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
