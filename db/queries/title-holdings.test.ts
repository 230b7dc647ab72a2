import { afterEach, beforeEach, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import { aBranch, anItem } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { titleHoldings } from './title-holdings.ts'

const branches = [
  aBranch({ id: 'here', libraryId: 'ours' }),
  aBranch({ id: 'beside', libraryId: 'ours' }),
  aBranch({ id: 'far', libraryId: 'theirs' }),
]
const copy = (titleId: string, parts: Parameters<typeof anItem>[0] = {}) => {
  const name = [titleId, ...Object.values(parts)].join(' ')
  return anItem({
    id: name,
    barcode: name,
    titleId,
    homeBranchId: 'here',
    atBranchId: 'here',
    ...parts,
  })
}

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  const copies = [
    copy('shelved'),
    copy('shelved', { state: 'on-loan' }),
    copy('lent', { state: 'on-loan' }),
    copy('stays', { isForLoan: false }),
    copy('away', { atBranchId: 'far' }),
    copy('guest', { homeBranchId: 'far' }),
    copy('beside', { homeBranchId: 'beside', atBranchId: 'beside' }),
    copy('far', { homeBranchId: 'far', atBranchId: 'far' }),
    copy('gone', { state: 'withdrawn' }),
    copy('gone', { state: 'lost' }),
    copy('gone', { state: 'missing' }),
    copy('not-asked'),
  ]
  stores = someStores([
    ...branches.map((branch) => put('branch', branch)),
    ...copies.map((item) => put('item', item)),
  ])
})
afterEach(() => {
  stores.close()
})

test('a copy is of the library it belongs to, and is here where it stands for loan', () => {
  const titleIds = ['shelved', 'lent', 'stays', 'away', 'guest', 'beside', 'far', 'gone', 'nobody']
  const branch = { branchId: 'here', libraryId: 'ours' }
  const found = titleHoldings(stores, { titleIds, branch }, ASKED)
  const held = (holder: 'library' | 'city', isAvailableHere: boolean) => ({
    holder,
    isAvailableHere,
  })
  expect(Object.fromEntries(found)).toEqual({
    shelved: held('library', true),
    lent: held('library', false),
    stays: held('library', false),
    away: held('library', false),
    guest: held('city', true),
    beside: held('library', false),
    far: held('city', false),
  })
})
