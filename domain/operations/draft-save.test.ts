import { describe, expect, test } from 'vitest'
import { aShelf, decideOn, said } from '../../test/builders/decide.ts'
import {
  begun,
  cataloguer,
  draftOn,
  named,
  reviewer,
  saving,
  submit,
} from '../../test/builders/draft-work.ts'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { put } from '../change.ts'

const good = aGoodRecord()

describe('saving a draft', () => {
  test('C20 a colleague leaves it alone, a reviewer does not', () => {
    const shelf = begun()
    const draft = draftOn(shelf)
    if (draft === null) throw new Error('saved')
    const others = aShelf([put('draft', { ...draft, staffId: 'staff-wu' as typeof draft.staffId })])
    expect(said(decideOn(others, 'draft.save', saving(good, { of: named }), cataloguer))).toEqual([
      'impossible C20 draft-of-other',
    ])
    expect(said(decideOn(others, 'draft.save', saving(good, { of: named }), reviewer))).toEqual([])
  })

  test('C21 saved at two desks, the later one covers nothing', () => {
    const shelf = begun(['draft.save', saving(aGoodRecord('215  $a120页$d21cm'), { of: named })])
    const second = saving(aGoodRecord('215  $a130页$d21cm'), { of: named })
    expect(said(decideOn(shelf, 'draft.save', second, cataloguer))).toEqual([
      'impossible C21 draft-saved-elsewhere',
    ])
    expect(decideOn(shelf, 'draft.save', second, cataloguer).summary).toMatchObject({ revision: 3 })
  })

  test('C26 of a title carries the record it stands on', () => {
    const ofTitle = saving(good, { titleId: 'title-1' })
    expect(said(decideOn([], 'draft.save', ofTitle, cataloguer))).toEqual([
      'impossible C26 unknown-title',
    ])
  })

  test('C23 submitted it waits for its reviewer', () => {
    expect(
      said(decideOn(begun(submit), 'draft.save', saving(good, { of: named }), reviewer)),
    ).toEqual(['impossible C23 draft-state-differs'])
  })
})
