import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { TODAY, aPolicy } from '../../test/builders/city.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { termsFor } from './loan-rules.ts'
import type { LoanCase } from './loan-rules.ts'
import type { LoanRule } from './policy-shapes.ts'
import { matchColumns, tieIn } from './rule-lines.ts'
import { shenzhenPolicy } from './shenzhen.ts'

const book: LoanCase = {
  readerCategory: 'lidu',
  itemType: 'book',
  audience: 'general',
  ownerLibraryId: '044005',
  lendingLibraryId: '044005',
  isRenewal: false,
}
const nanshan = { ...book, lendingLibraryId: '044006' }
const shenzhen = (on: LoanCase) => termsFor(aPolicy(), on, TODAY)

const silent = {
  readerCategory: null,
  itemType: null,
  ownerLibraryId: null,
  lendingLibraryId: null,
  audience: null,
  isRenewal: null,
  fromOn: null,
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
const termsOf = (rules: LoanRule[], on: LoanCase = book, date = TODAY) =>
  termsFor({ ...shenzhenPolicy, loanRules: rules }, on, date)

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

  const anyLine = fc.record({
    itemType: fc.constantFrom(null, 'book', 'av'),
    readerCategory: fc.constantFrom(null, 'lidu', 'staff'),
    isRenewal: fc.constantFrom(null, true, false),
    audience: fc.constantFrom(null, 'general' as const, 'juvenile' as const),
    lendingLibraryId: fc.constantFrom(null, '044005', '044006'),
    ownerLibraryId: fc.constantFrom(null, '044005', '044006'),
    fromOn: fc.constantFrom(
      null,
      ...['2026-11-01', '2026-11-22', '2027-01-01'].map((on) => CalendarDate.parse(on)),
    ),
    loanDays: fc.option(fc.integer({ min: 0, max: 60 })),
    renewalsMax: fc.option(fc.integer({ min: 0, max: 3 })),
    overdueFenPerDay: fc.option(fc.integer({ min: 0, max: 100 })),
  })
  const anyLines = fc
    .array(anyLine, { maxLength: 24 })
    .map((all) => all.map((parts, index) => line(`line-${index}`, parts)))

  it('P1 the order of the rows decides nothing, whatever the lines say', () => {
    fc.assert(
      fc.property(
        anyLines.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          for (const on of [book, nanshan, { ...book, isRenewal: true }]) {
            expect(termsOf(shuffled, on)).toEqual(termsOf(all, on))
          }
        },
      ),
    )
  })

  it('P7 where nothing ties, every value comes from the one line that is most specific', () => {
    fc.assert(
      fc.property(anyLines, (all) => {
        const lines = all.filter((one, at) => tieIn([...all.slice(0, at), one]) === null)
        const speaking = lines.filter(
          (one) =>
            (one.fromOn === null || one.fromOn <= TODAY) &&
            matchColumns.every((column) => one[column] === null || one[column] === book[column]),
        )
        const named = (one: LoanRule) =>
          matchColumns.map((column) => (one[column] === null ? '0' : '1')).join('')
        const inForce = speaking.filter((one) =>
          speaking.every(
            (other) => named(other) !== named(one) || (other.fromOn ?? '') <= (one.fromOn ?? ''),
          ),
        )
        expect(new Set(inForce.map(named)).size).toBe(inForce.length)
        const best = inForce
          .filter((one) => one.loanDays !== null)
          .toSorted((one, other) => (named(one) < named(other) ? 1 : -1))[0]
        expect(termsOf(lines).loanDays).toBe(best?.loanDays ?? null)
      }),
    )
  })

  it('P7 a policy with two lines of one match, or of one name, has a tie; Shenzhen\u2019s has none', () => {
    const [one, other] = [line('a', { loanDays: 5 }), line('b', { loanDays: 6 })]
    expect(tieIn([one, other])).toEqual([one, other])
    expect(tieIn([one, { ...other, fromOn: TODAY }])).toBeNull()
    expect(tieIn([one, line('a', { itemType: 'av', loanDays: 6 })])).not.toBeNull()
    expect(tieIn(shenzhenPolicy.loanRules)).toBeNull()
  })

  it('P8 from its day on a line stands in the place of the earlier one of the same match', () => {
    const rules = [
      line('old', { loanDays: 31, overdueFenPerDay: 30 }),
      line('new', { loanDays: 28, fromOn: CalendarDate.parse('2026-12-01') }),
    ]
    expect(termsOf(rules, book, CalendarDate.parse('2026-11-30'))).toMatchObject({
      loanDays: 31,
      lines: ['old'],
    })
    // What the new line does not say, the one that it replaced says no more.
    expect(termsOf(rules, book, CalendarDate.parse('2026-12-01'))).toMatchObject({
      loanDays: 28,
      overdueFenPerDay: 0,
      lines: ['new'],
    })
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
