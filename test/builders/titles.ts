/** Titles that became part of another, or were told apart. */
import type { TitleRedirect, TitlesApart } from '../../domain/title-records.ts'
import { NOW } from './city.ts'

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

export const apart = (...titleIds: readonly string[]): TitlesApart =>
  ({ id: titleIds.join('-'), titleIds, at: NOW, staffId: 'staff-lin' }) as unknown as TitlesApart
