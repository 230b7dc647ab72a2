import type { Scope } from '../../../domain/scopes.ts'
import type { Sql } from './connect.ts'

/** Commits within this time make one notification: a storm of desks costs one wake-up. */
const COALESCED_MS = 8
const channel = 'citydesk_heads'
/** PostgreSQL takes 8,000 bytes; a scope of Chinese characters has three for each. */
const PAYLOAD_MAX = 2_600
const SEPARATOR = '\n'

export interface HeadNews {
  /** Tells all nodes soon. Never throws: a lost notification costs latency, the poll finds it. */
  announce(scopes: Iterable<Scope>): void
  readonly listen: (listener: (scopes?: readonly Scope[]) => void) => Promise<() => Promise<void>>
  close(): Promise<void>
}

export function openHeadNews(sql: Sql, cityId: string): HeadNews {
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<unknown> = Promise.resolve()
  let moved = new Set<Scope>()
  return {
    announce(scopes) {
      for (const scope of scopes) moved.add(scope)
      timer ??= setTimeout(() => {
        timer = null
        const payload = [cityId, ...moved].join(SEPARATOR)
        moved = new Set()
        sending = sql
          .notify(channel, payload.length > PAYLOAD_MAX ? cityId : payload)
          .catch(() => null)
      }, COALESCED_MS)
    },
    async listen(listener) {
      const listening = await sql.listen(channel, (payload) => {
        const [of, ...scopes] = payload.split(SEPARATOR)
        if (of === cityId) listener(scopes.length === 0 ? undefined : (scopes as Scope[]))
      })
      return () => listening.unlisten()
    },
    async close() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      await sending
    },
  }
}
