import { describe, expect, test } from 'vitest'

import { BRANCH, NOW, TODAY, aLoan, aPolicy, aReader, anItem } from '../test/builders/city.ts'
import { answering, decideOn, recordOn } from '../test/builders/decide.ts'
import { put } from './change.ts'
import { alert, heaviest, impossible, note, openOverrides, override } from './operation.ts'
import type { Decision, Finding, Override } from './operation.ts'
import type { Role } from './policy/roles.ts'
import { allowedOverrides, judge, withFactsAge } from './verdict.ts'

const about = { itemId: null, readerId: null, loanId: null, otherLoanId: null }
const deciding = (...findings: Finding[]): Decision => ({
  findings,
  changes: [],
  summary: null,
  about,
})
const limit = override('item-limit-reached', 'L6', { permission: 'override-limits' })
const block = override('reader-blocked', 'L4', { permission: 'override-blocks' })
const debt = override('debt-above-limit', 'L13', {
  permission: 'override-limits',
  needsSecondPerson: true,
})

describe('the verdict', () => {
  test.each([
    ['nothing said', deciding(), [], 'may-be-done'],
    [
      'alerts and notes',
      deciding(alert('item-was-lost', 'L11'), note('item-damaged', 'L12')),
      [],
      'may-be-done',
    ],
    ['an override open', deciding(limit), [], 'needs-override'],
    [
      'one of two answered',
      deciding(limit, block),
      answering('item-limit-reached'),
      'needs-override',
    ],
    [
      'both answered',
      deciding(limit, block),
      answering('item-limit-reached', 'reader-blocked'),
      'may-be-done',
    ],
    [
      'impossible, whatever was answered',
      deciding(impossible('card-lost', 'L5'), limit),
      answering('card-lost', 'item-limit-reached'),
      'refused',
    ],
  ] as const)('%s', (_says, decision, overrides, verdict) => {
    expect(judge(decision, overrides)).toBe(verdict)
  })

  test('the heaviest finding leads', () => {
    expect(heaviest([note('facts-old', 'L19'), limit, alert('item-was-lost', 'L11')])).toBe(
      'override',
    )
    expect(heaviest([])).toBeNull()
  })

  test('an answer to what nobody asked opens nothing', () => {
    expect(openOverrides([limit], answering('reader-blocked'))).toEqual([limit])
  })
})

describe('overrides that count', () => {
  const roles: Record<string, Role> = {
    head: 'branch-head',
    clerk: 'circulation',
    cat: 'cataloguer',
  }
  const roleOf = (own: Role) => (approvedBy: string | null) =>
    approvedBy === null ? own : (roles[approvedBy] ?? null)
  const given = (code: string, approvedBy: string | null): Override => ({
    code,
    reason: '已核实',
    approvedBy,
  })

  const rows: [says: string, finding: Finding, given: Override, own: Role, counts: boolean][] = [
    ['L6 by staff with the right', limit, given(limit.code, null), 'circulation', true],
    ['L6 by staff without it', limit, given(limit.code, null), 'cataloguer', false],
    [
      'L4 circulation staff may not lift a block',
      block,
      given(block.code, null),
      'circulation',
      false,
    ],
    ['L4 the branch head may', block, given(block.code, null), 'branch-head', true],
    [
      'L4 the branch head, asked by circulation staff',
      block,
      given(block.code, 'head'),
      'circulation',
      true,
    ],
    [
      'L4 a second person without the right',
      block,
      given(block.code, 'clerk'),
      'circulation',
      false,
    ],
    [
      'L4 the second person answers, not the first',
      block,
      given(block.code, 'clerk'),
      'branch-head',
      false,
    ],
    ['L4 a person nobody knows', block, given(block.code, 'ghost'), 'branch-head', false],
    ['L13 alone where two are needed', debt, given(debt.code, null), 'branch-head', false],
    ['L13 with a second person', debt, given(debt.code, 'clerk'), 'circulation', true],
    ['L6 of another finding', limit, given(block.code, null), 'branch-head', false],
    [
      'L5 what nobody may override',
      impossible('card-lost', 'L5'),
      given('card-lost', null),
      'branch-head',
      false,
    ],
  ]
  test.each(rows)('%s', (_says, finding, one, own, counts) => {
    expect(allowedOverrides([finding], [one], roleOf(own))).toEqual(counts ? [one] : [])
  })
})

