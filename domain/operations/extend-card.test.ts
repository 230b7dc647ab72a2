import { describe, expect, test } from 'vitest'

import { aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { OperationKind } from './index.ts'

const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [put('reader', aReader(parts))]
const of = { reader: 'reader-1' }
const next: CtxParts = { operationId: 'desk-b.1.1' }

describe('a card that runs on', () => {
  const rows: [
    says: string,
    kind: OperationKind,
    records: Change[],
    payload: object,
    said: string[],
  ][] = [
    ['D11 good for years', 'reader.extend', readerIs({ expiresOn: '2026-12-01' }), of, []],
    [
      'D11 good for as long already',
      'reader.extend',
      readerIs({ expiresOn: '2036-11-22' }),
      of,
      ['impossible D11 nothing-to-extend'],
    ],
  ]
  test.each(rows)('%s', (_says, kind, records, payload, expected) => {
    expect(said(decideOn(records, kind, payload))).toEqual(expected)
  })

  test('D11 two desks extend: one term', () => {
    const shelf = aShelf(readerIs({ expiresOn: '2026-12-01' }))
    performOn(shelf, 'reader.extend', of)
    expect(performOn(shelf, 'reader.extend', of, next).outcome).toBe('refused')
    expect(rowOf(shelf, 'reader', 'reader-1')?.expiresOn).toBe('2036-11-22')
  })
})
