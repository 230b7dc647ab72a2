import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { toneOf } from '../../app/perform.ts'
import { heaviestFirst, titled, wordsOfFinding } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { spokenRow } from './lend-state.ts'
import type { LendRow, LendState } from './lend-state.ts'

export function verdictOf(t: TFunction, row: LendRow): { tone: ToneName; word: string } {
  const { state, receipt } = row
  switch (state) {
    case 'waiting':
      return { tone: 'working', word: t('verdict.waiting') }
    case 'working':
      return { tone: 'working', word: t('verdict.working') }
    case 'deciding':
      return { tone: 'needs-you', word: t('verdict.needsOverride') }
    case 'stopped':
      return { tone: 'stop', word: t('verdict.stop') }
    case 'left':
      return { tone: 'noted', word: t('verdict.left') }
    case 'failed':
      return { tone: 'stop', word: t('verdict.failed') }
    case 'done':
      if (row.isUndone) return { tone: 'noted', word: t('verdict.undone') }
      return {
        tone: receipt === null ? 'done' : toneOf(receipt),
        word: t(receipt?.summary.isRenewal === true ? 'verdict.renewed' : 'verdict.lent'),
      }
  }
}

interface LendVerdictProps {
  readonly lend: LendState
  readonly isReaderUnknown: boolean
}

/** The verdict that reads from a metre away. */
export function LendVerdict({ lend, isReaderUnknown }: LendVerdictProps) {
  const { t, i18n } = useTranslation()
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
  const { tone, word } = verdictOf(t, row)
  const findings = heaviestFirst(row.receipt?.findings ?? [])
  const first = findings.find(({ level }) => level !== 'note')
  const words = first && wordsOfFinding(t, i18n.language, first)
  const isLent = row.state === 'done' && !row.isUndone
  const parts = [
    isLent ? `${t('lend.due')} ${row.receipt?.summary.dueOn ?? ''}` : row.barcode,
    row.failure === null
      ? ''
      : titled(t, i18n.language, t(`failure.${row.failure}.title`), [
          t(`failure.${row.failure}.next`),
        ]),
    words === undefined || row.failure !== null
      ? ''
      : titled(t, i18n.language, words.title, [words.what, words.next]),
  ]
  return (
    <ToneBanner
      tone={tone}
      word={word}
      detail={parts.filter(Boolean).join(' · ')}
      testId="verdict"
    />
  )
}
