import { afterEach, expect, test } from 'vitest'

import { queries } from '../../contract/queries.ts'
import { aCalendar, aLibrary } from '../../test/builders/city.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { branches } from './branches.ts'

const stores = someStores()
afterEach(() => {
  stores.close()
})

test('all branches and libraries of the city', () => {
  const answer = queries.branches.answer.parse(branches(stores, {}, ASKED))
  expect(answer.branches.map((branch) => branch.id)).toEqual(['branch-futian', 'branch-nanshan'])
  expect(answer.libraries).toEqual([aLibrary()])
  expect(answer.calendars).toEqual([aCalendar()])
})
