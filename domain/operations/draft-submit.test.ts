import { describe, expect, test } from 'vitest'
import { aShelf, decideOn, performOn, said } from '../../test/builders/decide.ts'
import {
  begun,
  cataloguer,
  draftOn,
  giveBack,
  named,
  remarks,
  reviewer,
  saving,
  submit,
} from '../../test/builders/draft-work.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'

const good = aGoodRecord()

describe('a draft', () => {
  test('C23, C24 is begun, submitted, returned with remarks, corrected, submitted, published', () => {
    const shelf = begun(submit, giveBack)
    expect(draftOn(shelf)).toMatchObject({ state: 'returned', remarks, reviewerId: 'staff-lin' })
    const better = aGoodRecord('690  $aI565.88$v5')
    const corrected = begun(
      submit,
      giveBack,
      ['draft.save', saving(better, { of: named })],
      ['draft.submit', { ...named, revision: 2 }],
      ['draft.publish', { ...named, revision: 2 }, reviewer],
    )
    expect(draftOn(corrected)).toMatchObject({ state: 'published', revision: 2 })
  })

  test('C22 warnings are told and kept', () => {
    const doubtful = aGoodRecord('215  $a112$d21cm')
    const shelf = aShelf([])
    performOn(shelf, 'draft.save', saving(doubtful), cataloguer)
    const { findings } = decideOn(shelf, 'draft.submit', named, cataloguer)
    expect(findings.map(({ level, code }) => [level, code])).toEqual([['note', 'record-doubtful']])
    performOn(shelf, 'draft.submit', named, { ...cataloguer, operationId: 'desk-a.1.2' })
    expect(draftOn(shelf)?.warnings).toContain('M17')
  })

  test('C22 errors stop it', () => {
    const shelf = aShelf([])
    performOn(shelf, 'draft.save', saving(withoutTag(good, '100')), cataloguer)
    expect(said(decideOn(shelf, 'draft.submit', named, cataloguer))).toContain(
      'impossible C22 record-faulty',
    )
  })

  test('an undo takes the submission back', () => {
    const undo = { operation: 'desk-a.1.2', reason: null }
    expect(draftOn(begun(submit, ['operation.undo', undo]))).toMatchObject({
      state: 'drafted',
    })
  })
})
