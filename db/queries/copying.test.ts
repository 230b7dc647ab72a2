import { afterEach, expect, test } from 'vitest'
import { queries } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import { CopyTarget } from '../../domain/copying-records.ts'
import { defaultProtection } from '../../domain/copying/default-protection.ts'
import { someStores } from '../../test/builders/stores.ts'
import { copyTargets, fieldProtection } from './copying.ts'

const target = CopyTarget.parse({
  id: 'target-1',
  name: '国家图书馆',
  kind: 'z3950',
  address: 'z.example.cn:210/books',
  version: '1.1',
  profile: 'cnmarc',
  schema: 'unimarc',
  encoding: 'gb18030',
  indexes: { isbn: '7', issn: null, title: '4', author: null },
  timeOutMs: 5_000,
  isAsked: false,
  isTrusted: true,
  revision: 2,
})
const own = { ...defaultProtection('marc21'), lines: [], revision: 1 }
const stores = someStores([put('copy-target', target), put('field-protection', own)])
afterEach(() => stores.close())

test('sources are kept as they were written, and protection is the city’s where it wrote one', () => {
  expect(queries['copy-targets'].answer.parse(copyTargets(stores))).toEqual([target])
  expect(queries['field-protection'].answer.parse(fieldProtection(stores))).toEqual([
    defaultProtection('cnmarc'),
    defaultProtection('unimarc'),
    own,
  ])
})
