import { expect, test } from 'vitest'
import { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { dueByPolicy, dueChoiceSlice, dueChosen, dueTaken } from './due-choice.ts'
import type { DueChoiceState } from './due-choice.ts'

const { reducer } = dueChoiceSlice
const dueOn = CalendarDate.parse('2026-12-01')
const begun = (state: DueChoiceState, rowId: string, visitId = 'visit-1') =>
  reducer(state, dueTaken({ rowId, visitId }))
const chosen = (reach: 'item' | 'visit') =>
  reducer(undefined, dueChosen({ dueOn, reach, visitId: 'visit-1' }))

test('L32 for one item: the next one takes it, and keeps it while it is asked about', () => {
  const one = begun(chosen('item'), 'row-1')
  expect(one).toEqual({ choice: null, byRow: { 'row-1': dueOn } })
  expect(begun(one, 'row-1')).toEqual(one)
  expect(begun(one, 'row-2').byRow).toEqual({ 'row-1': dueOn })
})

test('L32 for the visit: each item of it, and none of the next reader', () => {
  const two = begun(begun(chosen('visit'), 'row-1'), 'row-2')
  expect(two.byRow).toEqual({ 'row-1': dueOn, 'row-2': dueOn })
  expect(begun(two, 'row-3', 'visit-2').byRow).not.toHaveProperty('row-3')
})

test('L32 by the policy again', () => {
  const by = reducer(chosen('visit'), dueByPolicy())
  expect(begun(by, 'row-1').byRow).toEqual({})
})
