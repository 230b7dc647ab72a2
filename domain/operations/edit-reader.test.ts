import { describe, expect, test } from 'vitest'

import { NOW, aReader } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import type { CtxParts } from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { editOf } from '../edit-conflict.ts'

const reader = aReader()
const known: Change[] = [put('reader', reader)]
const readerIs = (parts: Parameters<typeof aReader>[0]): Change[] => [put('reader', aReader(parts))]
const of = { reader: 'reader-1' }
const next: CtxParts = { operationId: 'desk-b.1.1' }

describe('editing', () => {
  const phone = { ...of, field: 'phone', from: reader.phone, to: '13900000002' }
  const born = { ...of, field: 'bornOn', from: reader.bornOn, to: '2015-06-01' }
  const guardian = {
    ...of,
    field: 'guardianReaderId',
    from: null,
    to: 'reader-2',
    hasConsent: true,
  }
  const parent = put('reader', aReader({ id: 'reader-2', cardNumber: '2' }))
  const child = put('reader', aReader({ bornOn: '2018-06-01' }))
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['D9 a new telephone', known, phone, []],
    ['D9 nobody', [], phone, ['impossible D9 unknown-reader']],
    ['E9 changed elsewhere', readerIs({ phone: '135' }), phone, ['alert E9 edited-elsewhere']],
    ['E9 changed elsewhere to the same', readerIs({ phone: phone.to }), phone, []],
    ['D2 turns out to be a child', known, born, ['impossible D2 guardian-missing']],
    ['D2 a guardian with consent', [child, parent], guardian, []],
    [
      'D2 without consent',
      [child, parent],
      { ...guardian, hasConsent: false },
      ['impossible D2 consent-missing'],
    ],
    ['D2 a guardian nobody knows', [child], guardian, ['impossible D2 guardian-missing']],
    [
      'D2 one’s own guardian',
      [child],
      { ...guardian, to: 'reader-1' },
      ['impossible D2 guardian-missing'],
    ],
    [
      'D2 an adult gives up a guardian',
      readerIs({ guardianReaderId: 'reader-2' }),
      { ...guardian, from: 'reader-2', to: null, hasConsent: false },
      [],
    ],
  ]
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'reader.edit', payload))).toEqual(expected)
  })

  test('E9 the city’s value stays, both are kept beside the exception', () => {
    const shelf = aShelf(readerIs({ phone: '135' }))
    const { exceptions } = performOn(shelf, 'reader.edit', phone)
    expect(rowOf(shelf, 'reader', 'reader-1')?.phone).toBe('135')
    const [exception] = exceptions
    expect(exception && editOf(exception)).toMatchObject({
      field: 'phone',
      mine: phone.to,
      theirs: '135',
    })
    const settling = { exception: exception?.id, settlement: 'keep-mine', comment: null }
    performOn(shelf, 'exception.settle', settling, { ...next, role: 'branch-head' })
    expect(rowOf(shelf, 'reader', 'reader-1')?.phone).toBe(phone.to)
  })

  test('E9 two fields at two desks meet in one record', () => {
    const shelf = aShelf(known)
    const name = { ...of, field: 'name', from: reader.name, to: '王晓明' }
    const outcomes = [
      performOn(shelf, 'reader.edit', phone).outcome,
      performOn(shelf, 'reader.edit', name, next).outcome,
    ]
    expect(outcomes).toEqual(['applied', 'applied'])
    expect(rowOf(shelf, 'reader', 'reader-1')).toMatchObject({ phone: phone.to, name: name.to })
  })

  test('D2 the consent of a new guardian is dated', () => {
    const { changes } = decideOn([child, parent], 'reader.edit', guardian)
    expect(changes).toMatchObject([
      { set: { guardianConsentAt: NOW, guardianReaderId: 'reader-2' } },
    ])
  })
})
