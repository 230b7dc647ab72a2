import { describe, expect, test } from 'vitest'
import { anAuthority, toldLuXun } from '../../test/builders/authority.ts'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const cataloguer = { role: 'cataloguer' } as const
const by = (operationId: string) => ({ ...cataloguer, operationId })
const known = [put('authority', anAuthority())]
const named = { authority: 'authority-1', revision: 1 }
const zhou = { subfields: [{ code: 'a', value: '周树人' }], variants: [] }

describe('a heading of the city', () => {
  test.each([
    ['A1 is new', [], { ...toldLuXun, of: null }, []],
    [
      'A1 is kept already, however it is spaced',
      known,
      {
        ...toldLuXun,
        subfields: [
          { code: 'a', value: '鲁 迅' },
          { code: 'f', value: '1881～1936' },
        ],
        of: null,
      },
      ['impossible A1 heading-kept-already'],
    ],
    ['A1 of one name is a place as well', known, { ...toldLuXun, kind: 'place', of: null }, []],
    [
      'A1 has no name',
      [],
      { ...toldLuXun, subfields: [{ code: '9', value: 'lu xun' }], of: null },
      ['impossible A1 heading-without-name'],
    ],
    ['A2 is changed as it was seen', known, { ...toldLuXun, note: '笔名', of: named }, []],
    [
      'A2 was changed elsewhere',
      known,
      { ...toldLuXun, of: { ...named, revision: 2 } },
      ['impossible A2 authority-changed'],
    ],
    ['A2 is not there', [], { ...toldLuXun, of: named }, ['impossible A2 unknown-authority']],
    [
      'A3 is its own variant',
      [],
      { ...toldLuXun, variants: ['鲁迅 1881-1936'], of: null },
      ['impossible A3 variant-is-heading'],
    ],
    [
      'A3 has a variant that another one is written by',
      [put('authority', anAuthority({ ...zhou, id: 'authority-2' }))],
      { ...toldLuXun, of: null },
      ['alert A3 variant-is-other-heading'],
    ],
  ])('%s', (_says, records, payload, findings) => {
    expect(said(decideOn(records, 'authority.save', payload, cataloguer))).toEqual(findings)
  })

  test('A4 is written, changed, taken out, and comes back by undo', () => {
    const shelf = aShelf([])
    performOn(shelf, 'authority.save', { ...toldLuXun, of: null }, by('desk-a.1.1'))
    const [made] = rowsOf(shelf, 'authority')
    expect(made).toMatchObject({ headingKey: '鲁迅18811936', revision: 1 })
    expect(made?.variantKeys).toEqual(['周树人', '周樟寿', 'luhsün'])
    const id = made?.id ?? ''
    const second = { ...toldLuXun, variants: [], of: { authority: id, revision: 1 } }
    performOn(shelf, 'authority.save', second, by('desk-a.1.2'))
    expect(rowOf(shelf, 'authority', id)).toMatchObject({ variants: [], revision: 2 })
    performOn(shelf, 'authority.remove', { authority: id, revision: 2 }, by('desk-a.1.3'))
    expect(rowOf(shelf, 'authority', id)).toBeNull()
    performOn(shelf, 'operation.undo', { operation: 'desk-a.1.3', reason: null }, by('desk-a.1.4'))
    performOn(shelf, 'operation.undo', { operation: 'desk-a.1.2', reason: null }, by('desk-a.1.5'))
    expect(rowOf(shelf, 'authority', id)).toMatchObject({
      variants: toldLuXun.variants,
      revision: 1,
    })
  })
})
