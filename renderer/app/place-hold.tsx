import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BranchId, ItemId, TitleId } from '../../domain/words/ids.ts'
import { DecisionCard } from './decision-card.tsx'
import { useBranchesQuery, useEnterScanMutation, usePolicyQuery } from './desk-api.ts'
import { FindingLines } from './finding-lines.tsx'
import { placeName } from './going-words.ts'
import { useKeys } from './keys.tsx'
import { newRequestId, perform, toneOf } from './perform.ts'
import type { Answer, GivenOverride } from './perform.ts'
import { useScans, useServices } from './services.tsx'
import { useMay, useSignedIn } from './session.tsx'
import { EntryBox } from '../ui/entry-box.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { groundsOf } from './words.ts'
import { ToneBanner } from '../ui/tone.tsx'

interface PlaceHoldProps {
  readonly titleId: string
  readonly titleText: string
  /** Of this item only; null for any of the title. */
  readonly itemId: string | null
}

/** One key, one card: the reader waits for the title, to be collected here unless another is chosen. */
export function PlaceHold(props: PlaceHoldProps) {
  const { t } = useTranslation()
  const may = useMay('circulate')
  const [isOpen, setIsOpen] = useState(false)
  useKeys(may ? [{ combo: 'Alt+p', label: t('holds.place'), run: () => setIsOpen(true) }] : [])
  if (!may) return null
  return isOpen ? (
    <PlaceForm {...props} onClose={() => setIsOpen(false)} />
  ) : (
    <Button onClick={() => setIsOpen(true)} data-testid="place-hold">
      {t(props.itemId === null ? 'holds.place' : 'holds.placeItem')} <KeyHint combo="Alt+p" />
    </Button>
  )
}

interface Asked {
  readonly card: string
  readonly answer: Answer<'hold.place'>
}

function PlaceForm({
  titleId,
  titleText,
  itemId,
  onClose,
}: PlaceHoldProps & { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const { branch } = useSignedIn()
  const { desk, play } = useServices()
  const { data: places } = useBranchesQuery({})
  const [enterScan] = useEnterScanMutation()
  const [pickup, setPickup] = useState(branch?.id as string | undefined)
  const [asked, setAsked] = useState<Asked | null>(null)
  const place = async (card: string, overrides: readonly GivenOverride[]): Promise<void> => {
    if (pickup === undefined) return
    const title = TitleId.parse(titleId)
    const pickupBranch = BranchId.parse(pickup)
    const item = itemId === null ? null : ItemId.parse(itemId)
    const payload = { title, item, card, pickupBranch, neededByOn: null }
    const request = { requestId: newRequestId(), kind: 'hold.place', payload } as const
    const answer = await perform(desk, { ...request, overrides })
    setAsked({ card, answer })
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
  }
  useScans(({ kind, text, source }) => {
    const isCard = kind === 'reader-card' || kind === 'virtual-card' || source === 'typed'
    if (isCard) void place(text, [])
    return isCard
  })
  useKeys([{ combo: 'Escape', label: t('do.close'), run: onClose }])
  const receipt = asked?.answer.receipt ?? null
  return (
    <section
      className="cd-place-hold"
      data-testid="place-hold-form"
      aria-label={t('holds.placeTitle')}
    >
      <EntryBox
        hasFocusFirst
        label={t('holds.cardHint')}
        testId="hold-card"
        onEnter={(text) => void enterScan({ text, source: 'typed' })}
      />
      <div className="cd-row-of-buttons">
        <Select
          // Its closed list is not drawn again by itself.
          key={i18n.language}
          aria-label={t('holds.pickup')}
          {...(pickup === undefined ? {} : { value: pickup })}
          onChange={(value: string) => setPickup(value)}
          showSearch={{ optionFilterProp: 'label' }}
          className="cd-pickup"
          data-testid="hold-pickup"
          options={(['library', 'kiosk'] as const).map((kind) => ({
            label: t(kind === 'library' ? 'holds.pickupLibraries' : 'holds.pickupKiosks'),
            options: (places?.branches ?? [])
              .filter((one) => one.kind === kind)
              .map((one) => ({ value: one.id as string, label: placeName(t, i18n.language, one) })),
          }))}
        />
        <Button onClick={onClose}>
          {t('do.close')} <KeyHint combo="Escape" />
        </Button>
      </div>
      {asked !== null && receipt?.outcome === 'needs-override' ? (
        <DecisionCard
          findings={receipt.findings}
          subject={titleText}
          confirmWord={t('holds.overrideAndPlace')}
          isSecondRefused={false}
          isWorking={false}
          onConfirm={(overrides) => void place(asked.card, overrides)}
          onLeave={() => setAsked(null)}
        />
      ) : (
        asked !== null && <Placed answer={asked.answer} pickup={pickup} />
      )}
    </section>
  )
}

interface PlacedProps {
  readonly answer: Answer<'hold.place'>
  readonly pickup: string | undefined
}

function Placed({ answer: { receipt, failure }, pickup }: PlacedProps) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const { data: policy } = usePolicyQuery({})
  const at = places?.branches.find(({ id }) => id === pickup)
  if (receipt === null) {
    return (
      <ToneBanner
        tone="stop"
        word={t(`failure.${failure}.title`)}
        detail={t(`failure.${failure}.next`)}
        testId="verdict"
      />
    )
  }
  const isDone = receipt.outcome === 'done'
  return (
    <>
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={
          isDone ? t('holds.placed', { position: receipt.summary.position }) : t('verdict.stop')
        }
        detail={
          isDone
            ? t('holds.placedHint', {
                branch: at === undefined ? '' : placeName(t, i18n.language, at),
                days: policy?.holds.keepDays ?? 0,
              })
            : ''
        }
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
