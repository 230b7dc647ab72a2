import { describe, expect, test } from 'vitest'
import { anAuthority } from '../../test/builders/authority.ts'
import { decideOn, said } from '../../test/builders/decide.ts'
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
