import { afterEach, beforeEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { Draft } from '../../domain/cataloguing-records.ts'
import { put } from '../../domain/change.ts'
import { aBib, aStaff, aTitle } from '../../test/builders/city.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { draft, drafts } from './drafts.ts'

const staff = aStaff({ name: '林悦' })
const aDraft = (parts: object): Draft =>
  Draft.parse({
    id: 'd-1',
    titleId: null,
    profile: 'cnmarc',
    ...aGoodRecord(),
    base: null,
    branchId: 'branch-1',
    staffId: staff.id,
    state: 'drafted',
    revision: 1,
    remarks: [],
    warnings: [],
    begunAt: 1,
    savedAt: 5,
    submittedAt: null,
    reviewerId: null,
    reviewedAt: null,
    ...parts,
  })
const remarks = [{ tag: '200', occurrence: 0, text: '责任者写全' }]

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('staff', staff),
    put('title', aTitle()),
    put('bib', aBib()),
    put('draft', aDraft({ id: 'late', state: 'submitted', submittedAt: 9 })),
    put('draft', aDraft({ id: 'early', state: 'submitted', submittedAt: 7 })),
    put('draft', aDraft({ id: 'written', titleId: 'title-1', base: aGoodRecord() })),
    put(
      'draft',
      aDraft({ id: 'back', state: 'returned', remarks, ...withoutTag(aGoodRecord(), '200') }),
    ),
    put('draft', aDraft({ id: 'out', state: 'published' })),
  ])
})
afterEach(() => {
  stores.close()
})

test('C23 what came back first, what is done with not at all, reviews by age', () => {
  const all = queries.drafts.answer.parse(drafts(stores, {}, ASKED))
  expect(all.drafts.map(({ id }) => id)).toEqual(['back', 'written', 'early', 'late'])
  expect(all.drafts[0]).toMatchObject({ title: null, remarksCount: 1, staffName: '林悦' })
  expect(all.drafts[1]).toMatchObject({ title: '小王子', state: 'drafted' })
  expect(all.total).toBe(4)
})

test('C25 a draft beside what the catalogue has', () => {
  const { leader, fields } = aBib()
  const answer = queries.draft.answer.parse(draft(stores, { draftId: 'written' }, ASKED))
  expect(answer).toMatchObject({ staffName: '林悦', city: { leader, fields } })
  expect(draft(stores, { draftId: 'back' }, ASKED)).toMatchObject({ city: null })
  expect(draft(stores, { draftId: 'nothing' }, ASKED)).toBeNull()
})
