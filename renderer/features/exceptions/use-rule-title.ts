/** What an exception about a rule of the city is called: the line, or whose calendar. */
import { useTranslation } from 'react-i18next'
import { editedRule } from '../../../domain/edited-rule.ts'
import type { LedgerException } from '../../../domain/records.ts'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { named } from '../../app/rule-words.ts'

/** Null where it is about something else. */
export function useRuleTitle(): (exception: LedgerException) => string | null {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  return (exception) => {
    const rule = editedRule(exception)
    if (rule === null) return null
    if (rule.is === 'line') return t('exceptions.ofLine', { name: rule.id })
    const branch = places?.branches.find(({ calendarId }) => calendarId === rule.id)
    const libraryId = rule.is === 'sorter' ? rule.id : branch?.libraryId
    const found = places?.libraries.find(({ id }) => id === libraryId)
    const library = found === undefined ? rule.id : named(i18n, found)
    return t(rule.is === 'sorter' ? 'exceptions.ofSorter' : 'exceptions.ofCalendar', { library })
  }
}
