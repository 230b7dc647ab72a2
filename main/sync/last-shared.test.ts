import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHAIN_START, lastShared } from './last-shared.ts'
import type { CityLink } from './last-shared.ts'

/** Numbers 1 … `length`; from `fork` on another history. */
function chain(length: number, fork = Number.POSITIVE_INFINITY): CityLink[] {
  let prevHash = CHAIN_START
  return Array.from({ length }, (_, index) => {
    const seq = index + 1
    const hash = `${seq >= fork ? 'other' : 'same'}-${seq}`
    const link = { seq, hash, prevHash }
    prevHash = hash
    return link
  })
}

const logOf = (links: readonly CityLink[]) => ({
  epochs: () => {
    const [first, last] = [links[0], links.at(-1)]
    if (first === undefined || last === undefined) return []
    const { hash: headHash, seq: lastSeq } = last
    return [{ epoch: 1, firstSeq: first.seq, lastSeq, headHash, answeredSeq: 0 }]
  },
  hashAt: (_epoch: number, seq: number) => links.find((one) => one.seq === seq)?.hash ?? null,
  linksAfter: (_epoch: number, seq: number) => links.filter((one) => one.seq > seq),
})

function cityOf(links: readonly CityLink[]) {
  let asked = 0
  return {
    head: { lastSeq: links.length, headHash: links.at(-1)?.hash ?? CHAIN_START },
    linkAfter: (seq: number) => {
      asked += 1
      return Promise.resolve(links[seq] ?? null)
    },
    asked: () => asked,
  }
}

describe('the last shared number', () => {
  test('is found wherever two histories part, in few questions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 700 }),
        fc.nat({ max: 700 }),
        fc.nat({ max: 700 }),
        fc.nat({ max: 40 }),
        async (ours, theirs, fork, forgotten) => {
          const city = cityOf(chain(theirs))
          const links = chain(ours, fork + 1).slice(
            // The newest is never forgotten.
            Math.min(forgotten, fork, Math.max(0, ours - 1)),
          )
          const shared = await lastShared(logOf(links), 1, city.head, city.linkAfter)
          const known = links[0] === undefined ? 0 : links[0].seq - 1
          expect(shared).toBe(Math.min(theirs, Math.max(known, Math.min(ours, fork))))
          expect(city.asked()).toBeLessThan(20)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is before a hole that the city knows more of', async () => {
    const links = chain(9).filter(({ seq }) => seq < 6 || seq > 7)
    const city = cityOf(chain(7))
    expect(await lastShared(logOf(links), 1, city.head, city.linkAfter)).toBe(5)
  })
})
