import { describe, expect, test } from 'vitest'
import { applyChange, keyOf, keyOfChange, patch, put, remove } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import { gatherNow } from '../../domain/gathering.ts'
import type { RecordKind } from '../../domain/records.ts'
import { briefItem, scopesOf } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import {
  BRANCH,
  OTHER_BRANCH,
  TODAY,
  aFee,
  aLoan,
  aPolicy,
  aReader,
  aTitle,
  anItem,
} from '../../test/builders/city.ts'
import type { AnyRow } from '../storage/ledger-storage.ts'
import { isMatch } from '../storage/matching-rows.ts'
import { finders } from '../../domain/gathering.ts'
import type { Lookup } from '../../domain/gathering.ts'
import { kindInKey } from '../storage/record-keys.ts'
import { spread } from './spread.ts'

const HERE: Scope = `branch:${BRANCH}`
const THERE: Scope = `branch:${OTHER_BRANCH}`
const here = [{ branchId: BRANCH, lastOn: TODAY }]
const both = [...here, { branchId: OTHER_BRANCH, lastOn: TODAY }]

/** What these changes are told as, upon these rows. */
function told(rows: readonly [RecordKind, AnyRow][], changes: readonly Change[]) {
  const before = new Map(rows.map(([kind, row]) => [keyOf(kind, row.id), row]))
  const after = new Map<RecordKey, AnyRow | null>(before)
  for (const change of changes) {
    const key = keyOfChange(change)
    after.set(key, applyChange(after.get(key) ?? null, change))
  }
  const answer = (of: ReadonlyMap<RecordKey, AnyRow | null>) => (lookup: Lookup) => {
    if (lookup.lookup === 'get') {
      const row = of.get(keyOf(lookup.kind, lookup.id)) ?? null
      return row === null ? [] : [row]
    }
    if (lookup.lookup !== 'find') throw new Error('no other look-ups')
    const { finder, values } = lookup
    return [...of].flatMap(([key, row]) =>
      row !== null && kindInKey(key) === finders[finder].kind && isMatch(finder, values, row)
        ? [row]
        : [],
    )
  }
  const keys = [...new Set(changes.map(keyOfChange))]
  const touched = keys.map((key) => ({
    key,
    before: before.get(key) ?? null,
    after: after.get(key) ?? null,
    changes: changes.filter((change) => keyOfChange(change) === key),
  }))
  const from = (key: RecordKey) => {
    const row = before.get(key)
    return row === undefined ? [] : gatherNow(scopesOf(kindInKey(key), row), answer(before))
  }
  const { told: byScope, dirty } = gatherNow(spread(touched, from), answer(after))
  return { byScope: Object.fromEntries(byScope), dirty }
}

const item = anItem()
const reader = aReader({ activeAt: here })
const loan = aLoan()

describe('a record', () => {
  test('that stays is told by its changes', () => {
    const change = patch('item', item.id, { shelf: 'B-02' })
    const { byScope, dirty } = told([['item', item]], [change])
    expect(byScope).toEqual({ [HERE]: [change] })
    // Where it stands on the shelf is of its own branch alone.
    expect(dirty).toEqual([])
  })

  test('that is new is told whole', () => {
    const { byScope } = told([], [put('item', item)])
    expect(byScope).toEqual({ [HERE]: [put('item', item)] })
  })

  test('that enters a scope is told whole there, and by its changes where it was', () => {
    const change = patch('item', item.id, { atBranchId: OTHER_BRANCH as never })
    const { byScope } = told([['item', item]], [change])
    const after = anItem({ atBranchId: OTHER_BRANCH })
    expect(byScope).toEqual({ [HERE]: [change], [THERE]: [put('item', after)] })
  })

  test('an item that leaves is told in brief', () => {
    const visiting = anItem({ atBranchId: OTHER_BRANCH })
    const change = patch('item', item.id, { atBranchId: BRANCH as never })
    const { byScope } = told([['item', visiting]], [change])
    expect(byScope).toEqual({ [HERE]: [change], [THERE]: [put('item', briefItem(item))] })
  })

  test('I19 that is removed is removed everywhere', () => {
    const { byScope } = told([['reader', aReader()]], [remove('reader', reader.id)])
    expect(byScope).toEqual({
      [HERE]: [remove('reader', reader.id)],
      [THERE]: [remove('reader', reader.id)],
    })
  })

  test('that was made and removed by one operation is not told', () => {
    const { byScope } = told([], [put('loan', loan), remove('loan', loan.id)])
    expect(byScope).toEqual({})
  })

  test.each([
    ['policy', put('policy', aPolicy()), 'city'],
    ['title', put('title', aTitle()), 'catalogue'],
  ])('of the whole city: %s', (_name, change, scope) => {
    expect(told([], [change]).byScope).toEqual({ [scope]: [change] })
  })
})

