import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyPad, observe, uidsHere, type PresenceEvent, type PresenceState } from './presence.ts'

const EVERY_MS = 150

/** Each row is one inventory; the letters are tags. */
const watch = (rows: readonly string[]): readonly (readonly PresenceEvent[])[] => {
  let state: PresenceState = emptyPad
  return rows.map((row, n) => {
    const [next, events] = observe(state, row.split(''), (n + 1) * EVERY_MS)
    state = next
    return events
  })
}

const said = (rows: readonly string[]): string[] =>
  watch(rows)
    .flat()
    .map((event) =>
      event.kind === 'settled' ? `settled ${event.uids.join('')}` : `${event.kind} ${event.uid}`,
    )

describe('presence', () => {
  it('takes a tag for there at its second sighting, and a single sighting for noise', () => {
    expect(said(['a', 'a'])).toEqual(['arrived a'])
    expect(said(['a', '', '', '', '', '', ''])).toEqual([])
  })

  it('lets it go after four misses and 600 ms, not before', () => {
    expect(said(['a', 'a', '', '', '']).filter((word) => word.startsWith('left'))).toEqual([])
    expect(said(['a', 'a', '', '', '', ''])).toContain('left a')
  })

  it('calls it returned within two seconds, and arrived anew after', () => {
    const away = Array.from({ length: 4 }, () => '')
    const long = Array.from({ length: 15 }, () => '')
    expect(said(['a', 'a', ...away, 'a']).at(-1)).toBe('returned a')
    const anew = said(['a', 'a', ...long, 'a', 'a'])
    expect(anew.filter((word) => word === 'arrived a')).toHaveLength(2)
  })

  it('says once that nothing moves any more', () => {
    expect(said(['ab', 'ab', 'ab', 'ab', 'ab'])).toEqual(['arrived a', 'arrived b', 'settled ab'])
    expect(said(['', '', '', ''])).toEqual([])
  })

  it('case 37: of eight tags one flickers at random, and each arrives exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 40, maxLength: 80 }), (isHeard) => {
        // Never away so long that it would be another visit.
        let silent = 0
        const rows = isHeard.map((heard) => {
          silent = heard || silent >= 10 ? 0 : silent + 1
          return silent === 0 ? 'abcdefgh' : 'abcdefg'
        })
        const words = said([...rows, 'abcdefgh', 'abcdefgh'])
        for (const uid of 'abcdefgh') {
          expect(words.filter((word) => word === `arrived ${uid}`)).toHaveLength(1)
        }
      }),
    )
  })

  it('keeps no tag that is long gone', () => {
    let state: PresenceState = emptyPad
    for (let n = 0; n < 100; n += 1) [state] = observe(state, [`tag-${n}`], n * EVERY_MS)
    expect(state.presencesByUid.size).toBeLessThan(20)
    expect(uidsHere(state)).toEqual([])
  })
})
