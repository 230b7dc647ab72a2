/** Where the desk's log and the city's ledger of it part. */
import type { Link, LogTurns } from '../../db/outbox/log-turns.ts'

export const CHAIN_START = '0'.repeat(64)

/** How far the city's ledger of one epoch goes. */
export interface CityHead {
  readonly lastSeq: number
  readonly headHash: string
}

export interface CityLink extends Link {
  readonly prevHash: string
}

/**
 * The last number up to which both have the same operations. `linkAfter` asks the city for its
 * operation after a number, at most 20 times: equal hashes mean equal histories before them.
 */
export async function lastShared(
  log: Pick<LogTurns, 'epochs' | 'hashAt' | 'linksAfter'>,
  epoch: number,
  city: CityHead,
  linkAfter: (seq: number) => Promise<CityLink | null>,
): Promise<number> {
  const head = log.epochs().find((one) => one.epoch === epoch)
  const lastSeq = head?.lastSeq ?? 0
  const hashOf = (seq: number) => (seq === 0 ? CHAIN_START : log.hashAt(epoch, seq))
  // Only what the city had had for 90 days was forgotten here.
  const forgotten = Math.max(0, (head?.firstSeq ?? 1) - 1)
  if (city.lastSeq <= forgotten) return city.lastSeq
  if (city.lastSeq <= lastSeq) {
    if (hashOf(city.lastSeq) === city.headHash) return city.lastSeq
  } else if ((await linkAfter(lastSeq))?.prevHash === hashOf(lastSeq)) return lastSeq
  const links = log.linksAfter(epoch, forgotten).filter(({ seq }) => seq <= city.lastSeq)
  let same = 0
  let other = links.length
  while (same < other) {
    const middle = Math.floor((same + other) / 2)
    const ours = links[middle]
    if (ours === undefined) break
    const theirs = await linkAfter(ours.seq - 1)
    if (theirs?.hash === ours.hash) same = middle + 1
    else other = middle
  }
  return links[same - 1]?.seq ?? forgotten
}
