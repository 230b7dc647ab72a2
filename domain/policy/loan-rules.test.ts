import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { aPolicy } from '../../test/builders/city.ts'
import { termsFor } from './loan-rules.ts'
import type { LoanCase } from './loan-rules.ts'
import type { LoanRule } from './policy-shapes.ts'

const book: LoanCase = {
  readerCategory: 'lidu',
  itemType: 'book',
  audience: 'general',
  ownerLibraryId: '044005',
  lendingLibraryId: '044005',
  isRenewal: false,
}
const nanshan = { ...book, lendingLibraryId: '044006' }
const shenzhen = (on: LoanCase) => termsFor(aPolicy(), on)

const silent = {
  readerCategory: null,
  itemType: null,
  ownerLibraryId: null,
  lendingLibraryId: null,
  audience: null,
  isRenewal: null,
  loanHours: null,
  latestDueOn: null,
  endsWithCard: null,
  graceDays: null,
  loanDays: null,
  renewalsMax: null,
  renewalDays: null,
  overdueFenPerDay: null,
  overdueMaxFen: null,
  overdueFenPerHour: null,
}
const line = (id: string, parts: Partial<LoanRule>): LoanRule => ({ ...silent, ...parts, id })
const termsOf = (rules: LoanRule[], on: LoanCase = book) =>
  termsFor(aPolicy({ loanRules: rules }), on)

describe('the policy of Shenzhen', () => {
  it.each([
    ['P1 a book', book, 31, 1, 31, 'city-default'],
    ['P1 a periodical', { ...book, itemType: 'periodical' }, 21, 0, 31, 'periodical-21'],
    ['P1 a disc', { ...book, itemType: 'av' }, 21, 0, 31, 'av-21'],
    ['P1 braille', { ...book, itemType: 'braille' }, 60, 0, 31, 'braille-60'],
    ['P1 lent in Nanshan', nanshan, 30, 1, 30, 'nanshan-30'],
    [
      'P1 braille in Nanshan: what is lent weighs more than where',
      { ...nanshan, itemType: 'braille' },
      60,
      0,
      30,
      'braille-60',
    ],
    ['P1 an institution', { ...book, readerCategory: 'institution' }, 90, 1, 90, 'institution-90'],
    [
      'P1 an institution in Nanshan',
      { ...nanshan, readerCategory: 'institution' },
      90,
      1,
      90,
      'institution-90',
    ],
  ])('%s', (_says, on, loanDays, renewalsMax, renewalDays, lines) => {
    const terms = shenzhen(on)
    expect(terms).toMatchObject({ loanDays, renewalsMax, renewalDays })
    expect(terms.lines[0]).toBe(lines)
  })

  it('P2 what a line leaves open comes from the next best, and P3 each line is named', () => {
    expect(shenzhen({ ...nanshan, itemType: 'av' })).toMatchObject({
      loanDays: 21,
      loanHours: 0,
      latestDueOn: null,
      endsWithCard: false,
      graceDays: 0,
      renewalsMax: 0,
      renewalDays: 30,
      overdueFenPerDay: 30,
      overdueMaxFen: 1000,
      overdueFenPerHour: 0,
      lines: ['av-21', 'nanshan-30', 'city-default'],
      lineOf: {
        loanDays: 'av-21',
        renewalsMax: 'av-21',
        renewalDays: 'nanshan-30',
        overdueFenPerDay: 'city-default',
        overdueMaxFen: 'city-default',
        graceDays: '',
      },
    })
  })
})

describe('which line speaks', () => {
  it('P1 nobody speaks: nothing is lent, nothing costs', () => {
    expect(termsOf([line('other', { itemType: 'av', loanDays: 7 })])).toMatchObject({
      loanDays: null,
      loanHours: 0,
      latestDueOn: null,
      endsWithCard: false,
      graceDays: 0,
      renewalsMax: 0,
      renewalDays: 0,
      overdueFenPerDay: 0,
      overdueMaxFen: 0,
      overdueFenPerHour: 0,
      lines: [],
    })
  })

  it('P1 of two equals, the first in the policy', () => {
    const [one, other] = [line('a', { loanDays: 5 }), line('b', { loanDays: 6 })]
    expect(termsOf([one, other]).loanDays).toBe(5)
    expect(termsOf([other, one]).loanDays).toBe(6)
  })

  it('P1 the order of the lines decides nothing but ties of equal weight', () => {
    const rules = aPolicy().loanRules
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (shuffled) => {
        for (const itemType of ['book', 'av', 'braille', 'periodical']) {
          for (const readerCategory of ['lidu', 'institution']) {
            for (const on of [book, nanshan]) {
              const asked = { ...on, itemType, readerCategory }
              expect(termsOf(shuffled, asked)).toEqual(termsOf(rules, asked))
            }
          }
        }
      }),
    )
  })

  it('P4 a line for renewals, or for children\u2019s books, speaks of nothing else', () => {
    const rules = [
      line('first', { isRenewal: false, loanDays: 31, overdueFenPerDay: 30 }),
      line('again', { isRenewal: true, renewalDays: 14, overdueFenPerDay: 50 }),
      line('child', { audience: 'juvenile', graceDays: 3 }),
    ]
    expect(termsOf(rules).overdueFenPerDay).toBe(30)
    expect(termsOf(rules, { ...book, isRenewal: true })).toMatchObject({
      loanDays: null,
      renewalDays: 14,
      overdueFenPerDay: 50,
      graceDays: 0,
    })
    expect(termsOf(rules, { ...book, audience: 'juvenile' }).graceDays).toBe(3)
  })

  it('P2 zero is a value, not silence', () => {
    const rules = [
      line('in-house', { itemType: 'book', loanDays: 0 }),
      line('all', { loanDays: 31 }),
    ]
    expect(termsOf(rules)).toMatchObject({ loanDays: 0, lines: ['in-house'] })
  })

  it('P1 naming one more of item, reader, renewal, audience, place, owner always wins over naming less of it', () => {
    const columns = [
      'itemType',
      'readerCategory',
      'isRenewal',
      'audience',
      'lendingLibraryId',
      'ownerLibraryId',
    ] as const
    fc.assert(
      fc.property(fc.subarray([...columns]), fc.constantFrom(...columns), (named, added) => {
        fc.pre(!named.includes(added))
        const naming = (names: readonly (keyof LoanCase)[]) =>
          Object.fromEntries(names.map((name) => [name, book[name]]))
        const less = line('less', { ...naming(named), loanDays: 1 })
        const more = line('more', { ...naming([...named, added]), loanDays: 2 })
        expect(termsOf([less, more]).lines).toEqual(['more'])
        expect(termsOf([more, less]).lines).toEqual(['more'])
      }),
    )
  })
})
