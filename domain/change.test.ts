import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { aLoan, aReader, aTitle, anItem, theCity } from '../test/builders/city.ts'
import {
  Change,
  applyChange,
  inverseOf,
  joined,
  keyOfChange,
  kindOfChange,
  patch,
  put,
  remove,
  stillStands,
} from './change.ts'
import type { Reader } from './records.ts'

const count = fc.integer({ min: -1000, max: 1000 })
const text = fc.string({ maxLength: 8 })
const fields = fc.record(
  {
    name: text,
    phone: fc.option(text),
    note: fc.option(text),
    cardState: fc.constantFrom('valid', 'lost', 'closed'),
    feesOwedFen: count,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<Omit<Reader, 'id'>>>
const differences = fc.record({ openLoansCount: count, feesOwedFen: count }, { requiredKeys: [] })
const readers = fields.map((parts): Reader => ({ ...aReader(), ...parts }))
const maybeReader = fc.option(readers)
/** Any change of reader-1. */
const changes: fc.Arbitrary<Change> = fc.oneof(
  readers.map((row) => put('reader', row)),
  fc.tuple(fields, differences).map(([set, add]) => patch('reader', 'reader-1', set, add)),
  fc.constant(remove('reader', 'reader-1')),
)

describe('a change', () => {
  it('is taken back by its inverse, whatever it was', () => {
    fc.assert(
      fc.property(maybeReader, changes, (before, change) => {
        const after = applyChange(before, change)
        expect(applyChange(after, inverseOf(change, before))).toEqual(before)
      }),
    )
  })

  it('is taken back by its inverse after others moved the counters, which keep what they added', () => {
    fc.assert(
      fc.property(readers, fields, differences, differences, (before, set, add, others) => {
        const { feesOwedFen: _set, ...named } = set
        const change = patch('reader', before.id, named, add)
        const between = patch('reader', before.id, {}, others)
        const after = [change, between, inverseOf(change, before)].reduce(applyChange, before)
        expect(after).toEqual(applyChange(before, between))
      }),
    )
  })

  it('a row of changes is taken back by their inverses, the last first', () => {
    fc.assert(
      fc.property(maybeReader, fc.array(changes, { maxLength: 6 }), (before, made) => {
        const inverses: Change[] = []
        let row = before
        for (const change of made) {
          inverses.push(inverseOf(change, row))
          row = applyChange(row, change) as Reader | null
        }
        expect(
          inverses.toReversed().reduce(applyChange, row as Parameters<typeof applyChange>[0]),
        ).toEqual(before)
      }),
    )
  })

  it('never touches the row it was given', () => {
    fc.assert(
      fc.property(readers, changes, (before, change) => {
        const kept = structuredClone(before)
        applyChange(before, change)
        expect(before).toEqual(kept)
      }),
    )
  })

  it('I19 a patch makes no row where there is none', () => {
    expect(
      applyChange(null, patch('reader', 'reader-1', { name: '王' }, { openLoansCount: 1 })),
    ).toBeNull()
  })

  it('is known by kind and id, an id with colons too', () => {
    const row = anItem({ id: 'a:b' })
    for (const change of [put('item', row), patch('item', 'a:b', {}), remove('item', 'a:b')]) {
      expect([keyOfChange(change), kindOfChange(change)]).toEqual(['item:a:b', 'item'])
    }
  })
})

describe('two changes of one record', () => {
  it('come to the same as one', () => {
    fc.assert(
      fc.property(maybeReader, changes, changes, (before, first, second) => {
        // A field that one change both sets and moves.
        for (const one of [first, second]) {
          fc.pre(!('patch' in one && 'feesOwedFen' in one.set && 'feesOwedFen' in one.add))
        }
        const after = applyChange(applyChange(before, first), second)
        expect(applyChange(before, joined(first, second))).toEqual(after)
      }),
    )
  })
})

describe('what still stands', () => {
  it('just after it was made, every change but a patch of nothing stands', () => {
    fc.assert(
      fc.property(readers, changes, (before, change) => {
        // A field both set and moved shows neither value.
        fc.pre(!('patch' in change && 'feesOwedFen' in change.set))
        expect(stillStands(change, applyChange(before, change))).toBe(true)
      }),
    )
  })

  it.each([
    [
      'U4 a patch, the same field written since',
      patch('reader', 'reader-1', { name: '甲' }),
      { name: '乙' },
      false,
    ],
    [
      'U4 a patch, another field written since',
      patch('reader', 'reader-1', { name: '甲' }),
      { name: '甲', note: '新' },
      true,
    ],
    [
      'U4 a patch of counters, moved further since',
      patch('reader', 'reader-1', {}, { openLoansCount: 1 }),
      { openLoansCount: 5 },
      true,
    ],
    ['U4 a put, as it was', put('reader', aReader()), {}, true],
    ['U4 a put, a field written since', put('reader', aReader()), { phone: null }, false],
    ['U4 a put, a loan counted since', put('reader', aReader()), { openLoansCount: 1 }, false],
    ['U4 a removal, made again since', remove('reader', 'reader-1'), {}, false],
  ] as const)('%s', (_says, change, now, stands) => {
    expect(stillStands(change, { ...aReader(), ...now })).toBe(stands)
  })

  it('U4 a title whose loans the city counted anew still stands', () => {
    expect(stillStands(put('title', aTitle()), aTitle({ loansCount: 9 }))).toBe(true)
    expect(stillStands(put('title', aTitle()), aTitle({ subjects: [] }))).toBe(false)
  })

  it('U4 nothing but a removal stands where the row is gone', () => {
    expect(stillStands(put('loan', aLoan()), null)).toBe(false)
    expect(stillStands(patch('loan', 'loan-1', { renewalsCount: 1 }), null)).toBe(false)
    expect(stillStands(remove('loan', 'loan-1'), null)).toBe(true)
  })
})

describe('a change from the network', () => {
  it.each([
    ...theCity(),
    put('item', anItem()),
    patch('loan', 'loan-1', { isDisputed: true }),
    remove('fee', 'f'),
  ])('is read: %j', (change) => {
    expect(Change.parse(change)).toEqual(change)
  })

  it.each([
    ['an unknown kind', { remove: 'desk', id: 'x' }],
    ['a field nobody knows', { patch: 'loan', id: 'x', set: { colour: 'red' }, add: {} }],
    ['a value of the wrong type', { patch: 'loan', id: 'x', set: { isDisputed: 'yes' }, add: {} }],
    ['another id', { patch: 'loan', id: 'x', set: { id: 'y' }, add: {} }],
    ['a row half written', { put: 'loan', row: { id: 'x' } }],
    ['an id without end', { remove: 'loan', id: 'x'.repeat(81) }],
  ])('is refused: %s', (_says, change) => {
    expect(Change.safeParse(change).success).toBe(false)
  })
})
