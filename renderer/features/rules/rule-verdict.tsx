import { useTranslation } from 'react-i18next'
import { FindingLines } from '../../app/finding-lines.tsx'
import { toneOf } from '../../app/perform.ts'
import { groundsOf, titled } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import { named } from '../../app/rule-words.ts'
import type { Libraries } from '../../app/rule-words.ts'
import type { Said } from './use-rule-acts.ts'

interface RuleVerdictProps {
  readonly said: Said | null
  readonly libraryOf: (calendarId: string) => Libraries[number] | null
  readonly libraries: Libraries
}

/** Before the first change there is nothing to say. */
export function RuleVerdict({ said, libraryOf, libraries }: RuleVerdictProps) {
  const { t, i18n } = useTranslation()
  const { word, detail } = useDone({ said, libraryOf, libraries })
  if (said === null) return null
  const { receipt, failure } = said
  if (receipt === null) {
    const why = titled(t, i18n.language, t(`failure.${failure}.title`), [
      t(`failure.${failure}.next`),
    ])
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={why} testId="verdict" />
  }
  const isDone = receipt.outcome === 'done'
  return (
    <>
      <ToneBanner
        tone={isDone ? toneOf(receipt) : 'stop'}
        word={isDone ? word : t('verdict.stop')}
        detail={isDone ? detail : ''}
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}

function useDone({ said, libraryOf, libraries }: RuleVerdictProps) {
  const { t, i18n } = useTranslation()
  if (said === null || said.receipt === null) return { word: '', detail: '' }
  const nameOf = (calendarId: string): string => {
    const library = libraryOf(calendarId)
    return library === null ? '' : named({ language: i18n.language }, library)
  }
  switch (said.kind) {
    case 'policy.set-line':
    case 'policy.remove-line': {
      const { line, version } = said.receipt.summary
      const word = t(said.kind === 'policy.set-line' ? 'rules.saved' : 'rules.removed')
      return { word, detail: t('rules.savedDetail', { line, version }) }
    }
    case 'calendar.close-days':
    case 'calendar.reopen-days': {
      const { calendar, daysCount } = said.receipt.summary
      const word = t(said.kind === 'calendar.close-days' ? 'rules.closed' : 'rules.reopened')
      const library = nameOf(calendar)
      return { word, detail: t('rules.daysDone', { library, count: daysCount }) }
    }
    case 'calendar.set-hours': {
      const { calendar, weekday } = said.receipt.summary
      const day = t(`rules.weekday.d${weekday as 1}`)
      const detail = t('rules.hoursSavedDetail', { library: nameOf(calendar), weekday: day })
      return { word: t('rules.hoursSaved'), detail }
    }
    case 'library.set-bins': {
      const { library, binsCount } = said.receipt.summary
      const of = libraries.find(({ id }) => id === library)
      const name = of === undefined ? '' : named({ language: i18n.language }, of)
      const detail = t('rules.bins.savedDetail', { library: name, count: binsCount })
      return { word: t('rules.bins.saved'), detail }
    }
  }
}
