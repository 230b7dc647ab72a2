import { expect, test } from 'vitest'
import { decideOn, said } from '../../test/builders/decide.ts'
import { begun, draftOn, named, reviewer, submit } from '../../test/builders/draft-work.ts'
import { aGoodRecord } from '../../test/builders/good-record.ts'

test('C23 what was written stays on record', () => {
  const shelf = begun(['draft.discard', named])
  expect(draftOn(shelf)).toMatchObject({ state: 'discarded', ...aGoodRecord() })
  expect(said(decideOn(shelf, 'draft.publish', named, reviewer))).toEqual([
    'impossible C23 draft-state-differs',
  ])
})

test('an undo brings it back', () => {
  const undo = { operation: 'desk-a.1.2', reason: null }
  expect(draftOn(begun(['draft.discard', named], ['operation.undo', undo]))).toMatchObject({
    state: 'drafted',
  })
})

test('C23 not while a reviewer has it', () => {
  expect(said(decideOn(begun(submit), 'draft.discard', named, reviewer))).toEqual([
    'impossible C23 draft-state-differs',
  ])
})
