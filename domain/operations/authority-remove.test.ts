import { describe, expect, test } from 'vitest'
import { anAuthority, toldLuXun } from '../../test/builders/authority.ts'
import { aShelf, decideOn, performOn, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const cataloguer = { role: 'cataloguer' } as const
const known = [put('authority', anAuthority())]
const named = { authority: 'authority-1', revision: 1 }

describe('A2 taking a heading out', () => {
  test.each([
    ['A4 as it was seen', known, named, []],
    ['A2 changed elsewhere', known, { ...named, revision: 3 }, ['impossible A2 authority-changed']],
    ['A2 gone already', [], named, ['impossible A2 unknown-authority']],
  ])('%s', (_says, records, payload, findings) => {
    expect(said(decideOn(records, 'authority.remove', payload, cataloguer))).toEqual(findings)
  })
})

test('A1 what was taken out does not come back beside one that was kept since', () => {
  const shelf = aShelf(known)
  const by = (operationId: string) => ({ ...cataloguer, operationId })
  performOn(shelf, 'authority.remove', named, by('desk-a.1.1'))
  performOn(shelf, 'authority.save', { ...toldLuXun, of: null }, by('desk-b.1.1'))
  const undo = { operation: 'desk-a.1.1', reason: null }
  expect(said(performOn(shelf, 'operation.undo', undo, by('desk-a.1.2')))).toEqual([
    'impossible A1 heading-kept-already',
  ])
})
