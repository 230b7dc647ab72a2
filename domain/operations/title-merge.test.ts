import { describe, expect, test } from 'vitest'
import { NOW, aBib, aHold, aReader, aTitle, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import type { Shelf } from '../../test/builders/decide.ts'
import { DRAFT, saving } from '../../test/builders/draft-work.ts'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { aBookNumber } from '../../test/builders/titles.ts'
import { keyOfChange, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Subscription } from '../serial-records.ts'

const A = 'title-a'
const B = 'title-b'
const C = 'title-c'
const reviewer = { role: 'reviewer' } as const
const went = { controlNumber: '0120title-b', isbns: [], title: '小王子' }
const mergeBIntoA = { keep: A, merge: B, went, choices: [] }
const mergeAIntoB = { keep: B, merge: A, went, choices: [] }
const undoing = (operation: string) => ({ operation, reason: null })

const recordOf = (id: string, ...lines: readonly string[]): Change[] => [
  put('title', aTitle({ id, controlNumber: `0120${id}`, loansCount: 3 })),
  put('bib', aBib({ id, ...aGoodRecord(...lines) })),
]
const both = [...recordOf(A), ...recordOf(B, '606 0$a童话')]

const twoDesks = (): Shelf =>
  aShelf([
    ...both,
    ...recordOf(C),
    put('item', anItem({ id: 'item-b', titleId: B })),
    put('hold', aHold({ titleId: B, readerId: aReader().id })),
    put('reader', aReader()),
  ])
const titleIds = (shelf: Shelf) =>
  rowsOf(shelf, 'title')
    .map(({ id }) => id as string)
    .toSorted()

describe('Q3 merging', () => {
  const rows: [says: string, records: Change[], payload: object, said: string[]][] = [
    ['Q3 two records of one work', both, mergeBIntoA, []],
    ['Q3 a title that is not there', recordOf(A), mergeBIntoA, ['impossible Q3 unknown-title']],
    ['Q5 with itself', both, { ...mergeBIntoA, merge: A }, ['impossible Q5 same-title']],
    [
      'Q2 a title of a counter, without its record',
      [...recordOf(A), put('title', aTitle({ id: B }))],
      mergeBIntoA,
      ['impossible Q2 title-without-record'],
    ],
    [
      'Q3 a book and a disc',
      [...recordOf(A), put('title', aTitle({ id: B, kind: 'audio' })), put('bib', aBib({ id: B }))],
      mergeBIntoA,
      ['alert Q3 title-kinds-differ'],
    ],
    [
      'Q4 more items than one operation moves',
      [
        ...both,
        ...Array.from({ length: 500 }, (_, n) =>
          put('item', anItem({ id: `i${n}`, barcode: `b${n}`, titleId: B })),
        ),
      ],
      mergeBIntoA,
      ['impossible Q4 title-too-large'],
    ],
    [
      'Q6 fields of another format',
      [
        ...recordOf(A),
        put('title', aTitle({ id: B })),
        put('bib', aBib({ id: B, profile: 'marc21' })),
      ],
      { ...mergeBIntoA, choices: [{ tag: '606', take: 'both', seen: [] }] },
      ['impossible Q6 profiles-differ'],
    ],
    [
      'C25 a field that was changed since it was on the screen',
      both,
      { ...mergeBIntoA, choices: [{ tag: '200', take: 'other', seen: [] }] },
      ['impossible C25 record-changed-elsewhere'],
    ],
  ]
  test.each(rows)('%s', (_says, records, payload, expected) => {
    expect(said(decideOn(records, 'title.merge', payload, reviewer))).toEqual(expected)
  })

  test('Q4 items, holds, drafts and loans go with it; the other leaves the catalogue', () => {
    const shelf = twoDesks()
    const base = aGoodRecord('606 0$a童话')
    performOn(shelf, 'draft.save', saving(base, { titleId: B, base }), { role: 'cataloguer' })
    performOn(shelf, 'title.merge', mergeBIntoA, { ...reviewer, operationId: 'desk-b.1.1' })
    expect(titleIds(shelf)).toEqual([A, C])
    expect(rowOf(shelf, 'bib', B)).toBeNull()
    expect(rowOf(shelf, 'item', 'item-b')?.titleId).toBe(A)
    expect(rowsOf(shelf, 'hold').map(({ titleId }) => titleId)).toEqual([A])
    expect(rowOf(shelf, 'draft', DRAFT)?.titleId).toBe(A)
    expect(rowOf(shelf, 'title', A)?.loansCount).toBe(6)
    expect(rowOf(shelf, 'title-redirect', B)).toMatchObject({
      intoId: A,
      controlNumber: `0120${B}`,
    })
  })

  test('Q4 its book number goes over where the title that stays has none in that class', () => {
    const shelf = twoDesks()
    for (const row of [
      aBookNumber({ id: 'n1', titleId: A }),
      aBookNumber({ id: 'n2', titleId: B }),
      aBookNumber({ id: 'n3', titleId: B, classNumber: 'I565' }),
      aBookNumber({ id: 'n4', titleId: B, schemeId: 'scheme-2' }),
    ]) {
      shelf.rows.set(`book-number:${row.id}`, row)
    }
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    const titleIdOf = (id: string) => rowOf(shelf, 'book-number', id)?.titleId
    expect(['n1', 'n2', 'n3', 'n4'].map(titleIdOf)).toEqual([A, B, A, A])
  })

  test('Q4 orders of a serial go over, of whatever year', () => {
    const shelf = aShelf([
      ...recordOf(A),
      put('title', aTitle({ id: B, kind: 'serial' })),
      put('bib', aBib({ id: B })),
    ])
    for (const year of [2019, 2026, 2027]) {
      const ordered = { id: `s${year}`, titleId: B, year }
      shelf.rows.set(`subscription:${ordered.id}`, ordered as unknown as Subscription)
    }
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    expect(rowsOf(shelf, 'subscription').map(({ titleId }) => titleId)).toEqual([A, A, A])
  })

  test('Q6 of each tag what a person took: its own, the other’s, or both', () => {
    const shelf = aShelf([
      ...recordOf(A, '606 0$a小说', '330  $a甲'),
      ...recordOf(B, '606 0$a童话', '330  $a乙', '010  $a978-7-02-004929-5'),
    ])
    const seen = (tag: string) =>
      rowOf(shelf, 'bib', A)?.fields.filter((field) => field.tag === tag) ?? []
    const choices = [
      { tag: '606', take: 'both', seen: seen('606') },
      { tag: '330', take: 'other', seen: seen('330') },
    ]
    performOn(shelf, 'title.merge', { ...mergeBIntoA, choices }, reviewer)
    const values = (tag: string) =>
      rowOf(shelf, 'bib', A)
        ?.fields.filter((field) => field.tag === tag)
        .flatMap(({ subfields }) => subfields.map(({ value }) => value))
    expect(values('606')).toEqual(['小说', '童话'])
    expect(values('330')).toEqual(['乙'])
    expect(values('010')).toContain('978-7-5001-6208-7')
    expect(rowOf(shelf, 'title', A)?.subjects).toEqual(['小说', '童话'])
    // The ISBN that only the other had leads here still.
    expect(rowOf(shelf, 'title-redirect', B)?.isbns).toEqual(aTitle().isbns)
  })
})

describe('Q5 two desks merge the same two, each the other way', () => {
  test('the first one counts, the other is told that it is done, and no redirect leads in a circle', () => {
    const shelf = twoDesks()
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    const second = recordOn(shelf, 'title.merge', mergeAIntoB, {
      ...reviewer,
      operationId: 'desk-b.1.1',
      mode: 'record',
    })
    expect(second.outcome).toBe('refused')
    expect(second.changes).toEqual([])
    expect(second.exceptions).toEqual([])
    expect(titleIds(shelf)).toEqual([A, C])
    expect(rowsOf(shelf, 'title-redirect').map(({ id, intoId }) => [id, intoId])).toEqual([[B, A]])
  })

  test.each([
    ['A into B, then B into C', [A, B], [B, C]],
    ['B into C, then A into B', [B, C], [A, B]],
  ])('%s: all end at C, by one step each', (_says, ...merges) => {
    const shelf = twoDesks()
    for (const [at, [merge = '', keep = '']] of merges.entries()) {
      performOn(
        shelf,
        'title.merge',
        { keep, merge, went, choices: [] },
        {
          ...reviewer,
          operationId: `desk-a.1.${at + 1}`,
        },
      )
    }
    expect(titleIds(shelf)).toEqual([C])
    expect(
      Object.fromEntries(rowsOf(shelf, 'title-redirect').map(({ id, intoId }) => [id, intoId])),
    ).toEqual({ [A]: C, [B]: C })
    expect(rowOf(shelf, 'item', 'item-b')?.titleId).toBe(C)
  })

  test('Q6 a choice made for a record that is another’s by now takes nothing', () => {
    const shelf = twoDesks()
    performOn(shelf, 'title.merge', { keep: C, merge: A, went, choices: [] }, reviewer)
    const choices = [{ tag: '606', take: 'other', seen: [] }]
    const decision = decideOn(
      shelf,
      'title.merge',
      { ...mergeBIntoA, choices },
      {
        ...reviewer,
        operationId: 'desk-b.1.1',
      },
    )
    expect(said(decision)).toEqual(['note Q6 merge-choices-dropped'])
    expect(decision.summary.titleId).toBe(C)
  })
})

describe('Q7 what another desk does to the one that went', () => {
  const merged = (): Shelf => {
    const shelf = twoDesks()
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    return shelf
  }
  const later = { operationId: 'desk-b.1.1' } as const

  test('a hold is placed on the one that stays', () => {
    const shelf = merged()
    const asking = {
      title: B,
      item: null,
      card: aReader().cardNumber,
      pickupBranch: anItem().homeBranchId,
      neededByOn: null,
    }
    // The reader waited for the other already.
    expect(said(decideOn(shelf, 'hold.place', asking, later))).toContain(
      'impossible H3 hold-placed-already',
    )
  })

  test('books that are labelled become its items', () => {
    const shelf = merged()
    const adding = {
      title: B,
      barcodes: ['04400510009999'],
      branch: anItem().homeBranchId,
      shelf: null,
      callNumber: null,
      bookNumber: null,
      itemType: 'book',
      bookNumber: null,
      priceFen: null,
    }
    performOn(shelf, 'item.add', adding, { ...later, role: 'cataloguer' })
    expect(rowOf(shelf, 'item', 'desk-b.1.1.r1')?.titleId).toBe(A)
  })

  test('a file that brings its number again brings items alone', () => {
    const shelf = merged()
    const { id: _title, ...title } = aTitle({ controlNumber: `0120${B}`, title: '另一个名字' })
    const { id: _bib, ...bib } = aBib()
    const item = {
      barcode: '04400510008888',
      callNumber: null,
      shelf: null,
      itemType: 'book',
      priceFen: null,
    }
    const file = { source: 'b.mrc', records: [{ title, bib, items: [item] }] }
    performOn(shelf, 'title.import', file, { ...later, role: 'cataloguer' })
    expect(titleIds(shelf)).toEqual([A, C])
    expect(rowOf(shelf, 'title', A)?.title).toBe(aTitle().title)
    expect(rowOf(shelf, 'item', 'desk-b.1.1.r2')?.titleId).toBe(A)
  })

  test('a draft that was begun on it is saved, and published, upon the one that stays', () => {
    const shelf = merged()
    const base = aGoodRecord('606 0$a童话')
    const written = aGoodRecord('606 0$a童话', '330  $a一位飞行员遇见小王子')
    const begin = { ...saving(written, { titleId: B, base }) }
    performOn(shelf, 'draft.save', begin, { ...later, role: 'cataloguer' })
    const draft = 'desk-b.1.1.r1'
    expect(rowOf(shelf, 'draft', draft)?.titleId).toBe(A)
    performOn(
      shelf,
      'draft.publish',
      { draft, revision: 1 },
      {
        ...reviewer,
        operationId: 'desk-b.1.2',
      },
    )
    expect(titleIds(shelf)).toEqual([A, C])
    expect(rowOf(shelf, 'bib', A)?.fields.map(({ tag }) => tag)).toContain('330')
  })
})

describe('Q9 unmerging', () => {
  const undoneOn = (shelf: Shelf) =>
    recordOn(shelf, 'operation.undo', undoing('desk-a.1.1'), {
      ...reviewer,
      operationId: 'desk-a.1.9',
      at: NOW + 1,
    })

  test('undone, all is as it was', () => {
    const shelf = twoDesks()
    const before = new Map(shelf.rows)
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    performOn(shelf, 'operation.undo', undoing('desk-a.1.1'), {
      ...reviewer,
      operationId: 'desk-a.1.2',
      at: NOW + 1,
    })
    expect(shelf.rows).toEqual(before)
  })

  const since: [says: string, change: (shelf: Shelf) => void][] = [
    [
      'the one that stays went into a third',
      (shelf) =>
        performOn(
          shelf,
          'title.merge',
          { keep: C, merge: A, went, choices: [] },
          {
            ...reviewer,
            operationId: 'desk-a.1.2',
          },
        ),
    ],
    [
      'an item was given to a third title',
      (shelf) => shelf.rows.set('item:item-b', anItem({ id: 'item-b', titleId: C })),
    ],
    [
      'a copy was kept for a hold that came with it',
      (shelf) =>
        shelf.rows.set(
          `hold:${aHold().id}`,
          aHold({ titleId: A, state: 'on-shelf', trappedItemId: 'item-1' }),
        ),
    ],
  ]
  test.each(since)('U4 not after %s', (_says, change) => {
    const shelf = twoDesks()
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    change(shelf)
    expect(undoneOn(shelf).outcome).toBe('refused')
  })

  test('U4 a loan of an item that moved stands in nobody’s way', () => {
    const shelf = twoDesks()
    performOn(shelf, 'title.merge', mergeBIntoA, reviewer)
    shelf.rows.set('item:item-b', {
      ...anItem({ id: 'item-b', titleId: A }),
      state: 'on-loan',
      openLoanId: 'loan-9' as never,
    })
    expect(undoneOn(shelf).outcome).toBe('applied')
  })
})

test('Q4 decided again on the desk, whose catalogue let it go already, all that hangs on it goes too', () => {
  const rows = twoDesks()
  rows.rows.delete(`title:${B}`)
  rows.rows.delete(`bib:${B}`)
  const again = decideOn(rows, 'title.merge', mergeBIntoA, { ...reviewer, mode: 'record' })
  expect(again.changes.map(keyOfChange)).toEqual(
    expect.arrayContaining(['item:item-b', `hold:${aHold().id}`, `title-redirect:${B}`]),
  )
  const inCity = { ...reviewer, mode: 'record', isCity: true } as const
  expect(said(decideOn(rows, 'title.merge', mergeBIntoA, inCity))).toEqual([
    'impossible Q3 unknown-title',
  ])
})
