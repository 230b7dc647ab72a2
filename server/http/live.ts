/** The live channel: heads to every desk soon after they moved. Pages are pulled. */
import type { WebSocket } from 'ws'
import type { LiveNews } from '../../contract/sync-protocol.ts'
import type { Heads, LedgerStorage } from '../storage/ledger-storage.ts'
import type { Log } from './log.ts'
import { placeOf } from './log.ts'

/** A lost notification costs this much latency and nothing else. */
const POLL_MS = 2_000
const PING_MS = 30_000
/** A desk that reads more slowly than this is left to pull. */
const BUFFERED_MAX = 1_000_000

export interface Live {
  add(socket: WebSocket, deviceId: string): void
  close(): Promise<void>
}

/** Looks for new heads, one look at a time; news during a look is looked at once more. */
function watchHeads(storage: LedgerStorage, start: Heads, log: Log, moved: (heads: Heads) => void) {
  let heads = start
  let looking: Promise<void> | null = null
  let shouldLookAgain = false

  async function look(): Promise<void> {
    const now = await storage.heads()
    if (JSON.stringify(now) === JSON.stringify(heads)) return
    heads = now
    moved(now)
  }

  function lookSoon(): void {
    if (looking !== null) {
      shouldLookAgain = true
      return
    }
    looking = look()
      .catch((error: unknown) => log({ event: 'failure', route: 'live', what: placeOf(error) }))
      .then(() => {
        looking = null
        if (!shouldLookAgain) return
        shouldLookAgain = false
        lookSoon()
      })
  }
  return { lookSoon, settled: () => looking }
}

export async function openLive(
  storage: LedgerStorage,
  serverEpoch: string,
  log: Log,
): Promise<Live> {
  const desks = new Map<WebSocket, { deviceId: string; isAlive: boolean }>()
  let heads = await storage.heads()

  const send = (socket: WebSocket) => {
    if (socket.bufferedAmount > BUFFERED_MAX) return
    const news: LiveNews = { heads, serverEpoch }
    socket.send(JSON.stringify(news))
  }
  const watch = watchHeads(storage, heads, log, (now) => {
    heads = now
    for (const socket of desks.keys()) send(socket)
  })

  async function dropRevoked(): Promise<void> {
    if (desks.size === 0) return
    const ids = [...new Set([...desks.values()].map(({ deviceId }) => deviceId))]
    const revoked = new Set(await storage.revokedAmong(ids))
    for (const [socket, { deviceId }] of desks) {
      if (revoked.has(deviceId)) socket.close(1008, 'device-revoked')
    }
  }

  const unlisten = await storage.onHeadsMoved(watch.lookSoon)
  const poll = setInterval(() => {
    watch.lookSoon()
    dropRevoked().catch((error: unknown) =>
      log({ event: 'failure', route: 'live', what: placeOf(error) }),
    )
  }, POLL_MS)
  const ping = setInterval(() => {
    for (const [socket, desk] of desks) {
      if (!desk.isAlive) socket.terminate()
      desk.isAlive = false
      socket.ping()
    }
  }, PING_MS)

  return {
    add(socket, deviceId) {
      const desk = { deviceId, isAlive: true }
      desks.set(socket, desk)
      socket.on('pong', () => {
        desk.isAlive = true
      })
      socket.on('close', () => desks.delete(socket))
      socket.on('error', () => socket.terminate())
      send(socket)
    },
    async close() {
      clearInterval(poll)
      clearInterval(ping)
      await unlisten()
      for (const socket of desks.keys()) socket.close(1001, 'server stops')
      await watch.settled()
    },
  }
}
