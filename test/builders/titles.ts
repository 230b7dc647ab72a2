/** Titles that became part of another, or were told apart. */
import type { TitleRedirect, TitleSuppression, TitlesApart } from '../../domain/title-records.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { BookNumber } from '../../domain/shelf-records.ts'
import { BRANCH, NOW, aBib, aTitle } from './city.ts'
import { rowOf } from './decide.ts'
import type { Shelf } from './decide.ts'
import { aGoodRecord } from './good-record.ts'

type Loose<T> = { readonly [F in keyof T]?: T[F] extends string ? string : T[F] }

export const aRedirect = (parts: Loose<TitleRedirect> = {}): TitleRedirect =>
  ({
    id: 'title-2',
    intoId: 'title-1',
    controlNumber: '012026000002',
    isbns: ['9787020024759'],
    title: '围城',
    mergedAt: NOW,
    staffId: 'staff-lin',
    branchId: 'branch-1',
    ...parts,
  }) as TitleRedirect

export const aSuppression = (parts: Loose<TitleSuppression> = {}): TitleSuppression =>
  ({
    id: 'title-1',
    reason: '等待审读',
    at: NOW,
    staffId: 'staff-lin',
    branchId: BRANCH,
    ...parts,
  }) as TitleSuppression

export const apart = (...titleIds: readonly string[]): TitlesApart =>
  ({ id: titleIds.join('-'), titleIds, at: NOW, staffId: 'staff-lin' }) as unknown as TitlesApart

/** A title and its record, in which `lines` stand for those of their tags. */
export const catalogued = (id: string, ...lines: readonly string[]): Change[] => [
  put('title', aTitle({ id, loansCount: 7 })),
  put('bib', aBib({ id, ...aGoodRecord(...lines) })),
]

export const settingPublisher = (value: string) => ({ does: 'set', tag: '210', code: 'c', value })

export const correcting = (
  titles: readonly string[],
  fix: object = settingPublisher('中译出版有限公司'),
) => ({ batch: 'batch-1', fix, year: 2026, titles })

/** Of the first field of the tag. */
export const valueIn = (shelf: Shelf, id: string, tag: string, code: string) =>
  rowOf(shelf, 'bib', id)
    ?.fields.find((field) => field.tag === tag)
    ?.subfields.find((one) => one.code === code)?.value

export const aBookNumber = (parts: Loose<BookNumber> = {}): BookNumber =>
  ({
    id: 'number-1',
    schemeId: 'scheme-1',
    classNumber: 'I247.5',
    titleId: 'title-1',
    text: '12',
    wasProvisional: false,
    branchIds: [],
    branchId: BRANCH,
    staffId: 'staff-lin',
    askedAt: NOW,
    ...parts,
  }) as BookNumber
