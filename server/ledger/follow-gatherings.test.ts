import { expect, test } from 'vitest'
import { get, known, together } from '../../domain/gathering.ts'
import type { Gathering, Lookup, LookupAnswer } from '../../domain/gathering.ts'
import { aLibrary } from '../../test/builders/city.ts'
import { followGatherings } from './follow-gatherings.ts'

const row = aLibrary()
const nameOf = (lookup: Lookup): string => ('id' in lookup ? lookup.id : lookup.lookup)

/** A store that is asked round by round: what was noted down is known in the next. */
function rounds(gathering: Gathering<unknown>, tell: (result: unknown) => void = () => {}) {
  const fetched = new Set<string>()
  const asked: string[][] = []
  let noted = new Set<string>()
  const following = followGatherings((lookup): LookupAnswer | undefined => {
    if (fetched.has(nameOf(lookup))) return [row]
    noted.add(nameOf(lookup))
    return undefined
  })
  following.begin(gathering, tell)
  do {
    if (noted.size > 0) asked.push([...noted])
    for (const name of noted) fetched.add(name)
    noted = new Set()
  } while (following.goOn())
  return asked
}

const results: unknown[] = []
function* keep(parts: Gathering<unknown>): Gathering<null> {
  results.push(yield* parts)
  return null
}
function* chain(...ids: string[]): Gathering<string> {
  for (const id of ids) yield* get('library', id)
  return ids.join('')
}

test('what does not wait for each other is asked in one round', () => {
  results.length = 0
  const asked = rounds(keep(together(chain('a', 'b'), chain('c'), together(chain('d', 'e')))))
  expect(asked).toEqual([
    ['a', 'c', 'd'],
    ['b', 'e'],
  ])
  expect(results).toEqual([['ab', 'c', ['de']]])
})

test.each([
  ['last', () => together(chain('a'), known(1)), ['a', 1]],
  ['first', () => together(known(1), chain('a')), [1, 'a']],
  ['alone', () => together(known(1), known(2)), [1, 2]],
  ['not at all', () => together(), []],
])('a part that asks nothing stands %s: told once', (_where, parts, expected) => {
  results.length = 0
  rounds(keep(parts()))
  expect(results).toEqual([expected])
})

test('parts that are known by now count once: nobody is told before the others are there', () => {
  results.length = 0
  function* later(): Gathering<unknown> {
    yield* get('library', 'a')
    return yield* together(together(chain('a')), chain('a'), chain('b', 'c'))
  }
  rounds(keep(later()))
  expect(results).toEqual([[['a'], 'a', 'bc']])
})

test('one that throws stops whoever waits for it, and nobody else', () => {
  results.length = 0
  function* broken(): Gathering<null> {
    yield* get('library', 'x')
    throw new Error('no such thing')
  }
  rounds(together(keep(together(broken(), chain('a'))), keep(chain('b'))))
  expect(results).toEqual(['b'])
})
