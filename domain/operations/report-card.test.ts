import { describe, expect, test } from 'vitest'

import { aCard, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const closed = [put('reader', aReader({ cardState: 'closed' }))]

describe('lost and found', () => {
  const lostMain = [put('reader', aReader({ cardState: 'lost' }))]
  const other = (state: 'valid' | 'lost', replacedByNumber: string | null = null): Change[] => [
    ...known,
    put('card', aCard({ state, replacedByNumber })),
  ]
  const main = { reader: 'reader-1', card: reader.cardNumber }
  const virtual = { reader: 'reader-1', card: 'V0001' }
  const rows = [
    ['D6 the main card', 'lost', known, main, [], 'lost'],
    ['D6 reported already', 'lost', lostMain, main, ['note D6 card-lost'], 'lost'],
    ['D6 another card', 'lost', other('valid'), virtual, [], 'lost'],
    ['D6 not a card of theirs', 'lost', known, virtual, ['impossible D6 unknown-card'], null],
    ['D6 the main card found', 'found', lostMain, main, [], 'valid'],
    ['D6 never lost', 'found', known, main, ['note D6 card-not-lost'], 'valid'],
    ['D6 another found', 'found', other('lost'), virtual, [], 'valid'],
    ['D6 replaced meanwhile', 'found', other('lost', '9'), virtual, [], 'replaced'],
    ['D16 of a closed reader', 'found', closed, main, ['impossible D16 card-closed'], 'closed'],
  ] as const
  test.each(rows)('%s (%s)', (_says, what, records, payload, expected, state) => {
    const kind = what === 'lost' ? 'reader.report-card-lost' : 'reader.report-card-found'
    const shelf = aShelf(records)
    expect(said(decideOn(shelf, kind, payload))).toEqual(expected)
    performOn(shelf, kind, payload)
    const now =
      payload.card === reader.cardNumber
        ? rowOf(shelf, 'reader', 'reader-1')?.cardState
        : rowOf(shelf, 'card', 'card-1')?.state
    expect(now ?? null).toBe(state)
  })
})
