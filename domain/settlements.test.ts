import { describe, expect, test } from 'vitest'

import { aLoan, anException, anItem } from '../test/builders/city.ts'
import { ExceptionKind } from './records.ts'
import type { Item, Loan } from './records.ts'
import { Settlement, isBinding, settlementsFor, severityByKind } from './settlements.ts'

interface Given {
  readonly item?: Item
  readonly openLoansOfItem?: readonly Loan[]
  readonly printedOn?: string
}

function fits(kind: ExceptionKind, { item, openLoansOfItem = [], printedOn }: Given = {}) {
  const params: Record<string, string> = printedOn === undefined ? {} : { printedOn }
  const evidence = {
    staffId: 'staff-lin',
    factsAgeMs: 0,
    policyVersion: 1,
    baseCursor: 0,
    isClockSuspect: false,
    findings: [{ code: 'already-on-loan-to-reader', rule: 'L8', params }],
    other: null,
  }
  return settlementsFor(anException({ kind, evidence }), { item: item ?? null, openLoansOfItem })
}

describe('E3 what fits', () => {
  const onShelf = anItem()
  const rows: [says: string, kind: ExceptionKind, given: Given, fits: Settlement[]][] = [
    [
      'a hold stands',
      'hold-bypassed',
      { item: anItem({ heldForReaderId: 'r' }) },
      ['waiting-reader-first', 'hold-released'],
    ],
    ['the hold is gone', 'hold-bypassed', { item: onShelf }, ['accepted']],
    [
      'a later slip',
      'open-loan-same',
      { openLoansOfItem: [aLoan()], printedOn: '2027-01-01' },
      ['later-date', 'accepted'],
    ],
    [
      'an earlier slip',
      'open-loan-same',
      { openLoansOfItem: [aLoan()], printedOn: '2026-01-01' },
      ['accepted'],
    ],
    ['a slip of a loan that is over', 'open-loan-same', { printedOn: '2027-01-01' }, ['accepted']],
    [
      'withdrawn and back in hand',
      'item-lost-or-withdrawn',
      { item: onShelf },
      ['accepted', 'withdrawn-again'],
    ],
    [
      'withdrawn and with its reader',
      'item-lost-or-withdrawn',
      { item: anItem({ openLoanId: 'loan-1' }) },
      ['accepted', 'reader-contacted'],
    ],
    [
      'a placeholder',
      'unknown-item',
      { item: anItem({ isPlaceholder: true }) },
      ['bound', 'accepted'],
    ],
    ['bound by another way', 'unknown-item', { item: onShelf }, ['accepted']],
    ['an edit that this program cannot read', 'edit-conflict', {}, ['accepted']],
    ['a fork', 'device-fork', {}, ['desk-checked']],
    ['F6 money too much', 'fee-settled-twice', {}, ['excess-returned', 'accepted']],
  ]
  test.each(rows)('%s', (_says, kind, given, expected) => {
    expect(fits(kind, given)).toEqual(expected)
  })

  test.each(ExceptionKind.options)('%s: has a way out, each named once, and a severity', (kind) => {
    const ways = fits(kind)
    expect(ways.length).toBeGreaterThan(0)
    expect(new Set(ways).size).toBe(ways.length)
    expect(Settlement.array().parse(ways)).toEqual(ways)
    expect(severityByKind[kind]).toMatch(/^(?:urgent|soon|whenever)$/)
  })

  test('what binds asks for a label, and is no choice of exception.settle', () => {
    expect(Settlement.options.filter(isBinding)).toEqual(['wrong-barcode', 'bound'])
  })
})
