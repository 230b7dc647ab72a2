import { afterEach, beforeEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { Draft } from '../../domain/cataloguing-records.ts'
import { put } from '../../domain/change.ts'
import { TitleRedirect } from '../../domain/title-records.ts'
import { FEED, aBib, aStaff, aTitle } from '../../test/builders/city.ts'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { titleVersions } from './title-versions.ts'

const staff = aStaff({ name: '林悦' })
const aDraft = (parts: object): Draft =>
  Draft.parse({
    id: 'd-1',
    titleId: 'title-1',
    profile: 'cnmarc',
    ...aGoodRecord(),
    base: null,
    branchId: 'branch-1',
    staffId: staff.id,
    state: 'published',
    revision: 1,
    remarks: [],
    warnings: [],
    begunAt: 1,
    savedAt: 5,
    submittedAt: 6,
    reviewerId: 'left',
    reviewedAt: 7,
    ...parts,
  })

const redirect = (parts: object): TitleRedirect =>
  TitleRedirect.parse({ title: '小王子', ...parts })

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const changed = aGoodRecord('330  $a星球')
  stores = someStores([
    put('staff', staff),
    put('title', aTitle()),
    put('bib', aBib()),
    put('draft', aDraft({})),
    put('draft', aDraft({ id: 'd-2', base: aGoodRecord(), ...changed, reviewedAt: 9 })),
    put('draft', aDraft({ id: 'd-3', state: 'drafted', reviewedAt: null })),
    put('draft', aDraft({ id: 'd-4', titleId: 'title-2' })),
  ])
})
afterEach(() => {
  stores.close()
})

test('a record has the versions that were published, the newest first, with what was before', () => {
  const ask = { titleId: 'title-1' }
  const answer = titleVersions(stores, ask, ASKED)
  const { versions } = queries['title-versions'].answer.parse(answer)
  expect(versions.map(({ draftId, publishedAt }) => [draftId, publishedAt])).toEqual([
    ['d-2', 9],
    ['d-1', 7],
  ])
  expect(versions[0]).toMatchObject({
    staffName: '林悦',
    before: { fields: aGoodRecord().fields },
    after: { fields: aGoodRecord('330  $a星球').fields },
  })
  expect(versions[1]?.before).toBeNull()
})

test('what was merged into it is told with it, by whom and when', () => {
  const went = { controlNumber: null, isbns: [], branchId: 'branch-1', staffId: staff.id }
  stores.replica.applyPage({
    entries: [
      {
        scope: FEED,
        number: 2,
        changes: [
          put(
            'title-redirect',
            redirect({ id: 'title-8', intoId: 'title-1', mergedAt: 8, ...went }),
          ),
          put(
            'title-redirect',
            redirect({ id: 'title-9', intoId: 'title-2', mergedAt: 9, ...went }),
          ),
        ],
      },
    ],
    settled: [],
    redecide: () => [],
  })
  const answer = titleVersions(stores, { titleId: 'title-1' }, ASKED)
  expect(queries['title-versions'].answer.parse(answer).merges).toEqual([
    { mergedId: 'title-8', title: '小王子', mergedAt: 8, staffName: '林悦' },
  ])
})
