/** From a scan to an arrival: which issue it is, whether a person must look, and the label after it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { Subscription } from '../../../domain/serial-records.ts'
import type { IssueLabel } from '../../../domain/serials/pattern-shapes.ts'
import { useLazySerialScanQuery } from '../../app/serials-api.ts'
import { issueText } from './issue-words.ts'
import type { SerialActs } from './use-serial-acts.ts'

type Found = AnswerOf<'serial-scan'>['found'][number]

export interface InHand {
  readonly subscription: Subscription
  readonly title: string
  readonly issue: IssueLabel
}

export interface CheckIn {
  /** The cover did not say which issue: a person looks. */
  readonly unsure: InHand | null
  /** Came last, and gets a label if one is scanned. */
  readonly toLabel: InHand | null
  readonly scan: (code: string, addOn: string | null) => Promise<void>
  readonly arrive: (inHand: InHand) => Promise<void>
  readonly label: (barcode: string) => Promise<void>
  readonly drop: () => void
}

export function useCheckIn(acts: SerialActs, onFound: (subscriptionId: string) => void): CheckIn {
  const { t } = useTranslation()
  const [ask] = useLazySerialScanQuery()
  const [unsure, setUnsure] = useState<InHand | null>(null)
  const [toLabel, setToLabel] = useState<InHand | null>(null)
  const titleOf = ({ title, subscription }: Pick<Found, 'title' | 'subscription'>): string =>
    title ?? subscription.issn ?? ''
  const arrive = async ({ subscription, title, issue }: InHand): Promise<void> => {
    setUnsure(null)
    await acts.run({
      kind: 'serial.arrive',
      payload: { subscription: subscription.id, issue, copies: 1 },
      tell: ({ copiesCount, copies }) =>
        [
          t('serials.arrivedWhat', { title, issue: issueText(t, issue) }),
          t('serials.copyOf', { count: copiesCount, copies }),
          subscription.shelf === null
            ? t('serials.noShelf')
            : t('serials.onShelf', { shelf: subscription.shelf }),
        ].join(' · '),
      after: () => setToLabel(subscription.isForLoan ? { subscription, title, issue } : null),
    })
  }
  const scan = async (code: string, addOn: string | null): Promise<void> => {
    setUnsure(null)
    setToLabel(null)
    const { data: answer } = await ask({ code, addOn })
    const found = answer?.found[0]
    if (answer === undefined || answer.issn === null) {
      acts.say('stop', t('serials.notSerial', { text: code }))
    } else if (found === undefined) {
      acts.say('stop', t('serials.notHere', { text: answer.issn }))
    } else {
      onFound(found.subscription.id)
      const { subscription, issue, isCertain } = found
      if (issue === null) {
        acts.say('needs-you', t('serials.noneLeft', { title: titleOf(found) }))
      } else if (isCertain) {
        await arrive({ subscription, title: titleOf(found), issue })
      } else {
        setUnsure({ subscription, title: titleOf(found), issue })
        acts.say('needs-you', t('serials.unsure'))
      }
    }
  }
  return {
    unsure,
    toLabel,
    scan,
    arrive,
    label: async (barcode) => {
      if (toLabel === null) return
      await acts.run({
        kind: 'serial.label',
        payload: { subscription: toLabel.subscription.id, ordinal: toLabel.issue.ordinal, barcode },
        tell: () => t('serials.labelled', { barcode }),
      })
    },
    drop: () => {
      setUnsure(null)
      setToLabel(null)
    },
  }
}
