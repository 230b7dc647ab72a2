/** The operations on copied records and their sources: one table of what each says. */
import { describe, expect, test } from 'vitest'
import { aShelf, decideOn, performOn, recordOn, rowOf, said } from '../../test/builders/decide.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { cataloguer, reviewer } from '../../test/builders/draft-work.ts'
import { put } from '../change.ts'
import { CopyTarget } from '../copying-records.ts'
import { defaultProtection } from '../copying/default-protection.ts'

const told = {
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
const kept = CopyTarget.parse({ ...told, id: 'target-1', revision: 3 })
const named = { target: 'target-1', revision: 3 }
const known = [put('copy-target', kept)]

describe('a source', () => {
  test.each([
    ['C60 is new', [], { ...told, of: null }, []],
    ['C61 is changed as it was seen', known, { ...told, of: named }, []],
    [
      'C61 was changed elsewhere',
      known,
      { ...told, of: { ...named, revision: 2 } },
      ['impossible C61 copy-target-changed'],
    ],
    ['C60 is not there', [], { ...told, of: named }, ['impossible C60 unknown-copy-target']],
    [
      'C60 has an address that hides a name',
      [],
      { ...told, address: 'https://me:secret@sru.example.cn/', of: null },
      ['impossible C60 copy-target-invalid'],
    ],
    [
      'C60 has the indexes of another protocol',
      [],
      { ...told, indexes: { ...told.indexes, isbn: '7' }, of: null },
      ['impossible C60 copy-target-invalid'],
    ],
  ])('%s', (_says, records, payload, findings) => {
    expect(said(decideOn(records, 'copying.save-target', payload, reviewer))).toEqual(findings)
  })

  test('C61 counts its savings, and is taken back by an undo', () => {
    const shelf = aShelf(known)
    const by = (operationId: string) => ({ ...reviewer, operationId })
    const renamed = { ...told, name: '国图', of: named }
    performOn(shelf, 'copying.save-target', renamed, by('desk-a.1.1'))
    expect(rowOf(shelf, 'copy-target', 'target-1')).toMatchObject({ name: '国图', revision: 4 })
    const undo = { operation: 'desk-a.1.1', reason: null }
    performOn(shelf, 'operation.undo', undo, by('desk-a.1.2'))
    expect(rowOf(shelf, 'copy-target', 'target-1')).toEqual(kept)
  })

  test('C61 is removed as it was seen', () => {
    expect(decideOn(known, 'copying.remove-target', named, reviewer).changes).toEqual([
      { remove: 'copy-target', id: 'target-1' },
    ])
    const older = { ...named, revision: 1 }
    expect(said(decideOn(known, 'copying.remove-target', older, reviewer))).toEqual([
      'impossible C61 copy-target-changed',
    ])
  })
})

describe('protection of fields', () => {
  const { lines } = defaultProtection('cnmarc')
  const first = { profile: 'cnmarc', revision: 0, lines: lines.slice(1) }

  test('C64 the first of the city stands upon the shipped one', () => {
    expect(decideOn([], 'copying.set-protection', first, reviewer)).toMatchObject({
      findings: [],
      changes: [{ put: 'field-protection', row: { id: 'cnmarc', revision: 1 } }],
    })
  })

  test('C61 two desks that changed it apart: the later one covers nothing', () => {
    const shelf = aShelf([])
    performOn(shelf, 'copying.set-protection', first, reviewer)
    expect(said(decideOn(shelf, 'copying.set-protection', first, reviewer))).toEqual([
      'impossible C61 protection-changed',
    ])
  })
})

describe('a record that is taken at once', () => {
  const good = { target: 'target-1', profile: 'cnmarc', ...aGoodRecord() }
  const untrusted = [put('copy-target', { ...kept, isTrusted: false })]

  test.each([
    ['C62 from a trusted source', known, good, cataloguer, []],
    [
      'C62 from another one, by a cataloguer',
      untrusted,
      good,
      cataloguer,
      ['impossible C62 copy-target-not-trusted'],
    ],
    ['C62 from another one, by a reviewer', untrusted, good, reviewer, []],
    ['C62 from nowhere', [], good, cataloguer, ['impossible C62 unknown-copy-target']],
    [
      'C22 with faults',
      known,
      { ...good, ...withoutTag(aGoodRecord(), '100') },
      cataloguer,
      ['impossible C22 record-faulty'],
    ],
  ])('%s', (_says, records, payload, who, findings) => {
    expect(said(decideOn(records, 'title.copy', payload, who))).toEqual(findings)
  })

  test('C22 without a title there is nothing to make', () => {
    const bare = { ...good, ...withoutTag(aGoodRecord(), '200') }
    const { changes, summary } = decideOn(known, 'title.copy', bare, cataloguer)
    expect({ changes, summary }).toEqual({ changes: [], summary: { titleId: null, title: '' } })
  })

  test('becomes a title and its record, and C63 is there once', () => {
    const shelf = aShelf(known)
    const { changes } = performOn(shelf, 'title.copy', good, cataloguer)
    expect(changes).toMatchObject([
      { put: 'title', row: { title: '小王子', controlNumber: '012021000001', loansCount: 0 } },
      { put: 'bib', row: aGoodRecord() },
    ])
    const again = { ...cataloguer, operationId: 'desk-a.1.2' }
    expect(said(decideOn(shelf, 'title.copy', good, again))).toEqual([
      'impossible C63 title-known-already',
    ])
    // Copied at another desk meanwhile: books are labelled by then, and both titles are kept.
    const late = { ...again, mode: 'record' } as const
    expect(recordOn(shelf, 'title.copy', good, late).outcome).toBe('applied')
  })
})
