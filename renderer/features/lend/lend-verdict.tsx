import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { toneOf } from '../../app/perform.ts'
import { usePolicyLines } from '../../app/policy-line.ts'
import { isStanding, markOf, spokenRow } from '../../app/scanned-rows.ts'
import type { Mark } from '../../app/scanned-rows.ts'
import { groundsOf, heaviestFirst, titled, wordsOfFinding } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import { dueTextOf } from './lent-due.ts'
import type { LendRow, LendState } from './lend-state.ts'

export const lendMarkOf = (t: TFunction, row: LendRow): Mark =>
  markOf(t, row, {
    tone: row.receipt === null ? 'done' : toneOf(row.receipt),
    word: t(doneWord(row)),
  })

const doneWord = ({ mode, receipt }: LendRow) => {
  if (mode === 'take-over') return 'lend.tookOver' as const
  return receipt?.summary.isRenewal === true
    ? ('verdict.renewed' as const)
    : ('verdict.lent' as const)
}

interface LendVerdictProps {
  readonly lend: LendState
  readonly isReaderUnknown: boolean
}

/** The verdict that reads from a metre away. */
export function LendVerdict({ lend, isReaderUnknown }: LendVerdictProps) {
  const { t, i18n } = useTranslation()
  const lines = usePolicyLines()
  const row = spokenRow(lend)
  if (row === null && isReaderUnknown) {
    return (
      <ToneBanner
        tone="stop"
        word={t('refusal.unknown-reader.title')}
        detail={t('refusal.unknown-reader.next')}
        testId="verdict"
      />
    )
  }
  if (row === null) {
    return (
      <ToneBanner
        tone="noted"
        word={t('lend.itemsTitle')}
        detail={t('lend.itemsHint')}
        testId="verdict"
      />
    )
  }
  const { tone, word } = lendMarkOf(t, row)
  const findings = heaviestFirst(row.receipt?.findings ?? [])
  const first = findings.find(({ level }) => level !== 'note')
  const words = first && wordsOfFinding(t, i18n.language, first)
  // What was overridden has been answered: nothing is left to do about it.
  const next = first?.level === 'override' && isStanding(row) ? '' : (words?.next ?? '')
  const parts = [
    // Two items in a row are due on one day: the barcode tells that this verdict is a new one.
    row.barcode,
    isStanding(row)
      ? `${t('lend.due')} ${row.receipt === null ? '' : dueTextOf(row.receipt.summary)}`
      : '',
    row.failure === null
      ? ''
      : titled(t, i18n.language, t(`failure.${row.failure}.title`), [
          t(`failure.${row.failure}.next`),
        ]),
    words === undefined || row.failure !== null
      ? ''
      : titled(t, i18n.language, words.title, [words.what, next]),
  ]
  return (
    <ToneBanner
      tone={tone}
      word={word}
      detail={parts.filter(Boolean).join(' · ')}
      foot={groundsOf(t, row.receipt, lines?.number)}
      testId="verdict"
    />
  )
}
