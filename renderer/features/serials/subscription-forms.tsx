import { useTranslation } from 'react-i18next'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { frequencyOf } from '../../../domain/serials/pattern-of-record.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { Asked } from '../../app/asked.tsx'
import { useTitleCardQuery } from '../../app/desk-api.ts'
import { useSignedIn } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'
import { EmptyState } from '../../ui/states.tsx'
import type { Opened } from './serial-rows.ts'
import { draftOfSubscription, draftOfTitle } from './subscription-draft.ts'
import { SubscriptionForm } from './subscription-form.tsx'
import type { SerialActs } from './use-serial-acts.ts'

interface BeginFormProps {
  readonly titleId: string
  readonly acts: SerialActs
  /** Null where nothing was begun. */
  readonly onDone: (subscriptionId: string | null) => void
}

/** A title that was found becomes a subscription; its record says how often it comes. */
export function BeginForm({ titleId, acts, onDone }: BeginFormProps) {
  const { t } = useTranslation()
  const { branch } = useSignedIn()
  const today = useToday()
  const query = useTitleCardQuery({ titleId })
  return (
    <Asked query={query}>
      {(card) => {
        if (card === null || branch === null) {
          return <EmptyState title={t('serials.none')} hint={t('serials.noneHint')} />
        }
        const { title, bib } = card
        const first = draftOfTitle({
          frequency: bib === null ? null : frequencyOf(bibToMarcRecord(bib)),
          issn: title.issn,
          callNumber: title.clc,
          year: today.slice(0, 4),
        })
        return (
          <SubscriptionForm
            key={titleId}
            heading={`${t('serials.form.title')} · ${title.title}`}
            first={first}
            acts={acts}
            onLeave={() => onDone(null)}
            onSave={(terms) =>
              void acts.run({
                kind: 'subscription.begin',
                payload: {
                  title: title.id,
                  branch: branch.id,
                  beginsOn: beginsOn(terms.pattern.firstOn),
                  ...terms,
                },
                tell: () => title.title,
                after: ({ subscriptionId }) => onDone(subscriptionId),
              })
            }
          />
        )
      }}
    </Asked>
  )
}

/** Paid from the first of its month. */
const beginsOn = (firstOn: CalendarDate): CalendarDate =>
  `${firstOn.slice(0, 7)}-01` as CalendarDate

interface ChangeFormProps {
  readonly opened: Opened
  readonly acts: SerialActs
  readonly onDone: () => void
}

export function ChangeForm({ opened: { subscription, title }, acts, onDone }: ChangeFormProps) {
  const { t } = useTranslation()
  const { id, revision } = subscription
  const name = title ?? subscription.issn ?? ''
  return (
    <SubscriptionForm
      key={revision}
      heading={`${t('serials.form.change')} · ${name}`}
      first={draftOfSubscription(subscription)}
      acts={acts}
      onLeave={onDone}
      onSave={(terms) =>
        void acts.run({
          kind: 'subscription.change',
          payload: { subscription: id, revision, ...terms },
          tell: () => name,
          after: onDone,
        })
      }
    />
  )
}
