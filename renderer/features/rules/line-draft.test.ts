import { expect, test } from 'vitest'

import { shenzhenPolicy } from '../../../domain/policy/shenzhen.ts'
import { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { dateFromText } from '../../ui/date-text.ts'
import { draftOf, lineOfDraft } from './line-draft.ts'

const dateOf = (text: string) => {
  const date = dateFromText(text)
  return date === null ? null : CalendarDate.parse(date)
}
const [general, periodical] = shenzhenPolicy.loanRules
if (general === undefined || periodical === undefined) throw new Error('the policy has lines')

test.each(shenzhenPolicy.loanRules.map((line) => [line.id, line] as const))(
  '%s is the same after it was typed',
  (_id, line) => {
    expect(lineOfDraft(draftOf(line), dateOf)).toEqual({ line, wrong: null })
  },
)

test('money is typed in yuan, days as people write them', () => {
  const draft = { ...draftOf(periodical), overdueFenPerDay: '0.3', fromOn: '2026年12月1日' }
  expect(lineOfDraft(draft, dateOf).line).toMatchObject({
    overdueFenPerDay: 30,
    fromOn: '2026-12-01',
  })
})

test.each([
  ['loanDays', '三十'],
  ['loanDays', '99999'],
  ['overdueFenPerDay', '-1'],
  ['fromOn', '2026-02-30'],
] as const)('%s %s is said to be wrong', (field, text) => {
  const draft = { ...draftOf(general), [field]: text }
  expect(lineOfDraft(draft, dateOf)).toEqual({ line: null, wrong: field })
})

test('a name that is still empty is no mistake yet', () => {
  expect(lineOfDraft({ ...draftOf(general), id: ' ' }, dateOf)).toEqual({ line: null, wrong: null })
})
