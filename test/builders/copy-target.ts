/** A source of records as a reviewer enters it, and as the city keeps it. */
import { put } from '../../domain/change.ts'
import { CopyTarget } from '../../domain/copying-records.ts'

export const told = {
  name: '国家图书馆',
  kind: 'sru',
  address: 'https://sru.example.cn/books',
  version: '1.1',
  profile: 'cnmarc',
  schema: 'marcxml',
  encoding: 'auto',
  indexes: { isbn: 'bath.isbn', issn: null, title: 'dc.title', author: null },
  timeOutMs: 8_000,
  isAsked: true,
  isTrusted: true,
} as const
export const kept = CopyTarget.parse({ ...told, id: 'target-1', revision: 3 })
/** As it was seen last. */
export const namedTarget = { target: 'target-1', revision: 3 }
export const known = [put('copy-target', kept)]
