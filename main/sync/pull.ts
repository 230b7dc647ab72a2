/** Takes what the city has and this desk has not, page by page. */
import { PULL_ENTRIES_MAX } from '../../contract/sync-protocol.ts'
import type { Cursors, LiveNews } from '../../contract/sync-protocol.ts'
import { followedBy, isReplicaScope, scopesAhead } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { discardReplica } from '../../db/replica/replica.ts'
import type { Announcer } from '../engine/announce.ts'
import { catchUp } from '../engine/replay.ts'
import type { Stores } from '../engine/stores.ts'
import { applyEntries, applyTitles } from './apply-entries.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

/**
 * A page is one transaction, and what the desk did upon its rows is decided again within it, 0.15 ms
 * each: after an offline day smaller pages let the desk work in between. A page itself is not cut up
 * between two operations: whoever read the rows meanwhile would see them with the city's part and
 * without what this desk did later (I12, I16), and a lending decided then would stand upon that.
 */
const UNSETTLED_MANY = 500
export const ENTRIES_WHILE_MANY = 60

export interface Pulling {
  /** Asked before each page. */
  readonly mayGoOn: () => boolean
  /** Told of each page that was not the last. */
  readonly onPage: () => void
  /** Told of each page where it led. */
  readonly onReached: (cursors: Cursors, heads: Cursors) => void
  /** Scopes that come by a snapshot. */
  readonly except: () => readonly Scope[]
  /** Lets a loan at the desk in between. */
  readonly pause: () => Promise<void>
}

/** Where this desk stands in each scope it follows, `except` those left out. */
export function cursorsOf(
  { outbox, replica, catalogue }: Stores,
  except: readonly Scope[] = [],
): Cursors {
  const identity = outbox.identity()
  const known: Cursors = { ...replica.cursors(), catalogue: catalogue.cursor() }
  const followed = identity === null ? [] : followedBy(identity)
  const asked = followed.filter((scope) => !except.includes(scope))
  return Object.fromEntries(asked.map((scope) => [scope, known[scope] ?? 0]))
}

/** True where everything that the city had at that moment is here now. */
export async function pullNews(
  stores: Stores,
  announcer: Announcer,
  transport: Transport,
  { mayGoOn, onPage, onReached, except, pause }: Pulling,
): Promise<boolean> {
  while (mayGoOn()) {
    const cursors = cursorsOf(stores, except())
    const isLongDay = stores.outbox.unsettledSeqs(0).length > UNSETTLED_MANY
    const limit = isLongDay ? ENTRIES_WHILE_MANY : PULL_ENTRIES_MAX
    const answer = await transport.send('pull', { cursors, limit })
    heedRestarts(stores, cursors, answer.restarts)
    await applyTitles(stores, announcer, answer.entries, pause)
    applyEntries(stores, announcer, answer.entries)
    const reached = cursorsOf(stores)
    onReached(reached, answer.heads)
    if (answer.isComplete) {
      catchUp(stores)
      return true
    }
    if (scopesAhead(reached, cursors).length === 0) {
      throw new TransportFailure('not-our-server', 'a page that leads nowhere')
    }
    onPage()
    await pause()
  }
  return false
}

/**
 * The city keeps its feeds for 90 days. A desk that was away for longer throws its rows away and
 * begins with the next hello; one that has none of a scope begins where the feed does. The outbox
 * is not touched.
 */
function heedRestarts(stores: Stores, cursors: Cursors, restarts: Cursors): void {
  const scopes = Object.keys(restarts) as Scope[]
  const tooOld = scopes.filter((scope) => (cursors[scope] ?? 0) > 0)
  if (tooOld.includes('catalogue')) stores.storage.renewCatalogue(() => undefined)
  if (tooOld.some(isReplicaScope)) stores.storage.swapReplica(discardReplica)
  if (tooOld.length > 0) throw new TransportFailure('busy', `away too long: ${tooOld.join(', ')}`)
  for (const scope of scopes) {
    const number = restarts[scope] ?? 0
    if (isReplicaScope(scope)) stores.replica.beginAt(scope, number)
    else stores.catalogue.apply([], { cursor: number, localSeq: null })
  }
}

/**
 * Takes the entries that came with the news, where they follow on in every scope and lead to the
 * heads. False: pull.
 */
export async function takeNews(
  stores: Stores,
  announcer: Announcer,
  { entries, heads }: LiveNews,
  { onReached, pause }: Pick<Pulling, 'onReached' | 'pause'>,
): Promise<boolean> {
  const cursors = cursorsOf(stores)
  const reached: Cursors = { ...cursors }
  for (const { scope, number } of entries) {
    if (number <= (reached[scope] ?? 0)) continue
    if (number !== (reached[scope] ?? 0) + 1) return false
    reached[scope] = number
  }
  if (scopesAhead(heads, reached).some((scope) => scope in cursors)) return false
  await applyTitles(stores, announcer, entries, pause)
  applyEntries(stores, announcer, entries)
  catchUp(stores)
  onReached(cursorsOf(stores), heads)
  return true
}
