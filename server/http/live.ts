/**
 * The live channel: heads to every desk that follows them soon after they moved, and with them the
 * new entries where they are few. Each entry is read and written out once for all desks.
 */
import type { WebSocket } from 'ws'
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import { followedBy } from '../../domain/scopes.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import type { Device, LedgerStorage, Moved, NumberedEntry } from '../storage/ledger-storage.ts'
import { addCommitted } from './committed-entries.ts'
import type { LiveDesk, Stamp } from './live-desk.ts'
import { message, newsFor } from './live-desk.ts'
import type { Log } from './log.ts'
import { placeOf } from './log.ts'
import { LIVE_CHARACTERS_MAX, openScopeRing } from './scope-ring.ts'
import type { ScopeRing } from './scope-ring.ts'

/** A lost notification costs this much latency and nothing else. */
const POLL_MS = 2_000
const PING_MS = 30_000
/** A desk that reads more slowly than this is told later, and pulls. */
const BUFFERED_MAX = 1_000_000
/** Of all scopes that moved at once; beyond it the desks pull. */
const ENTRIES_PER_LOOK = 1_000

const everything: Moved = { scopes: null, entries: null }

export interface Live {
  add(socket: WebSocket, device: Pick<Device, 'id' | 'branchId'>): void
  close(): Promise<void>
}

export async function openLive(
  storage: LedgerStorage,
  serverEpoch: string,
  log: Log,
  now: () => number = Date.now,
): Promise<Live> {
  const failed = (error: unknown) => log({ event: 'failure', route: 'live', what: placeOf(error) })
  const desks = openLiveDesks({ serverEpoch, now })
  const watch = openWatch(async ({ scopes, entries }) => {
    const added = addCommitted(desks.rings, entries)
    const missing = added === null ? entries.map(({ scope }) => scope) : []
    const unread = scopes === null ? null : [...scopes, ...missing]
    const read = await readMoved(storage, desks.rings, desks.followed(unread))
    desks.tellOf([...(added ?? []), ...read])
  }, failed)

  /** Another look follows, for what moved between the reading of the heads and the adding. */
  async function welcome(socket: WebSocket, desk: LiveDesk): Promise<void> {
    const heads = await storage.heads(desk.scopes)
    if (socket.readyState !== socket.OPEN) return
    desks.add(socket, desk, heads)
    watch.look(everything)
  }

  const unlisten = await storage.onHeadsMoved((moved) => watch.look(moved))
  const poll = setInterval(() => {
    if (desks.bySocket.size === 0) return
    watch.look(everything)
    desks.tellAll()
    dropRevoked(storage, desks.bySocket).catch(failed)
  }, POLL_MS)
  const ping = setInterval(() => {
    for (const [socket, desk] of desks.bySocket) {
      if (!desk.isAlive) socket.terminate()
      desk.isAlive = false
      socket.ping()
    }
  }, PING_MS)

  return {
    add(socket, { id: deviceId, branchId }) {
      const scopes = followedBy({ deviceId, branchId })
      const desk: LiveDesk = { deviceId, scopes, told: {}, isAlive: true }
      socket.on('pong', () => {
        desk.isAlive = true
      })
      socket.on('close', () => desks.remove(socket))
      socket.on('error', () => socket.terminate())
      welcome(socket, desk).catch((error: unknown) => {
        failed(error)
        socket.terminate()
      })
    },
    async close() {
      clearInterval(poll)
      clearInterval(ping)
      await unlisten()
      for (const socket of desks.bySocket.keys()) socket.close(1001, 'server stops')
      await watch.settled()
    },
  }
}

async function dropRevoked(
  storage: LedgerStorage,
  desks: ReadonlyMap<WebSocket, LiveDesk>,
): Promise<void> {
  const ids = [...new Set([...desks.values()].map(({ deviceId }) => deviceId))]
  const revoked = new Set(await storage.revokedAmong(ids))
  for (const [socket, { deviceId }] of desks) {
    if (revoked.has(deviceId)) socket.close(1008, 'device-revoked')
  }
}

