/** Whose identity card was read (D19): one is opened at once, of several one is chosen. */
import { IdcardOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AnswerOf } from '../../contract/queries.ts'
import { maskedName } from '../../domain/words/masked-name.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { Panel } from '../ui/panel.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { VirtualRows } from '../ui/virtual-rows.tsx'
import { Asked } from './asked.tsx'
import { useReadersByIdQuery } from './desk-api.ts'
import type { IdCardRead } from './id-card-read.ts'
import { useKeys } from './keys.tsx'
import { useHeldScans, useServices } from './services.tsx'
import { useWelcome } from './use-welcome.ts'
import { maskedCard } from './words.ts'

type Found = AnswerOf<'readers-by-id'>[number]

interface IdCardReadersProps {
  readonly idCard: IdCardRead
  readonly onFound: (reader: Found) => void
}

export function IdCardReaders({ idCard, onFound }: IdCardReadersProps) {
  const { idNumberHash } = idCard
  return idNumberHash === null ? (
    <WrongNumber idCard={idCard} />
  ) : (
    <WithHash idCard={idCard} idNumberHash={idNumberHash} onFound={onFound} />
  )
}

function WrongNumber({ idCard }: Pick<IdCardReadersProps, 'idCard'>) {
  const { t } = useTranslation()
  const { play } = useServices()
  useEffect(() => play('stop'), [play])
  return (
    <EmptyState
      title={t('idCard.wrongTitle')}
      hint={`${idCard.masked} · ${t('idCard.wrongHint')}`}
      icon={<IdcardOutlined />}
      testId="id-card-wrong"
    />
  )
}

interface WithHashProps extends IdCardReadersProps {
  readonly idNumberHash: string
}

function WithHash({ idCard, idNumberHash, onFound }: WithHashProps) {
  const { t } = useTranslation()
  const query = useReadersByIdQuery({ idNumberHash })
  const found = query.currentData
  const isUnknownHere = found?.length === 0
  const isAsking = useWelcome(isUnknownHere ? { idNumberHash } : null)
  const only = found?.length === 1 ? found[0] : undefined
  useEffect(() => {
    if (only !== undefined) onFound(only)
  }, [only, onFound])
  return (
    <Asked query={query}>
      {(readers) =>
        readers.length > 1 ? (
          <ChooseReader idCard={idCard} readers={readers} onFound={onFound} />
        ) : readers.length === 1 || isAsking ? (
          <LoadingState label={t('idCard.asking', { number: idCard.masked })} />
        ) : (
          <NobodyFound idCard={idCard} />
        )
      }
    </Asked>
  )
}

function NobodyFound({ idCard }: Pick<IdCardReadersProps, 'idCard'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { play } = useServices()
  useEffect(() => play('stop'), [play])
  const register = (): void => void navigate('/register', { state: { idCard } })
  // The key of the screen, taking the card along.
  useKeys([{ combo: 'Alt+7', label: t('nav.register'), run: register }])
  return (
    <EmptyState
      title={t('idCard.nobodyTitle')}
      hint={`${idCard.masked} · ${t('idCard.nobodyHint')}`}
      icon={<IdcardOutlined />}
      testId="id-card-nobody"
    >
      <Button type="primary" onClick={register} data-testid="id-card-register">
        {t('nav.register')} <KeyHint combo="Alt+7" />
      </Button>
    </EmptyState>
  )
}

interface ChooseReaderProps extends IdCardReadersProps {
  readonly readers: readonly Found[]
}

/** Scans wait, in sight, until it is known whose they are. */
function ChooseReader({ idCard, readers, onFound }: ChooseReaderProps) {
  const { t } = useTranslation()
  const { play } = useServices()
  const [chosen, setChosen] = useState(0)
  useHeldScans(true)
  useEffect(() => play('needs-you'), [play])
  const list = useRef<HTMLDivElement>(null)
  // Away from the field, so that Enter is this list's.
  useEffect(() => list.current?.querySelector<HTMLElement>('.cd-rows')?.focus(), [])
  const step = (by: number): void =>
    setChosen((before) => Math.min(readers.length - 1, Math.max(0, before + by)))
  const open = (index: number): void => {
    const reader = readers[index]
    if (reader !== undefined) onFound(reader)
  }
  useKeys([
    { combo: 'ArrowDown', label: t('idCard.next'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('idCard.previous'), run: () => step(-1), isInFields: false },
    { combo: 'Enter', label: t('idCard.choose'), run: () => open(chosen), isInFields: false },
  ])
  return (
    <Panel
      title={t('idCard.severalTitle')}
      extra={
        <>
          <KeyHint combo="ArrowUp" /> <KeyHint combo="ArrowDown" /> <KeyHint combo="Enter" />
        </>
      }
      testId="id-card-several"
    >
      <p className="cd-quiet">
        {idCard.masked} · {t('idCard.severalHint')}
      </p>
      <div className="cd-id-readers" ref={list}>
        <VirtualRows
          rows={readers}
          rowHeight={48}
          keyOf={({ id }) => id}
          label={t('idCard.severalTitle')}
          chosen={chosen}
          onChoose={open}
          testId="id-card-readers"
          render={(reader) => (
            <div className="cd-found-reader" data-testid="id-card-reader">
              <strong>{maskedName(reader.name)}</strong>
              <span className="cd-number">{maskedCard(reader.cardNumber)}</span>
              <span className="cd-quiet">{reader.bornOn?.slice(0, 4) ?? ''}</span>
              <span>{t('reader.onCard', { count: reader.openLoansCount })}</span>
            </div>
          )}
        />
      </div>
    </Panel>
  )
}
