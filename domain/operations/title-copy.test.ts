import { describe, expect, test } from 'vitest'
import { kept, known } from '../../test/builders/copy-target.ts'
import { aShelf, decideOn, performOn, recordOn, said } from '../../test/builders/decide.ts'
import { cataloguer, reviewer } from '../../test/builders/draft-work.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { put } from '../change.ts'

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

  test('C63 becomes a title and its record, and is there once', () => {
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
