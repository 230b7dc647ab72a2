import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../contract/queries.ts'
import { isPlaceholderReader } from '../../domain/operations/placeholders.ts'
import { ToneMark } from '../ui/tone.tsx'
import type { ToneName } from '../ui/tone.tsx'
import { useToday } from './use-today.ts'
import { yuan } from './words.ts'

export type ReaderCard = NonNullable<AnswerOf<'reader-card'>>

/** How many are out, and of how many where that is known. */
export const loansWords = (t: TFunction, { reader, loansCount, itemsMax }: ReaderCard): string =>
  isPlaceholderReader(reader)
    ? t('reader.loansOnly', { count: loansCount })
    : t('reader.loans', { count: loansCount, max: itemsMax })

export const expiryWord = ({ reader }: ReaderCard): string =>
  isPlaceholderReader(reader) ? '—' : reader.expiresOn

interface Mark {
  readonly tone: ToneName
  readonly word: string
}

/** What stands against this reader, heaviest first; one green mark where nothing does. */
export function ReaderMarks({ card }: { readonly card: ReaderCard }) {
  const { t } = useTranslation()
  const { reader, overdueCount } = card
  const today = useToday()
  const marks: Mark[] = []
  if (reader.cardState !== 'valid') {
    marks.push({ tone: 'stop', word: t(`reader.${reader.cardState}`) })
  }
  if (reader.blockedUntilOn !== null && reader.blockedUntilOn >= today) {
    const isOpen = reader.blockedUntilOn === '9999-12-31'
    const until = isOpen ? t('readers.noEnd') : reader.blockedUntilOn
    const scopes = reader.blockedFor.map((scope) => t(`readers.scopes.${scope}`)).join('、')
    const isWhole = reader.blockedFor.length === 3
    const word = isWhole
      ? t('reader.blocked', { until })
      : t('readers.blockedFor', { scopes, until })
    marks.push({ tone: 'stop', word })
  }
  if (isPlaceholderReader(reader)) {
    marks.push({ tone: 'needs-you', word: t('reader.unknownHere') })
  } else if (reader.expiresOn < today) {
    marks.push({ tone: 'needs-you', word: t('reader.expired') })
  }
  if (overdueCount > 0) {
    marks.push({ tone: 'needs-you', word: t('reader.overdue', { count: overdueCount }) })
  }
  if (reader.feesOwedFen > 0) {
    marks.push({ tone: 'needs-you', word: t('reader.fees', { fee: yuan(reader.feesOwedFen) }) })
  }
  if (marks.length === 0) marks.push({ tone: 'done', word: t('reader.valid') })
  return (
    <div className="cd-marks" data-testid="reader-marks">
      {marks.map((mark) => (
        <ToneMark key={mark.word} {...mark} />
      ))}
    </div>
  )
}
