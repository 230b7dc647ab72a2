import { describe, expect, test } from 'vitest'
import { aTitle } from '../../test/builders/city.ts'
import { aShelf, decideOn, performOn, rowOf, said } from '../../test/builders/decide.ts'
import { catalogued, correcting, settingPublisher, valueIn } from '../../test/builders/titles.ts'
import { put } from '../change.ts'
import type { Change } from '../change.ts'

const reviewer = { role: 'reviewer' } as const
const both = [...catalogued('a'), ...catalogued('b')]

describe('Q10 correcting', () => {
  const rows: [
    says: string,
    records: Change[],
    payload: object,
    corrected: number,
    said: string[],
  ][] = [
    ['Q10 each of them', both, correcting(['a', 'b']), 2, []],
    ['Q10 one that is gone', both, correcting(['a', 'c']), 1, ['note Q10 records-left']],
    [
      'Q10 one that says so already',
      both,
      correcting(['a'], settingPublisher('中译出版社')),
      0,
      ['note Q10 records-left'],
    ],
    [
      'Q10 one that would lose its title',
      both,
      correcting(['a'], { does: 'delete', tag: '200', code: 'a' }),
      0,
      ['note Q10 records-left'],
    ],
    [
      'Q10 one without a full record',
      [put('title', aTitle({ id: 'a' }))],
      correcting(['a']),
      0,
      ['note Q10 records-left'],
    ],
  ]
  test.each(rows)('%s', (_says, records, payload, corrected, expected) => {
    const decision = decideOn(records, 'title.correct', payload, reviewer)
    expect(said(decision)).toEqual(expected)
    expect(decision.summary.corrected).toBe(corrected)
  })

  test('Q10 the title says what the record says, and keeps its loans', () => {
    const shelf = aShelf(both)
    performOn(shelf, 'title.correct', correcting(['a']), reviewer)
    expect(rowOf(shelf, 'title', 'a')).toMatchObject({
      publisher: '中译出版有限公司',
      loansCount: 7,
    })
    expect(rowOf(shelf, 'title', 'b')?.publisher).toBe(aTitle().publisher)
  })

  test('Q10 what another desk changed meanwhile stays, and is corrected too', () => {
    const shelf = aShelf([...catalogued('a', '330  $a别处写的提要')])
    performOn(shelf, 'title.correct', correcting(['a']), reviewer)
    expect(valueIn(shelf, 'a', '330', 'a')).toBe('别处写的提要')
    expect(valueIn(shelf, 'a', '210', 'c')).toBe('中译出版有限公司')
  })
})
