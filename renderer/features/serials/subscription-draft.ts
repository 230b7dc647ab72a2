/** A subscription as it is typed, and what it comes to. */
import { SubscriptionTerms } from '../../../domain/operations/about-serial.ts'
import type { Subscription } from '../../../domain/serial-records.ts'
import type { Frequency, SerialPattern } from '../../../domain/serials/pattern-shapes.ts'
import { predictIssues } from '../../../domain/serials/predict.ts'
import { fenFromText } from '../../app/fen-from-text.ts'

export interface SubscriptionDraft {
  readonly frequency: Frequency
  readonly numbering: SerialPattern['numbering']
  readonly isForLoan: boolean
  readonly firstOn: string
  readonly firstOrdinal: string
  readonly endsOn: string
  readonly copies: string
  readonly issn: string
  readonly shelf: string
  readonly callNumber: string
  readonly vendor: string
  readonly price: string
  readonly claimAfterDays: string
  readonly firstNumber: string
  readonly volumeFirst: string
  readonly volumeIssues: string
  readonly wholeNumber: string
  readonly skippedMonths: string
  readonly combined: string
  readonly weekdays: string
  readonly monthDays: string
}

/** The fields that are typed as text. */
export type TextField = {
  [F in keyof SubscriptionDraft]: string extends SubscriptionDraft[F] ? F : never
}[keyof SubscriptionDraft]

interface Beginning {
  readonly frequency: Frequency | null
  readonly issn: string | null
  readonly callNumber: string | null
  readonly year: string
}

export const draftOfTitle = ({
  frequency,
  issn,
  callNumber,
  year,
}: Beginning): SubscriptionDraft => ({
  frequency: frequency ?? 'monthly',
  numbering: 'year',
  isForLoan: false,
  firstOn: `${year}-01-01`,
  firstOrdinal: '1',
  endsOn: `${year}-12-31`,
  copies: '1',
  issn: issn ?? '',
  shelf: '',
  callNumber: callNumber ?? '',
  vendor: '',
  price: '',
  claimAfterDays: '15',
  firstNumber: '',
  volumeFirst: '',
  volumeIssues: '',
  wholeNumber: '',
  skippedMonths: '',
  combined: '',
  weekdays: '',
  monthDays: '',
})

export function draftOfSubscription(subscription: Subscription): SubscriptionDraft {
  const { pattern } = subscription
  return {
    frequency: pattern.frequency,
    numbering: pattern.numbering,
    isForLoan: subscription.isForLoan,
    firstOn: pattern.firstOn,
    firstOrdinal: String(pattern.firstOrdinal),
    endsOn: subscription.endsOn,
    copies: String(subscription.copies),
    issn: subscription.issn ?? '',
    shelf: subscription.shelf ?? '',
    callNumber: subscription.callNumber ?? '',
    vendor: subscription.vendor ?? '',
    price: subscription.priceFen === null ? '' : (subscription.priceFen / 100).toFixed(2),
    claimAfterDays: String(subscription.claimAfterDays),
    firstNumber: textOf(pattern.firstNumber),
    volumeFirst: textOf(pattern.volume?.first ?? null),
    volumeIssues: textOf(pattern.volume?.issuesCount ?? null),
    wholeNumber: textOf(pattern.wholeNumber),
    skippedMonths: pattern.skippedMonths.join(' '),
    combined: pattern.combined.map(({ from, to }) => `${from}-${to}`).join(' '),
    weekdays: pattern.weekdays.join(' '),
    monthDays: pattern.monthDays.join(' '),
  }
}

const textOf = (value: number | null): string => (value === null ? '' : String(value))

/** Null where a field cannot be read; the rules say the rest. */
export function termsOf(draft: SubscriptionDraft): SubscriptionTerms | null {
  const price = draft.price.trim()
  const volumeFirst = numberOrNull(draft.volumeFirst)
  const parsed = SubscriptionTerms.safeParse({
    endsOn: draft.endsOn.trim(),
    issn: textOrNull(draft.issn),
    shelf: textOrNull(draft.shelf),
    callNumber: textOrNull(draft.callNumber),
    copies: numberOrNull(draft.copies),
    isForLoan: draft.isForLoan,
    priceFen: fenFromText(price),
    vendor: textOrNull(draft.vendor),
    claimAfterDays: numberOrNull(draft.claimAfterDays),
    pattern: {
      frequency: draft.frequency,
      firstOn: draft.firstOn.trim(),
      firstOrdinal: numberOrNull(draft.firstOrdinal),
      weekdays: numbersIn(draft.weekdays),
      monthDays: numbersIn(draft.monthDays),
      skippedMonths: numbersIn(draft.skippedMonths),
      combined: wordsIn(draft.combined).map((word) => {
        const [from = '', to = ''] = word.split('-')
        return { from: Number(from), to: Number(to) }
      }),
      numbering: draft.numbering,
      firstNumber: numberOrNull(draft.firstNumber),
      volume:
        volumeFirst === null
          ? null
          : { first: volumeFirst, issuesCount: numberOrNull(draft.volumeIssues) },
      wholeNumber: numberOrNull(draft.wholeNumber),
    },
  })
  if (!parsed.success || (price !== '' && parsed.data.priceFen === null)) return null
  return parsed.data
}

/** How many issues it comes to; null where a field cannot be read. */
export function foreseenCount(draft: SubscriptionDraft): number | null {
  const terms = termsOf(draft)
  return terms === null ? null : predictIssues(terms.pattern, terms.endsOn).length
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
/** Not a number where it is none: the shape says no. */
const numberOrNull = (text: string): number | null =>
  text.trim() === '' ? null : Number(text.trim())
const wordsIn = (text: string): string[] => text.split(/[\s,，、]+/).filter((word) => word !== '')
const numbersIn = (text: string): number[] => wordsIn(text).map(Number)
