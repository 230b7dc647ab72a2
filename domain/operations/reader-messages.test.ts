import { describe, expect, test } from 'vitest'

import { NOW, aMessage, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowsOf, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const of = { reader: 'reader-1' }
const next: CtxParts = { operationId: 'desk-b.1.1' }

describe('messages', () => {
  const rows: [
    says: string,
    kind: OperationKind,
    records: Change[],
    payload: object,
    said: string[],
  ][] = [
    ['D12 a message', 'reader.message', known, { ...of, text: '取书' }, []],
    [
      'D12 nobody',
      'reader.message',
      [],
      { ...of, text: '取书' },
      ['impossible D12 unknown-reader'],
    ],
    [
      'D12 told',
      'reader.dismiss-message',
      [...known, put('reader-message', aMessage())],
      { ...of, message: 'message-1' },
      [],
    ],
    [
      'D12 no such message',
      'reader.dismiss-message',
      known,
      { ...of, message: 'message-1' },
      ['impossible D12 unknown-message'],
    ],
    [
      'D12 told already',
      'reader.dismiss-message',
      [...known, put('reader-message', aMessage({ dismissedAt: 5, dismissedBy: 'x' }))],
      { ...of, message: 'message-1' },
      ['impossible D12 message-dismissed'],
    ],
    [
      'D12 another’s',
      'reader.dismiss-message',
      [...known, put('reader-message', aMessage({ readerId: 'reader-2' }))],
      { ...of, message: 'message-1' },
      ['impossible D12 unknown-message'],
    ],
  ]
  test.each(rows)('%s', (_says, kind, records, payload, expected) => {
    expect(said(decideOn(records, kind, payload))).toEqual(expected)
  })

  test('D12 who told it, and when', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.message', { ...of, text: '取书' })
    const message = rowsOf(shelf, 'reader-message')[0]?.id
    performOn(shelf, 'reader.dismiss-message', { ...of, message }, { ...next, at: NOW + 9 })
    expect(rowsOf(shelf, 'reader-message')).toMatchObject([
      { text: '取书', staffId: 'staff-lin', dismissedAt: NOW + 9, dismissedBy: 'staff-lin' },
    ])
  })
})
