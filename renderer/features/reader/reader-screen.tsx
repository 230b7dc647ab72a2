import { UserOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { Asked } from '../../app/asked.tsx'
import { useFindReadersQuery } from '../../app/desk-api.ts'
import { idCardHandedOver, idCardOf } from '../../app/id-card-read.ts'
import { IdCardReaders } from '../../app/id-card-readers.tsx'
import { useKeys } from '../../app/keys.tsx'
import { useScans } from '../../app/services.tsx'
import { maskedCard } from '../../app/words.ts'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { ReaderCardView } from './reader-card-view.tsx'

const FOUND_MAX = 50

export function ReaderScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const card = search.get('card')
  const readerId = search.get('id')
  const { state } = useLocation() as { readonly state: unknown }
  const [idCard, setIdCard] = useState(() => idCardHandedOver(state))
  const open = (to: Record<string, string>): void => {
    setIdCard(null)
    setSearch(to)
  }
  useScans((scan) => {
    const { kind, text } = scan
    const isCard = kind === 'reader-card' || kind === 'virtual-card'
    if (isCard) open({ card: text })
    if (kind === 'id-card') setIdCard(idCardOf(scan))
    return isCard || kind === 'id-card'
  })
  return (
    <div className="cd-reader">
      <h1 className="cd-visually-hidden">{t('reader.title')}</h1>
      {idCard !== null ? (
        <>
          <Escape onEscape={() => setIdCard(null)} />
          <IdCardReaders idCard={idCard} onFound={({ id }) => open({ id })} />
        </>
      ) : card !== null || readerId !== null ? (
        <ReaderCardView
          key={card ?? readerId}
          card={card}
          readerId={readerId}
          onBack={() => setSearch({})}
          onOpen={(id) => setSearch({ id })}
        />
      ) : (
        <FindReaders onOpen={(id) => setSearch({ id })} />
      )}
    </div>
  )
}

/** Back to looking the reader up. */
function Escape({ onEscape }: { readonly onEscape: () => void }) {
  const { t } = useTranslation()
  useKeys([{ combo: 'Escape', label: t('reader.find'), run: onEscape }])
  return null
}

function FindReaders({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const sought = useDeferredValue(text.trim())
  const field = useRef<InputRef>(null)
  const query = useFindReadersQuery({ text: sought, limit: FOUND_MAX }, { skip: sought === '' })
  const found = sought === '' ? [] : (query.data ?? [])
  // Until this text is answered the list is the last text's: Enter must not open somebody else.
  const { currentData } = query
  const isAnswered = currentData !== undefined && sought === text.trim()
  /** The text that Enter was pressed on before its answer came. */
  const entered = useRef<string | null>(null)
  useEffect(() => {
    if (entered.current !== sought || currentData === undefined) return
    entered.current = null
    const [first] = currentData
    if (first !== undefined) onOpen(first.id)
  }, [sought, currentData, onOpen])
  useKeys([{ combo: 'Escape', label: t('reader.find'), run: () => field.current?.focus() }])
  return (
    <>
      <Input
        ref={field}
        autoFocus
        className="cd-entry"
        size="large"
        value={text}
        placeholder={t('reader.find')}
        aria-label={t('reader.find')}
        data-testid="find-reader"
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
          entered.current = null
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            setChosen((before) => Math.min(found.length - 1, Math.max(0, before + step)))
          }
          const target = found[chosen]
          if (event.key !== 'Enter') return
          if (!isAnswered) entered.current = text.trim()
          else if (target !== undefined) onOpen(target.id)
        }}
      />
      {sought === '' ? (
        <EmptyState
          title={t('reader.findTitle')}
          hint={t('reader.findHint')}
          icon={<UserOutlined />}
        >
          <Link to="/register">{t('nav.register')}</Link>
        </EmptyState>
      ) : (
        <Asked query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState
                title={t('reader.notFound', { text: sought })}
                hint={t('reader.notFoundHint')}
              >
                <Link to="/register">{t('nav.register')}</Link>
              </EmptyState>
            ) : (
              <>
                <VirtualRows
                  rows={rows}
                  rowHeight={48}
                  keyOf={({ id }) => id}
                  label={t('reader.findTitle')}
                  chosen={chosen}
                  onChoose={(index) => {
                    const row = rows[index]
                    if (row !== undefined) onOpen(row.id)
                  }}
                  testId="found-readers"
                  render={(row) => {
                    return (
                      <div className="cd-found-reader" data-testid="found-reader">
                        <strong>{maskedName(row.name) || t('reader.toBeCompleted')}</strong>
                        <span className="cd-number">
                          {row.cardNumber.startsWith(sought)
                            ? row.cardNumber
                            : maskedCard(row.cardNumber)}
                        </span>
                        <span className="cd-quiet">{row.bornOn?.slice(0, 4) ?? ''}</span>
                        <span>{t('reader.onCard', { count: row.openLoansCount })}</span>
                      </div>
                    )
                  }}
                />
                {rows.length >= FOUND_MAX && (
                  <MoreLine text={t('state.tooManyOpen', { shown: rows.length })} />
                )}
              </>
            )
          }
        </Asked>
      )}
    </>
  )
}
