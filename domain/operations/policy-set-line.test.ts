import { describe, expect, test } from 'vitest'

import { TODAY, aPolicy, anException } from '../../test/builders/city.ts'
import {
  aShelf,
  applyTo,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { termsFor } from '../policy/loan-rules.ts'
import type { LoanRule } from '../policy/policy-shapes.ts'
import { shenzhenPolicy } from '../policy/shenzhen.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { operationOf } from './index.ts'

const head = { role: 'branch-head' } as const
const lineOf = (id: string): LoanRule => {
  const found = shenzhenPolicy.loanRules.find((one) => one.id === id)
  if (found === undefined) throw new Error(id)
  return found
}
const av = lineOf('av-21')
const general = lineOf('city-default')
const fresh: LoanRule = { ...av, id: '成人光盘', audience: 'adult', loanDays: 14 }

const lines = (shelf: ReturnType<typeof aShelf>) =>
  new Map(rowOf(shelf, 'policy', 'city')?.loanRules.map((one) => [one.id, one]))

describe('policy.set-line', () => {
  test('P9 a new line counts from then on, and the policy is a version further', () => {
    const shelf = aShelf([])
    const { summary } = performOn(shelf, 'policy.set-line', { line: fresh, from: null }, head)
    expect(summary).toEqual({ line: '成人光盘', version: 2 })
    const policy = rowOf(shelf, 'policy', 'city')
    expect(policy?.version).toBe(2)
    const on = {
      readerCategory: 'lidu',
      itemType: 'av',
      audience: 'adult',
      ownerLibraryId: '044005',
      lendingLibraryId: '044005',
      isRenewal: false,
    }
    expect(termsFor(policy ?? aPolicy(), on, TODAY)).toMatchObject({ loanDays: 14 })
  })

  test('P9 a line is changed in its place', () => {
    const shelf = aShelf([])
    performOn(shelf, 'policy.set-line', { line: { ...av, loanDays: 14 }, from: av }, head)
    expect(lines(shelf).get('av-21')?.loanDays).toBe(14)
    expect(lines(shelf).size).toBe(shenzhenPolicy.loanRules.length)
  })

  test('P9 what is written already changes nothing', () => {
    expect(decideOn([], 'policy.set-line', { line: av, from: null }, head)).toMatchObject({
      findings: [],
      changes: [],
      summary: { version: 1 },
    })
  })

  const later = CalendarDate.parse('2026-12-01')
  test.each([
    ['P7 the same case', { ...av, id: 'av-14', loanDays: 14 }, null, 'P7 line-tie'],
    ['P7 no such library', { ...fresh, lendingLibraryId: '999' }, null, 'P7 line-names-unknown'],
    ['P7 no such category', { ...fresh, readerCategory: 'vip' }, null, 'P7 line-names-unknown'],
    [
      'P7 nothing said',
      { ...fresh, loanDays: null, renewalsMax: null },
      null,
      'P7 line-says-nothing',
    ],
    [
      'P8 a day that is past',
      { ...fresh, fromOn: CalendarDate.parse('2026-11-21') },
      null,
      'P8 line-from-past',
    ],
    [
      'P9 another line by now',
      { ...av, loanDays: 14 },
      { ...av, loanDays: 20 },
      'P9 line-changed-meanwhile',
    ],
    [
      'P10 the general line narrowed',
      { ...general, itemType: 'book' },
      general,
      'P10 line-is-ground',
    ],
    [
      'P10 the general line without a period',
      { ...general, loanDays: null },
      general,
      'P10 line-is-ground',
    ],
  ])('%s is refused', (_says, line, from, why) => {
    expect(said(decideOn([], 'policy.set-line', { line, from }, head))).toEqual([
      `impossible ${why}`,
    ])
  })

  test('P8 the same match from a later day is another line, and an empty one ends the earlier', () => {
    const line = { ...av, id: 'av-from-december', fromOn: later, loanDays: null, renewalsMax: null }
    expect(decideOn([], 'policy.set-line', { line, from: null }, head).findings).toEqual([])
  })

  test('P7 a name too long for the slip of a conflict is not taken', () => {
    const line = { ...fresh, id: '长'.repeat(41) }
    expect(operationOf('policy.set-line').payload.safeParse({ line, from: null }).success).toBe(
      false,
    )
  })

  test('E9, P9 two desks change one line: the first stays, a person sees both and chooses', () => {
    const shelf = aShelf([])
    const mine = { ...av, loanDays: 14 }
    performOn(
      shelf,
      'policy.set-line',
      { line: { ...av, loanDays: 28 }, from: av },
      { ...head, operationId: 'desk-a.1.1' },
    )
    const { outcome, exceptions } = recordOn(
      shelf,
      'policy.set-line',
      { line: mine, from: av },
      { ...head, operationId: 'desk-b.1.1' },
    )
    expect(outcome).toBe('applied-with-exception')
    const [opened] = exceptions
    expect(opened?.kind).toBe('edit-conflict')
    expect(lines(shelf).get('av-21')?.loanDays).toBe(28)
    applyTo(
      shelf,
      exceptions.map((one) => put('exception', one)),
    )
    const settle = { exception: opened?.id, settlement: 'keep-mine', comment: null }
    performOn(shelf, 'exception.settle', settle, { ...head, operationId: 'desk-a.1.2' })
    expect(lines(shelf).get('av-21')).toEqual(mine)
    expect(rowOf(shelf, 'policy', 'city')?.version).toBe(3)
  })

  test('E9, P7 two desks write one case under two names: chosen, the other gives way', () => {
    const shelf = aShelf([])
    const theirs = { ...fresh, id: '光盘成人' }
    performOn(shelf, 'policy.set-line', { line: theirs, from: null }, head)
    const { exceptions } = recordOn(
      shelf,
      'policy.set-line',
      { line: fresh, from: null },
      { ...head, operationId: 'desk-b.1.1' },
    )
    applyTo(
      shelf,
      exceptions.map((one) => put('exception', one)),
    )
    const settle = { exception: exceptions[0]?.id, settlement: 'keep-mine', comment: null }
    performOn(shelf, 'exception.settle', settle, { ...head, operationId: 'desk-a.1.2' })
    expect([...lines(shelf).keys()]).toContain('成人光盘')
    expect([...lines(shelf).keys()]).not.toContain('光盘成人')
  })

  test('E9 two desks change two lines: both stand', () => {
    const shelf = aShelf([])
    performOn(shelf, 'policy.set-line', { line: { ...av, loanDays: 28 }, from: av }, head)
    const periodical = lineOf('periodical-21')
    performOn(
      shelf,
      'policy.set-line',
      { line: { ...periodical, loanDays: 7 }, from: periodical },
      { ...head, operationId: 'desk-b.1.1' },
    )
    expect(lines(shelf).get('av-21')?.loanDays).toBe(28)
    expect(lines(shelf).get('periodical-21')?.loanDays).toBe(7)
  })
})

test('E9 an edit of a newer program is not written by this one', () => {
  const shelf = aShelf([
    put(
      'exception',
      anException({
        kind: 'edit-conflict',
        evidence: {
          staffId: 'staff-lin',
          factsAgeMs: 0,
          policyVersion: 1,
          baseCursor: 0,
          isClockSuspect: false,
          findings: [
            {
              code: 'edited-elsewhere',
              rule: 'E9',
              params: {
                record: 'policy',
                id: 'av-21',
                field: 'loanRules',
                mine: '{"id":"av-21","itemType":"av","tides":"high"}',
                theirs: '',
              },
            },
          ],
          other: null,
        },
      }),
    ),
  ])
  const settle = { exception: anException().id, settlement: 'keep-mine', comment: null }
  performOn(shelf, 'exception.settle', settle, head)
  expect(lines(shelf).get('av-21')).toEqual(av)
})
