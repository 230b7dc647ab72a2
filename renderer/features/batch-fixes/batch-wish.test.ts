import { expect, test } from 'vitest'
import { firstWish, lookOf } from './batch-wish.ts'
import type { BatchWish } from './batch-wish.ts'

const look = (parts: Partial<BatchWish>) => lookOf({ ...firstWish, ...parts }, 'batch-0001')
const replacing = { text: '灯塔', tag: '210', code: 'c', find: '杜', value: '社' } as const

test('a wish that is whole is asked', () => {
  expect(look(replacing)).toEqual({
    batchId: 'batch-0001',
    selection: { by: 'search', text: '灯塔' },
    kind: null,
    fix: { does: 'replace', tag: '210', code: 'c', find: '杜', value: '社' },
  })
})

test('numbers are taken by lines, blanks and commas', () => {
  expect(look({ ...replacing, by: 'numbers', numbers: '01\n02，03 04\n\n' })?.selection).toEqual({
    by: 'numbers',
    numbers: ['01', '02', '03', '04'],
  })
})

test.each<[says: string, parts: Partial<BatchWish>]>([
  ['no words', { ...replacing, text: '  ' }],
  ['no numbers', { ...replacing, by: 'numbers', numbers: ' \n' }],
  ['no field', { ...replacing, tag: '21' }],
  ['no subfield', { ...replacing, code: '' }],
  ['nothing to find', { ...replacing, find: '' }],
  ['nothing to write', { ...replacing, does: 'set', value: '' }],
])('of a wish with %s nothing is asked', (_says, parts) => {
  expect(look(parts)).toBeNull()
})

test('what the rule says needs nothing else; deleting needs no value', () => {
  expect(look({ by: 'rule', does: 'rule' })?.fix).toEqual({ does: 'rule', rule: 'M08' })
  expect(look({ ...replacing, does: 'delete' })?.fix).toEqual({
    does: 'delete',
    tag: '210',
    code: 'c',
  })
})
