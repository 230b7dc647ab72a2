import { describe, expect, test } from 'vitest'

import { NOW, aCard, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const closed = [put('reader', aReader({ cardState: 'closed' }))]
const placeholder = [put('reader', aReader({ category: 'unregistered' }))]
const replacing = {
  reader: 'reader-1',
  card: '0440050000999',
  insteadOf: reader.cardNumber,
  reason: 'lost',
}

describe('replacing a card', () => {
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['D5 lost', known, replacing, []],
    ['D5 nobody of this id', [], replacing, ['impossible D5 unknown-reader']],
    ['D16 closed', closed, replacing, ['impossible D16 card-closed']],
    ['D16 a placeholder', placeholder, replacing, ['impossible D16 reader-to-be-completed']],
    [
      'D1 the number is another reader’s',
      [...known, put('reader', aReader({ id: 'reader-2', cardNumber: replacing.card }))],
      replacing,
      ['impossible D1 card-number-taken'],
    ],
    [
      'D1 the number is another card',
      [...known, put('card', aCard({ number: replacing.card, readerId: 'reader-2' }))],
      replacing,
      ['impossible D1 card-number-taken'],
    ],
    [
      'D5 another desk replaced it already',
      [put('reader', aReader({ cardNumber: '5' }))],
      replacing,
      ['alert D5 card-replaced-elsewhere'],
    ],
  ]
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'reader.replace-card', payload))).toEqual(expected)
  })

  test.each([
    ['lost', 'lost'],
    ['damaged', 'replaced'],
    ['renewed', 'replaced'],
  ])('D5 the old card of one that is %s is %s', (reason, state) => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.replace-card', { ...replacing, reason })
    expect(rowOf(shelf, 'reader', 'reader-1')?.cardNumber).toBe(replacing.card)
    expect(rowsOf(shelf, 'card')).toEqual([
      aCard({
        id: 'desk-a.1.1.r1',
        number: reader.cardNumber,
        kind: 'physical',
        state,
        issuedOn: null,
        replacedByNumber: replacing.card,
      } as Parameters<typeof aCard>[0]),
    ])
  })

  test.each([
    ['lost', 1000],
    ['renewed', 0],
  ])('D5 a fee where the policy has one: %s', (reason, feeFen) => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.replace-card', { ...replacing, reason })
    expect(rowOf(shelf, 'reader', 'reader-1')?.feesOwedFen).toBe(feeFen)
    expect(rowsOf(shelf, 'fee').map(({ cause, amountFen }) => [cause, amountFen])).toEqual(
      feeFen === 0 ? [] : [['card', feeFen]],
    )
  })

  test('D5, E9 two desks replace one card: both new ones are good, a person looks', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.replace-card', replacing)
    const second = { ...replacing, card: '0440050000888' }
    const { exceptions } = performOn(shelf, 'reader.replace-card', second, {
      operationId: 'desk-b.1.1',
    })
    expect(exceptions.map(({ kind }) => kind)).toEqual(['edit-conflict'])
    expect(rowOf(shelf, 'reader', 'reader-1')?.cardNumber).toBe(replacing.card)
    const states = rowsOf(shelf, 'card').map(({ number, state }) => [number, state])
    expect(states).toEqual([
      [reader.cardNumber, 'lost'],
      [second.card, 'valid'],
    ])
  })
})

test('U2, D5 undone, the old card is the main one again', () => {
  const shelf = aShelf(known)
  performOn(shelf, 'reader.replace-card', replacing)
  const undoing = { operation: 'desk-a.1.1', reason: null }
  performOn(shelf, 'operation.undo', undoing, { operationId: 'desk-a.1.2', at: NOW + 1000 })
  expect([rowOf(shelf, 'reader', 'reader-1'), rowsOf(shelf, 'card')]).toEqual([reader, []])
})
