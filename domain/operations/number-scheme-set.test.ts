import { expect, test } from 'vitest'
import { BRANCH, OTHER_BRANCH, aSchemes } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { put } from '../change.ts'

const [known] = aSchemes().schemes
if (known === undefined) throw new Error('no scheme')
const { id: _id, ...fields } = known
const braille = {
  ...fields,
  nameZh: '盲文',
  nameEn: 'Braille',
  places: [{ branchId: BRANCH, shelf: '盲文室' }],
  scheme: null,
  was: null,
}
const changed = { ...fields, blockSize: 5, scheme: known.id, was: known }

test('C41 the first scheme of the city, and a second one', () => {
  const shelf = aShelf([])
  performOn(shelf, 'scheme.set', braille, { role: 'reviewer' })
  const second = { ...braille, places: [{ branchId: OTHER_BRANCH, shelf: null }] }
  performOn(shelf, 'scheme.set', second, { role: 'reviewer', operationId: 'desk-a.1.2' })
  expect(rowOf(shelf, 'number-schemes', 'city')?.schemes).toMatchObject([
    { id: 'desk-a.1.1.r1', nameZh: '盲文' },
    { id: 'desk-a.1.2.r1' },
  ])
})

test.each([
  [
    'C41 a shelf of a branch that another scheme numbers whole',
    braille,
    ['impossible C41 place-in-other-scheme'],
  ],
  [
    'C41 the same place twice',
    { ...changed, places: [...known.places, { branchId: BRANCH, shelf: 'A-01' }] },
    ['impossible C41 place-twice'],
  ],
  [
    'C46 changed at another desk meanwhile',
    { ...changed, was: { ...known, blockSize: 9 } },
    ['impossible C46 scheme-changed-elsewhere'],
  ],
  ['C46 as it was on the screen', changed, []],
])('%s', (_says, payload, findings) => {
  const records = [put('number-schemes', aSchemes())]
  expect(said(decideOn(records, 'scheme.set', payload))).toEqual(findings)
})

test('C46 refused at the city, it changes nothing; decided again, it does not stand in its own way', () => {
  const shelf = aShelf([put('number-schemes', aSchemes())])
  performOn(shelf, 'scheme.set', changed)
  expect(recordOn(shelf, 'scheme.set', changed).outcome).toBe('applied')
  const stale = { ...changed, blockSize: 7 }
  expect(recordOn(shelf, 'scheme.set', stale, { operationId: 'desk-b.1.1' }).outcome).toBe(
    'refused',
  )
})
