import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { FACETS, narrow, yearsOf } from './title-facets.ts'
import type { Holding, TitleFacets, TitleFilter } from './title-facets.ts'

const any: TitleFilter = {
  kind: null,
  years: null,
  language: null,
  audience: null,
  isAvailableHere: false,
  heldBy: null,
  isSuppressed: false,
}
const held = (...ids: readonly string[]) =>
  new Map(ids.map((id) => [id, { holder: 'city', isAvailableHere: true } as const]))
const titleOf = (id: string, facets: Partial<TitleFacets>) => ({
  row: { id },
  facets: { kind: 'book', years: '2020', language: 'chi', audience: 'general', ...facets } as const,
})
const none: ReadonlySet<string> = new Set()
const titles = [
  titleOf('a', {}),
  titleOf('b', { years: '2010' }),
  titleOf('c', { kind: 'video', years: 'unknown' }),
  titleOf('d', { language: 'eng', years: 'earlier' }),
  titleOf('e', { audience: 'juvenile' }),
]
const idsOf = (filter: Partial<TitleFilter>, here: readonly string[] = []): string[] =>
  narrow(titles, { ...any, ...filter }, held(...here), none).titles.map(({ row }) => row.id)

describe('the years of a title', () => {
  it.each([
    ['2024', '2020'],
    ['1980', '1980'],
    ['1979', 'earlier'],
    ['[1957?]', 'earlier'],
    ['2009.8', '2000'],
    ['民国三十年', 'unknown'],
    [null, 'unknown'],
  ])('%s: %s', (year, years) => {
    expect(yearsOf(year)).toBe(years)
  })
})

describe('a list that is narrowed', () => {
  it('keeps its order and loses what the choice leaves out', () => {
    expect(idsOf({})).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(idsOf({ kind: 'book', language: 'chi' })).toEqual(['a', 'b', 'e'])
    expect(idsOf({ isAvailableHere: true }, ['e', 'b'])).toEqual(['b', 'e'])
    expect(idsOf({ years: '1990' })).toEqual([])
  })
  it('keeps what this library has, or anybody', () => {
    const holdings = new Map<string, Holding>([
      ['a', { holder: 'library', isAvailableHere: true }],
      ['b', { holder: 'city', isAvailableHere: false }],
      ['c', { holder: 'city', isAvailableHere: true }],
      ['d', { holder: 'library', isAvailableHere: false }],
    ])
    const left = (filter: Partial<TitleFilter>) =>
      narrow(titles, { ...any, ...filter }, holdings, none)
    const idsLeft = (filter: Partial<TitleFilter>) => left(filter).titles.map(({ row }) => row.id)
    expect(idsLeft({ heldBy: 'library' })).toEqual(['a', 'd'])
    expect(idsLeft({ heldBy: 'city' })).toEqual(['a', 'b', 'c', 'd'])
    expect(idsLeft({ heldBy: 'library', isAvailableHere: true })).toEqual(['a'])
    expect(idsLeft({ heldBy: 'city', kind: 'video' })).toEqual(['c'])
    expect(left({ heldBy: 'library' }).counts).toMatchObject({
      heldBy: { library: 2, city: 4 },
      availableHere: 1,
      kind: [{ value: 'book', count: 2 }],
    })
    expect(left({ isAvailableHere: true }).counts.heldBy).toEqual({ library: 1, city: 2 })
  })
  it('keeps what readers do not see', () => {
    const left = narrow(titles, { ...any, isSuppressed: true }, held(), new Set(['b', 'e']))
    expect(left.titles.map(({ row }) => row.id)).toEqual(['b', 'e'])
    expect(left.counts.suppressed).toBe(2)
  })
  it('counts each facet under the choices in the others', () => {
    const { counts } = narrow(
      titles,
      { ...any, kind: 'book', years: '2020' },
      held('a', 'b', 'c'),
      none,
    )
    expect(counts).toEqual({
      kind: [{ value: 'book', count: 2 }],
      years: [
        { value: '2020', count: 2 },
        { value: '2010', count: 1 },
        { value: 'earlier', count: 1 },
      ],
      language: [{ value: 'chi', count: 2 }],
      audience: [
        { value: 'general', count: 1 },
        { value: 'juvenile', count: 1 },
      ],
      availableHere: 1,
      heldBy: { library: 0, city: 1 },
      suppressed: 0,
    })
  })
  it('leaves as many as the count of a choice said', () => {
    const facets = fc.record({
      kind: fc.constantFrom('book', 'video'),
      years: fc.constantFrom('2020', 'earlier'),
      language: fc.constantFrom('chi', 'eng', 'unknown'),
      audience: fc.constantFrom('general', 'adult'),
    })
    const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
    fc.assert(
      fc.property(
        fc.array(facets, { maxLength: 30 }),
        fc.record({
          kind: orNull(fc.constantFrom('book' as const, 'video' as const)),
          years: orNull(fc.constantFrom('2020', 'earlier')),
          language: orNull(fc.constantFrom('chi', 'eng')),
          audience: orNull(fc.constantFrom('general' as const, 'adult' as const)),
          isAvailableHere: fc.boolean(),
          heldBy: orNull(fc.constantFrom('library' as const, 'city' as const)),
          isSuppressed: fc.boolean(),
        }),
        fc.dictionary(
          fc.nat(30).map(String),
          fc.record({
            holder: fc.constantFrom('library' as const, 'city' as const),
            isAvailableHere: fc.boolean(),
          }),
        ),
        fc.uniqueArray(fc.nat(30).map(String)),
        (list, filter, held, suppressed) => {
          const hidden = new Set(suppressed)
          const all = list.map((one, index) => titleOf(String(index), one as TitleFacets))
          const available = new Map(Object.entries(held))
          const { counts } = narrow(all, filter, available, hidden)
          for (const name of FACETS) {
            for (const { value, count } of counts[name]) {
              const chosen = narrow(all, { ...filter, [name]: value }, available, hidden)
              expect(chosen.titles).toHaveLength(count)
            }
          }
          const here1 = narrow(all, { ...filter, isAvailableHere: true }, available, hidden)
          expect(here1.titles).toHaveLength(counts.availableHere)
          const out = narrow(all, { ...filter, isSuppressed: true }, available, hidden)
          expect(out.titles).toHaveLength(counts.suppressed)
          for (const heldBy of ['library', 'city'] as const) {
            const chosen = narrow(all, { ...filter, heldBy }, available, hidden)
            expect(chosen.titles).toHaveLength(counts.heldBy[heldBy])
          }
        },
      ),
    )
  })
})
