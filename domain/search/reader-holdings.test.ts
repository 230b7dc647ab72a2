import { expect, test } from 'vitest'
import { anItem } from '../../test/builders/city.ts'
import { readerHoldings } from './reader-holdings.ts'

const copy = (id: string, parts: Parameters<typeof anItem>[0] = {}) => ({
  item: anItem({ id, barcode: id, callNumber: 'I565.88/1', ...parts }),
  homeBranch: null,
})
const branchOf = (id: string) => ({ homeBranchId: id, ownerLibraryId: `library-of-${id}` })

test('copies stand under their libraries, those with most of them first', () => {
  const found = readerHoldings([
    copy('a', branchOf('one')),
    copy('b', branchOf('two')),
    copy('c', { ...branchOf('two'), state: 'on-loan' }),
    copy('d', { ...branchOf('two'), isForLoan: false, callNumber: 'I565.88/2' }),
  ])
  expect(found).toEqual([
    {
      libraryId: 'library-of-two',
      branch: null,
      callNumbers: ['I565.88/1', 'I565.88/2'],
      itemsCount: 3,
      availableCount: 1,
    },
    {
      libraryId: 'library-of-one',
      branch: null,
      callNumbers: ['I565.88/1'],
      itemsCount: 1,
      availableCount: 1,
    },
  ])
})

test('what is withdrawn, lost or missing is not shown', () => {
  const gone = (['withdrawn', 'lost', 'missing'] as const).map((state) => copy(state, { state }))
  expect(readerHoldings(gone)).toEqual([])
})
