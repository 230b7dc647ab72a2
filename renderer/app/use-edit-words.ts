/** What each of two desks wrote, in words: a line of the policy is kept as text for programs. */
import { useTranslation } from 'react-i18next'
import type { Edit } from '../../domain/edit-conflict.ts'
import { lineOfText } from '../../domain/policy/rule-lines.ts'
import { useBranchesQuery, usePolicyQuery } from './desk-api.ts'
import { aboutWords, sayWords } from './rule-words.ts'
import { titled } from './words.ts'

/** Null is no text: an empty field, a line that was taken out. */
export function useEditWords(): (edit: Edit, side: 'mine' | 'theirs') => string | null {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const { data: policy } = usePolicyQuery({})
  return (edit, side) => {
    const text = edit[side]
    const line = edit.record === 'policy' && text !== null ? lineOfText(text) : null
    if (line === null) return text
    const words = {
      t,
      language: i18n.language,
      libraries: places?.libraries ?? [],
      categories: policy?.readerCategories ?? [],
    }
    const about = aboutWords(words, line)
    const from = line.fromOn === null ? [] : [t('rules.from', { date: line.fromOn })]
    return titled(t, i18n.language, line.id, [
      [...(about.length === 0 ? [t('rules.any')] : about), ...from, ...sayWords(words, line)].join(
        ' · ',
      ),
    ])
  }
}
