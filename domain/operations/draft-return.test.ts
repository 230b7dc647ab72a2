import { expect, test } from 'vitest'
import { decideOn, said } from '../../test/builders/decide.ts'
import {
  begun,
  draftOn,
  giveBack,
  named,
  remarks,
  reviewer,
  submit,
} from '../../test/builders/draft-work.ts'
import { operationOf } from './index.ts'

test('C24 the remarks stand at their fields', () => {
  expect(draftOn(begun(submit, giveBack))).toMatchObject({ state: 'returned', remarks })
})

test('C24 is not returned without a word', () => {
  const { payload } = operationOf('draft.return')
  expect(payload.safeParse({ ...named, remarks: [] }).success).toBe(false)
})

test('C23 only what was submitted', () => {
  expect(said(decideOn(begun(), 'draft.return', { ...named, remarks }, reviewer))).toEqual([
    'impossible C23 draft-state-differs',
  ])
})

test('C21 not another saving than the one that was read', () => {
  const older = { draft: named.draft, revision: 2, remarks }
  expect(said(decideOn(begun(submit), 'draft.return', older, reviewer))).toEqual([
    'impossible C21 draft-saved-elsewhere',
  ])
})
