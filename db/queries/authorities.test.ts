import { afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { anAuthority } from '../../test/builders/authority.ts'
import { ASKED, someStores } from '../../test/builders/stores.ts'
import { authorities, headingsOfVariant, variantsUsed } from './authorities.ts'

const named = (value: string) => ({ subfields: [{ code: 'a', value }] })

let stores: ReturnType<typeof someStores>
beforeEach(() => {
  stores = someStores([
    put('authority', anAuthority()),
    put('authority', anAuthority({ id: 'b', ...named('老舍'), variants: ['舒庆春'] })),
    put('authority', anAuthority({ id: 'c', kind: 'place', ...named('深圳'), variants: ['鹏城'] })),
  ])
})
afterEach(() => stores.close())

const found = (text: string, kind: 'person' | 'place' | null = null, limit = 10) => {
  const { rows, total } = authorities(stores, { text, kind, limit }, ASKED)
  return [rows.map(({ id }) => id), total]
}

test('A1 all in the order of their headings, of one kind, and by a part of heading or variant', () => {
  expect(found('')).toEqual([['c', 'b', 'authority-1'], 3])
  expect(found('', 'place')).toEqual([['c'], 1])
  expect(found('', null, 1)).toEqual([['c'], 3])
  expect(found('舒')).toEqual([['b'], 1])
  expect(found('LU HS')).toEqual([['authority-1'], 1])
  expect(found('周', 'place')).toEqual([[], 0])
})

test('A5 a variant leads to its heading where it is the whole text', () => {
  const led = (text: string) => headingsOfVariant(stores, { text }, ASKED).map(({ id }) => id)
  expect(led('周树人')).toEqual(['authority-1'])
  expect(led('lu hsün')).toEqual(['authority-1'])
  expect(led('周树')).toEqual([])
  expect(led('鲁迅')).toEqual([])
  expect(led('')).toEqual([])
})

test('A6 of a record, the fields that are written as a variant', () => {
  const field = (tag: string, value: string) => ({ tag, ...named(value) })
  const fields = [
    field('200', '周树人'),
    field('701', '老舍'),
    field('702', '周树人'),
    field('607', '鹏城'),
  ]
  const used = variantsUsed(stores, { fields }, ASKED)
  expect(used.map(({ index, written, authority }) => [index, written, authority.id])).toEqual([
    [2, '周树人', 'authority-1'],
    [3, '鹏城', 'c'],
  ])
  expect(variantsUsed(stores, { fields: [field('606', '周树人')] }, ASKED)).toEqual([])
})

test('A6 a name that is a heading of its own is none, though it be a variant of another', () => {
  const both = someStores([
    put('authority', anAuthority()),
    put('authority', anAuthority({ id: 'b', ...named('周树人'), variants: [] })),
  ])
  expect(variantsUsed(both, { fields: [{ tag: '701', ...named('周树人') }] }, ASKED)).toEqual([])
  both.close()
})
