/** That heads moved: said to this node at once, and to the others by the database. */
import { randomUUID } from 'node:crypto'
import type { Scope } from '../../../domain/scopes.ts'
import type { Moved, NumberedEntry } from '../ledger-storage.ts'
import type { Sql } from './connect.ts'

/** The first commit is told at once, those within this time after it together: a storm costs few wake-ups. */
const COALESCED_MS = 8
const channel = 'citydesk_heads'
/** PostgreSQL takes 8,000 bytes; a scope of Chinese characters has three for each. */
const PAYLOAD_MAX = 2_600
const SEPARATOR = '\n'

type Listener = (moved: Moved) => void

export interface HeadNews {
  /**
   * Tells all nodes soon: this one, with all that was committed, without a question to the database.
   * Never throws: a lost notification costs latency, the poll finds it.
   */
  announce(scopes: Iterable<Scope>, entries: readonly NumberedEntry[] | null): void
  readonly listen: (listener: Listener) => Promise<() => Promise<void>>
  close(): Promise<void>
}

export function openHeadNews(sql: Sql, cityId: string): HeadNews {
  /** Its own notifications are no news to a node. */
  const node = randomUUID()
  const listeners = new Set<Listener>()
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<unknown> = Promise.resolve()
  let scopes = new Set<Scope>()
  let entries: NumberedEntry[] | null = []

  function tell(): void {
    const moved: Moved = { scopes: [...scopes], entries }
    scopes = new Set()
    entries = []
    timer = setTimeout(() => {
      timer = null
      if (scopes.size > 0) tell()
    }, COALESCED_MS)
    const payload = [cityId, node, ...(moved.scopes ?? [])].join(SEPARATOR)
    const isShort = payload.length <= PAYLOAD_MAX
    const sent = isShort ? payload : [cityId, node].join(SEPARATOR)
    sending = sql.notify(channel, sent).catch(() => null)
    for (const listener of listeners) listener(moved)
  }

  return {
    announce(where, what) {
      for (const scope of where) scopes.add(scope)
      if (what === null) entries = null
      else entries?.push(...what)
      if (timer === null) tell()
    },
    async listen(listener) {
      listeners.add(listener)
      const listening = await sql.listen(channel, (payload) => {
        const [of, by, ...named] = payload.split(SEPARATOR)
        if (of !== cityId || by === node) return
        listener({ scopes: named.length === 0 ? null : (named as Scope[]), entries: null })
      })
      return async () => {
        listeners.delete(listener)
        await listening.unlisten()
      }
    },
    async close() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      await sending
    },
  }
}
