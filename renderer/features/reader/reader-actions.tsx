/** What can be done to a reader's record, each by a key, one form at a time. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useMay } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ActVerdict } from './act-verdict.tsx'
import { AddCardForm, ReplaceForm } from './card-forms.tsx'
import { CategoryForm } from './category-form.tsx'
import { EditForm } from './edit-forms.tsx'
import { MergeForm } from './merge-form.tsx'
import type { ReaderActs } from './reader-acts.ts'
import { CloseForm, LiftForm, MessageForm, SuspendForm } from './suspension-forms.tsx'

type Doing =
  | 'edit'
  | 'replaceCard'
  | 'addCard'
  | 'suspend'
  | 'lift'
  | 'category'
  | 'message'
  | 'merge'
  | 'close'

interface Offer {
  readonly doing: Doing | 'extend'
  readonly combo: string
}

const offers: readonly Offer[] = [
  { doing: 'edit', combo: 'Alt+e' },
  { doing: 'replaceCard', combo: 'Alt+k' },
  { doing: 'addCard', combo: 'Alt+n' },
  { doing: 'suspend', combo: 'Alt+b' },
  { doing: 'category', combo: 'Alt+t' },
  { doing: 'extend', combo: 'Alt+y' },
  { doing: 'message', combo: 'Alt+i' },
  { doing: 'merge', combo: 'Alt+g' },
  { doing: 'close', combo: 'Alt+o' },
]

interface ReaderActionsProps {
  readonly found: ReaderCard
  readonly acts: ReaderActs
  readonly onMerged: (readerId: string) => void
}

export function ReaderActions({ found, acts, onMerged }: ReaderActionsProps) {
  const { t } = useTranslation()
  const mayLift = useMay('override-blocks')
  const mayMerge = useMay('settle-exceptions')
  const today = useToday()
  const [doing, setDoing] = useState<Doing | null>(null)
  const { reader } = found
  const isSuspended = reader.blockedUntilOn !== null && reader.blockedUntilOn >= today
  const start = (next: Offer['doing']): void => {
    acts.forget()
    if (next === 'extend') void acts.act('reader.extend', { reader: reader.id })
    else setDoing(next)
  }
  const shown = offers
    .filter((offer) => offer.doing !== 'merge' || mayMerge)
    .map(({ doing: of, combo }) => {
      return { combo, doing: of === 'suspend' && isSuspended && mayLift ? 'lift' : of } as const
    })
  useKeys(
    shown.map(({ doing: next, combo }) => ({
      combo,
      label: t(`readers.${next}`),
      run: () => start(next),
    })),
  )
  return (
    <section aria-label={t('readers.actions')} className="cd-reader-actions">
      <div className="cd-reader-tools">
        {shown.map(({ doing: next, combo }) => (
          <Button
            key={next}
            size="small"
            disabled={acts.isWorking}
            onClick={() => start(next)}
            data-testid={`do-${next}`}
          >
            {t(`readers.${next}`)} <KeyHint combo={combo} />
          </Button>
        ))}
      </div>
      <ActVerdict said={acts.said} />
      <ActForm
        key={doing}
        doing={doing}
        found={found}
        acts={acts}
        onClose={() => setDoing(null)}
        onMerged={(readerId) => {
          setDoing(null)
          onMerged(readerId)
        }}
      />
    </section>
  )
}

interface ActFormSwitchProps extends ReaderActionsProps {
  readonly doing: Doing | null
  readonly onClose: () => void
}

function ActForm({ doing, found, acts, onClose, onMerged }: ActFormSwitchProps) {
  const props = { reader: found.reader, acts, onClose }
  switch (doing) {
    case null:
      return null
    case 'edit':
      return <EditForm {...props} />
    case 'replaceCard':
      return <ReplaceForm {...props} />
    case 'addCard':
      return <AddCardForm {...props} />
    case 'suspend':
      return <SuspendForm {...props} />
    case 'lift':
      return <LiftForm {...props} />
    case 'category':
      return <CategoryForm {...props} />
    case 'message':
      return <MessageForm {...props} />
    case 'close':
      return <CloseForm {...props} />
    case 'merge':
      return <MergeForm found={found} acts={acts} onClose={onClose} onMerged={onMerged} />
  }
}