describe('what belongs to a reader or an item moves with it', () => {
  test('a reader served elsewhere brings open loans and fees, not closed loans', () => {
    const closed = aLoan({ id: 'loan-0', returnedAt: 5, returnedBranchId: BRANCH })
    const rows: [RecordKind, AnyRow][] = [
      ['item', item],
      ['reader', reader],
      ['loan', loan],
      ['loan', closed],
      ['fee', aFee()],
    ]
    const change = patch('reader', reader.id, { activeAt: both as never })
    expect(told(rows, [change]).byScope).toEqual({
      [HERE]: [change],
      [THERE]: [put('reader', aReader({ activeAt: both })), put('loan', loan), put('fee', aFee())],
    })
  })

  test('and takes them away again, but a loan stays where its item is', () => {
    const rows: [RecordKind, AnyRow][] = [
      ['item', anItem({ atBranchId: OTHER_BRANCH })],
      ['reader', aReader({ activeAt: both })],
      ['loan', loan],
      ['fee', aFee()],
    ]
    const change = patch('reader', reader.id, { activeAt: here as never })
    expect(told(rows, [change]).byScope).toEqual({
      [HERE]: [change],
      [THERE]: [remove('reader', reader.id), remove('fee', 'fee-1')],
    })
  })

  test('a loan that is closed stays only where it began and ended', () => {
    const rows: [RecordKind, AnyRow][] = [
      ['item', anItem({ atBranchId: OTHER_BRANCH })],
      ['reader', reader],
      ['loan', loan],
    ]
    const change = patch('loan', loan.id, { returnedAt: 9, returnedBranchId: BRANCH as never })
    expect(told(rows, [change]).byScope).toEqual({
      [HERE]: [change],
      [THERE]: [remove('loan', loan.id)],
    })
  })

  test('a fee made in the operation that moved its reader is told once', () => {
    const changes = [patch('reader', reader.id, { activeAt: both as never }), put('fee', aFee())]
    const { byScope } = told([['reader', reader]], changes)
    expect(byScope[THERE]).toEqual([put('reader', aReader({ activeAt: both })), put('fee', aFee())])
  })
})

describe('the brief facts of the city', () => {
  test.each([
    ['an item that is lent', patch('item', item.id, { state: 'on-loan' }), 1],
    ['an item that costs more', patch('item', item.id, { priceFen: 1 }), 0],
    [
      'a reader who is blocked',
      patch('reader', reader.id, { blockedUntilOn: TODAY, blockedFor: ['lend'] }),
      1,
    ],
    ['a reader who moved house', patch('reader', reader.id, { phone: '1' }), 0],
    ['a card that is lost', patch('reader', reader.id, { cardState: 'lost' }), 1],
    ['another card of one who may borrow', patch('reader', reader.id, { cardNumber: '9' }), 0],
  ])('%s', (_name, change, count) => {
    const rows: [RecordKind, AnyRow][] = [
      ['item', item],
      ['reader', reader],
    ]
    expect(told(rows, [change]).dirty).toHaveLength(count)
  })

  test('the number that a blocked reader no longer has is told as well', () => {
    const blocked = aReader({ blockedUntilOn: TODAY, blockedFor: ['lend'] })
    const { dirty } = told([['reader', blocked]], [patch('reader', reader.id, { cardNumber: '9' })])
    expect(dirty).toEqual([{ kind: 'reader', id: reader.id, card: blocked.cardNumber }])
  })
})