describe('an override given without the right', () => {
  const records = [
    put('item', anItem()),
    put('reader', aReader({ blockedUntilOn: TODAY, blockedFor: ['lend'] })),
  ]
  const lending = { barcode: anItem().barcode, card: aReader().cardNumber, dueOn: null }

  /** As the server does: first hear what is claimed, then record with what counts. */
  function recordedBy(role: Role) {
    const claimed = answering('reader-blocked')
    const { findings } = decideOn(records, 'loan.check-out', lending, {
      mode: 'record',
      isCity: true,
      overrides: claimed,
    })
    const overrides = allowedOverrides(findings, claimed, () => role)
    return recordOn(records, 'loan.check-out', lending, { overrides })
  }

  test('L4 is passed over: the loan stands and an exception opens', () => {
    const recorded = recordedBy('circulation')
    expect(recorded.exceptions.map(({ kind, rules }) => [kind, rules])).toEqual([
      ['reader-blocked', ['L4']],
    ])
    expect(recorded.changes).toHaveLength(4)
  })

  test('L4 given with the right, no exception opens', () => {
    expect(recordedBy('branch-head').outcome).toBe('applied')
  })
})

describe('the exceptions of one fact', () => {
  test('L4, L5 rules of one kind are one exception that quotes each', () => {
    const reader = aReader({
      blockedUntilOn: TODAY,
      blockedFor: ['lend'],
      cardState: 'lost',
      expiresOn: '2026-01-01',
    })
    const { exceptions } = recordOn(
      [put('item', anItem()), put('reader', reader)],
      'loan.check-out',
      {
        barcode: anItem().barcode,
        card: reader.cardNumber,
        dueOn: null,
      },
    )
    expect(exceptions.map(({ id, rules }) => [id, rules])).toEqual([
      ['desk-a.1.1.x-reader-blocked', ['L5', 'L4']],
      ['desk-a.1.1.x-rule-broken', ['L3']],
    ])
    expect(exceptions[0]).toMatchObject({
      branchId: BRANCH,
      happenedAt: NOW,
      openedAt: NOW + 60_000,
    })
  })

  test('I22 an operation that breaks nothing opens none', () => {
    const records = [
      put('item', anItem()),
      put('reader', aReader()),
      put('loan', aLoan({ returnedAt: 9 })),
    ]
    const lending = { barcode: anItem().barcode, card: aReader().cardNumber, dueOn: null }
    expect(recordOn(records, 'loan.check-out', lending)).toMatchObject({
      outcome: 'applied',
      exceptions: [],
    })
  })
})

describe('how old the facts are', () => {
  const DAY = 24 * 3_600_000
  const aged = (factsAgeMs: number, ...findings: Finding[]) =>
    withFactsAge(deciding(...findings), { policy: aPolicy() }, { factsAgeMs }).findings

  test('L19 a day old is fresh; from then on every answer says so', () => {
    expect(aged(DAY)).toEqual([])
    expect(aged(DAY + 1)).toEqual([note('facts-old', 'L19', { params: { hours: 24 } })])
    expect(aged(3 * DAY, limit).map(({ code }) => code)).toEqual([limit.code, 'facts-old'])
  })

  test('L19, R13 what has been said is not said twice', () => {
    const said = alert('facts-too-old', 'R13', { params: { hours: 200 } })
    expect(aged(9 * DAY, said)).toEqual([said])
  })
})
