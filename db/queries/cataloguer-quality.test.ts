import { afterEach, expect, test } from 'vitest'
import type { Draft } from '../../domain/cataloguing-records.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { NOW, anItem, aStaff } from '../../test/builders/city.ts'
import { draftOn, begun } from '../../test/builders/draft-work.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { branchTitles } from './branch-titles.ts'
import { cataloguerQuality } from './cataloguer-quality.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

const DAY_MS = 86_400_000
const aDraft = (id: string, parts: Partial<Draft>): Change => {
  const draft = draftOn(begun())
  if (draft === null) throw new Error('no draft was begun')
  return put('draft', { ...draft, ...parts, id: id as Draft['id'] })
}
const remark = (tag: string) => ({ tag, occurrence: 0, text: '核对' })

test('who submitted how many, how many came back, and what for; the most first', () => {
  const wang = aStaff({ id: 'staff-wang', username: 'wang', name: '王老师' })
  stores = someStores([
    put('staff', aStaff({ role: 'cataloguer' })),
    put('staff', wang),
    aDraft('d1', { submittedAt: NOW, remarks: [remark('200'), remark('210'), remark('200')] }),
    aDraft('d2', { submittedAt: NOW, remarks: [remark('210'), remark('200')], warnings: ['M16'] }),
    aDraft('d3', { submittedAt: NOW, warnings: ['M16', 'M11'] }),
    aDraft('d4', { submittedAt: NOW, staffId: wang.id }),
    aDraft('old', { submittedAt: NOW - 91 * DAY_MS, remarks: [remark('606')] }),
    aDraft('unsent', {}),
  ])
  expect(cataloguerQuality(stores, { days: 90 }, ASKED)).toEqual([
    {
      staffId: 'staff-lin',
      staffName: aStaff().name,
      submittedCount: 3,
      returnedCount: 2,
      remarksCount: 5,
      tags: [
        { tag: '200', count: 3 },
        { tag: '210', count: 2 },
      ],
      warnings: [
        { rule: 'M16', count: 2 },
        { rule: 'M11', count: 1 },
      ],
    },
    {
      staffId: 'staff-wang',
      staffName: '王老师',
      submittedCount: 1,
      returnedCount: 0,
      remarksCount: 0,
      tags: [],
      warnings: [],
    },
  ])
})

test('titles that a branch has items of, each once, however the pages fall', () => {
  const here = anItem().homeBranchId
  const items = Array.from({ length: 6_000 }, (_, n) =>
    put(
      'item',
      anItem({
        id: `i${n}`,
        barcode: `b${n}`,
        titleId: `t${String(Math.floor(n / 3)).padStart(5, '0')}`,
        homeBranchId: n % 9 === 0 ? here : 'elsewhere',
        atBranchId: 'elsewhere',
      }),
    ),
  )
  stores = someStores([...items, put('item', anItem({ id: 'none', barcode: 'n', titleId: null }))])
  const found: string[] = []
  let after: string | null = ''
  while (after !== null) {
    const page: ReturnType<typeof branchTitles> = branchTitles(
      stores,
      { branchId: here, after },
      ASKED,
    )
    found.push(...page.titleIds)
    after = page.next
  }
  const expected = items.flatMap((_item, n) =>
    n % 9 === 0 ? [`t${String(Math.floor(n / 3)).padStart(5, '0')}`] : [],
  )
  expect(found).toEqual(expected)
})