/** The desks on this channel, by the scopes that they follow, and the newest entries of those. */
function openLiveDesks(stamp: Stamp) {
  const bySocket = new Map<WebSocket, LiveDesk>()
  const rings = new Map<Scope, ScopeRing>()
  const byScope = new Map<Scope, Set<WebSocket>>()

  function tell(socket: WebSocket): void {
    const desk = bySocket.get(socket)
    // What it was told stays as it is: the next look, or the poll, tells it then.
    if (desk === undefined || socket.bufferedAmount > BUFFERED_MAX) return
    const news = newsFor(desk, rings, stamp)
    if (news !== null) socket.send(news)
  }

  return {
    bySocket,
    rings,
    /** Of these scopes, or of all, those that somebody here follows. */
    followed: (scopes: readonly Scope[] | null): readonly Scope[] =>
      scopes === null
        ? [...rings.keys()]
        : [...new Set(scopes)].filter((scope) => rings.has(scope)),
    tellAll() {
      for (const socket of bySocket.keys()) tell(socket)
    },
    tellOf(scopes: readonly Scope[]) {
      const sockets = new Set(scopes.flatMap((scope) => [...(byScope.get(scope) ?? [])]))
      for (const socket of sockets) tell(socket)
    },
    add(socket: WebSocket, desk: LiveDesk, heads: ScopeNumbers) {
      desk.told = heads
      bySocket.set(socket, desk)
      for (const scope of desk.scopes) {
        if (!rings.has(scope)) rings.set(scope, openScopeRing(heads[scope] ?? 0))
        byScope.set(scope, (byScope.get(scope) ?? new Set()).add(socket))
      }
      socket.send(message(heads, stamp, []))
    },
    remove(socket: WebSocket) {
      for (const scope of bySocket.get(socket)?.scopes ?? []) {
        const followers = byScope.get(scope)
        followers?.delete(socket)
        if (followers === undefined || followers.size > 0) continue
        byScope.delete(scope)
        rings.delete(scope)
      }
      bySocket.delete(socket)
    },
  }
}

/** What moved and nobody looked at yet. */
interface Waiting {
  /** To be read; null for all. */
  scopes: Set<Scope> | null
  readonly entries: NumberedEntry[]
}

/** One look at a time; what moved meanwhile is looked at together, right after. */
function openWatch(look: (moved: Waiting) => Promise<void>, failed: Failed) {
  let looking: Promise<void> | null = null
  let next: Waiting | null = null
  let isClosed = false

  function start(): void {
    if (looking !== null || next === null || isClosed) return
    const moved = next
    next = null
    looking = look(moved)
      .catch(failed)
      .then(() => {
        looking = null
        start()
      })
  }
  return {
    look({ scopes, entries }: Moved) {
      next ??= { scopes: new Set(), entries: [] }
      if (entries !== null) next.entries.push(...entries)
      else if (scopes === null) next.scopes = null
      else for (const scope of scopes) next.scopes?.add(scope)
      start()
    },
    /** No look begins after it. */
    async settled() {
      isClosed = true
      await looking
    },
  }
}

type Failed = (error: unknown) => void

/** Reads the new entries of scopes that moved into their rings; answers those scopes. */
async function readMoved(
  storage: LedgerStorage,
  rings: ReadonlyMap<Scope, ScopeRing>,
  followed: readonly Scope[],
): Promise<Scope[]> {
  if (followed.length === 0) return []
  const now = await storage.heads(followed)
  const cursors: ScopeNumbers = {}
  for (const scope of followed) {
    const head = rings.get(scope)?.head ?? 0
    if ((now[scope] ?? 0) > head) cursors[scope] = head
  }
  const moved = Object.keys(cursors) as Scope[]
  if (moved.length === 0) return []
  const bytes = LIVE_CHARACTERS_MAX * Math.min(moved.length, 32)
  const { entries, heads } = await storage.readFeed(cursors, ENTRIES_PER_LOOK, bytes)
  const byScope: Partial<Record<Scope, FeedEntry[]>> = Object.groupBy(entries, ({ scope }) => scope)
  for (const scope of moved) {
    rings.get(scope)?.add(byScope[scope] ?? [], heads[scope] ?? 0)
  }
  return moved
}
