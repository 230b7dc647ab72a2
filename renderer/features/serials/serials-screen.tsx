import { Button } from 'antd'
import { ReadOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useSerialsQuery, useSubscriptionQuery } from '../../app/serials-api.ts'
import { useScans } from '../../app/services.tsx'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { AwaitedPanel } from './awaited-panel.tsx'
import { BindForm } from './bind-form.tsx'
import { issueText } from './issue-words.ts'
import { BeginForm, ChangeForm } from './subscription-forms.tsx'
import { OpenSubscription } from './open-subscription.tsx'
import { SerialVerdict } from './serial-verdict.tsx'
import { SubscriptionList } from './subscription-list.tsx'
import { useCheckIn } from './use-check-in.ts'
import type { CheckIn } from './use-check-in.ts'
import { useSerialActs } from './use-serial-acts.ts'
import type { SerialActs } from './use-serial-acts.ts'
import './serials.css'

/** 13 digits and the add-on behind them, as a scanner types it. */
const TYPED = /^(977\d{10})[\s-]?(\d\d|\d{5})$/

type Task = 'bind' | 'change'

export function SerialsScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [openId, setOpenId] = useState<string | null>(null)
  const [ordinal, setOrdinal] = useState<number | null>(null)
  const [task, setTask] = useState<Task | null>(null)
  const acts = useSerialActs()
  const query = useSerialsQuery({})
  const open = (id: string, chosen: number | null = null): void => {
    setOpenId(id)
    setOrdinal(chosen)
    setTask(null)
    setSearch({}, { replace: true })
  }
  const checkIn = useCheckIn(acts, open)
  const titleId = search.get('title')
  useScans(({ kind, text, addOn, alsoKinds }) => {
    if (kind === 'issn') {
      void checkIn.scan(text, addOn)
      return true
    }
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (!isItem || checkIn.toLabel === null) return false
    void checkIn.label(text)
    return true
  })
  const enter = (text: string): void => {
    const [, code, addOn] = TYPED.exec(text) ?? []
    void checkIn.scan(code ?? text, addOn ?? null)
  }
  return (
    <div className="cd-serials">
      <h1 className="cd-visually-hidden">{t('serials.title')}</h1>
      <div className="cd-serials-top">
        <EntryBox label={t('serials.scan')} onEnter={enter} hasFocusFirst testId="serial-code" />
        <NextStep checkIn={checkIn} />
        <SerialVerdict acts={acts} />
        <OfflineLine />
      </div>
      <div className="cd-serials-body">
        <div className="cd-serials-side">
          <Asked query={query}>
            {(serials) => (
              <>
                <AwaitedPanel serials={serials} acts={acts} onOpen={open} />
                <SubscriptionList serials={serials} openId={openId} onOpen={open} />
              </>
            )}
          </Asked>
        </div>
        {titleId === null ? (
          <Opened
            subscriptionId={openId}
            ordinal={ordinal}
            task={task}
            acts={acts}
            checkIn={checkIn}
            onChoose={setOrdinal}
            onTask={setTask}
          />
        ) : (
          <BeginForm
            titleId={titleId}
            acts={acts}
            onDone={(id) => (id === null ? setSearch({}, { replace: true }) : open(id))}
          />
        )}
      </div>
    </div>
  )
}

/** Beneath the scan: which issue it may be, or that the copy waits for its label. */
function NextStep({ checkIn }: { readonly checkIn: CheckIn }) {
  const { t } = useTranslation()
  const { unsure, toLabel } = checkIn
  const take = (): void => {
    if (unsure !== null) void checkIn.arrive(unsure)
  }
  useKeys(unsure === null ? [] : [{ combo: 'Alt+y', label: t('serials.unsureTake'), run: take }])
  if (unsure !== null) {
    const { title, issue } = unsure
    return (
      <div className="cd-row-of-buttons" data-testid="serial-unsure">
        <Button type="primary" onClick={take} data-testid="unsure-take">
          {t('serials.unsureTake')} <KeyHint combo="Alt+y" />
        </Button>
        <strong>{t('serials.arrivedWhat', { title, issue: issueText(t, issue) })}</strong>
      </div>
    )
  }
  return (
    <p className="cd-quiet" data-testid="serial-next">
      {t(toLabel === null ? 'serials.scanHint' : 'serials.labelNext')}
    </p>
  )
}

interface OpenedProps {
  readonly subscriptionId: string | null
  readonly ordinal: number | null
  readonly task: Task | null
  readonly acts: SerialActs
  readonly checkIn: CheckIn
  readonly onChoose: (ordinal: number) => void
  readonly onTask: (task: Task | null) => void
}

function Opened(props: OpenedProps) {
  const { subscriptionId, ordinal, task, acts, checkIn, onChoose, onTask } = props
  const { t } = useTranslation()
  const skip = subscriptionId === null
  const query = useSubscriptionQuery({ subscriptionId: subscriptionId ?? '' }, { skip })
  const nothing = (
    <EmptyState title={t('serials.choose')} hint={t('serials.noneHint')} icon={<ReadOutlined />} />
  )
  if (skip) return nothing
  return (
    <Asked query={query}>
      {(opened) => {
        if (opened === null || opened.subscription.id !== subscriptionId) return nothing
        const done = (): void => onTask(null)
        if (task === 'bind') return <BindForm opened={opened} acts={acts} onDone={done} />
        if (task === 'change') return <ChangeForm opened={opened} acts={acts} onDone={done} />
        return (
          <OpenSubscription
            opened={opened}
            acts={acts}
            ordinal={ordinal}
            onChoose={onChoose}
            onArrive={(inHand) => void checkIn.arrive(inHand)}
            onBind={() => onTask('bind')}
            onChange={() => onTask('change')}
          />
        )
      }}
    </Asked>
  )
}
