import { describe, expect, test } from 'vitest'

import { aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import type { OperationKind } from './index.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const of = { reader: 'reader-1' }

describe('past loans', () => {
  const rows: [
    says: string,
    kind: OperationKind,
    records: Change[],
    payload: object,
    said: string[],
  ][] = [['D15 agreed', 'reader.keep-history', known, { ...of, keepsHistory: true }, []]]
  test.each(rows)('%s', (_says, kind, records, payload, expected) => {
    expect(said(decideOn(records, kind, payload))).toEqual(expected)
  })

  test('D15 theirs to say, either way', () => {
    const shelf = aShelf(known)
    performOn(shelf, 'reader.keep-history', { ...of, keepsHistory: true })
    expect(rowOf(shelf, 'reader', 'reader-1')?.keepsHistory).toBe(true)
    const later = { operationId: 'desk-a.1.2' }
    performOn(shelf, 'reader.keep-history', { ...of, keepsHistory: false }, later)
    expect(rowOf(shelf, 'reader', 'reader-1')?.keepsHistory).toBe(false)
  })
})
