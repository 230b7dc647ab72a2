import { describe, expect, test } from 'vitest'
import { aShelf, decideOn, performOn, rowOf, rowsOf, said } from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { aBib, aTitle } from '../../test/builders/city.ts'
import type { BibContent } from '../cataloguing-records.ts'
import { put } from '../change.ts'

const cataloguer = { role: 'cataloguer' } as const
const reviewer = { role: 'reviewer' } as const
const DRAFT = 'desk-a.1.1.r1'

const saving = (content: BibContent, parts: object = {}) => ({
  of: null,
  titleId: null,
  profile: 'cnmarc',
  base: null,
  ...content,
  ...parts,
})
const published = aGoodRecord()
const withRecord = () =>
  aShelf([put('title', aTitle({ loansCount: 7 })), put('bib', aBib(published))])
const begun = (content: BibContent, parts: object = {}, shelf: Shelf = aShelf([])): Shelf => {
  performOn(shelf, 'draft.save', saving(content, parts), cataloguer)
  return shelf
}
const ofTitle = { titleId: 'title-1', base: published }
const latest = { draft: DRAFT, revision: 1 }
const publisher = aGoodRecord('210  $a上海$c上海译文出版社$d2022')
const otherPublisher = aGoodRecord('210  $a广州$c花城出版社$d2022')

describe('publishing', () => {
  test('a new record and the title that follows from it', () => {
    const shelf = begun(published)
    const { outcome } = performOn(shelf, 'draft.publish', latest, {
      ...reviewer,
      operationId: 'desk-b.1.1',
    })
    expect(outcome).toBe('applied')
    expect(rowOf(shelf, 'title', 'desk-b.1.1.r1')).toMatchObject({
      title: '小王子',
      publisher: '中译出版社',
      isbns: ['9787500162087'],
      loansCount: 0,
    })
    expect(rowOf(shelf, 'bib', 'desk-b.1.1.r1')).toMatchObject(published)
    expect(rowOf(shelf, 'draft', DRAFT)).toMatchObject({
      state: 'published',
      titleId: 'desk-b.1.1.r1',
    })
  })

  test('C25 what the city changed meanwhile stays beside what the draft changed', () => {
    const shelf = begun(publisher, ofTitle, withRecord())
    const extent = aGoodRecord('215  $a120页$d21cm')
    performOn(shelf, 'title.import', importOf(extent), { ...cataloguer, operationId: 'desk-b.1.1' })
    performOn(shelf, 'draft.publish', latest, { ...reviewer, operationId: 'desk-b.1.2' })
    const tags = rowOf(shelf, 'bib', 'title-1')?.fields
    expect(tags).toContainEqual(publisher.fields.find(({ tag }) => tag === '210'))
    expect(tags).toContainEqual(extent.fields.find(({ tag }) => tag === '215'))
    expect(rowOf(shelf, 'title', 'title-1')).toMatchObject({ loansCount: 7 })
  })

  test('C25 two rooms change one field: both values stay, a person chooses, and both are settled', () => {
    const shelf = begun(publisher, ofTitle, withRecord())
    performOn(shelf, 'draft.save', saving(otherPublisher, ofTitle), {
      ...cataloguer,
      operationId: 'desk-b.1.1',
    })
    performOn(shelf, 'draft.publish', latest, { ...reviewer, operationId: 'desk-a.1.2' })
    const second = { draft: 'desk-b.1.1.r1', revision: 1 }
    const late = { ...reviewer, operationId: 'desk-b.1.2' }
    expect(said(decideOn(shelf, 'draft.publish', second, late))).toEqual([
      'impossible C25 record-changed-elsewhere',
      // The publisher of a national record is no longer the one that it came with (M22).
      'note C22 record-doubtful',
    ])
    const refused = performOn(shelf, 'draft.publish', second, late)
    expect(refused).toMatchObject({ outcome: 'refused' })
    expect(refused.exceptions).toMatchObject([{ kind: 'request-refused', rules: ['E11', 'C25'] }])
    expect(rowOf(shelf, 'draft', 'desk-b.1.1.r1')).toMatchObject({
      state: 'drafted',
      ...otherPublisher,
    })
    expect(rowOf(shelf, 'bib', 'title-1')).toMatchObject(publisher)

    const of = { draft: 'desk-b.1.1.r1', revision: 1 }
    const chosen = saving(otherPublisher, { ...ofTitle, base: publisher, of })
    performOn(shelf, 'draft.save', chosen, { ...cataloguer, operationId: 'desk-b.1.3' })
    performOn(
      shelf,
      'draft.publish',
      { ...of, revision: 2 },
      { ...reviewer, operationId: 'desk-b.1.4' },
    )
    expect(rowOf(shelf, 'bib', 'title-1')).toMatchObject(otherPublisher)
    expect(rowsOf(shelf, 'title')).toHaveLength(1)
  })

  const gone = () => {
    const shelf = begun(publisher, ofTitle, withRecord())
    shelf.rows.delete('bib:title-1')
    return shelf
  }
  const faulty = withoutTag(published, '100')
  test.each([
    ['C22 a fault', begun(faulty), latest, 'impossible C22 record-faulty'],
    [
      'C21 an older saving',
      begun(published),
      { ...latest, revision: 2 },
      'impossible C21 draft-saved-elsewhere',
    ],
    ['C23 no such draft', aShelf([]), latest, 'impossible C23 unknown-draft'],
    ['C26 a record that is gone', gone(), latest, 'impossible C26 unknown-title'],
  ])('%s', (_says, shelf, payload, expected) => {
    expect(said(decideOn(shelf, 'draft.publish', payload, reviewer))).toContain(expected)
  })

  test('C22 not without a title', () => {
    const untitled = begun(withoutTag(published, '200'))
    expect(said(decideOn(untitled, 'draft.publish', latest, reviewer))).toContain(
      'impossible C22 record-without-title',
    )
  })
})

function importOf({ leader, fields }: BibContent) {
  const { id: _id, ...title } = aTitle()
  const record = { title, bib: { profile: 'cnmarc', leader, fields }, items: [] }
  return { source: '2026-11.iso', records: [record] }
}
