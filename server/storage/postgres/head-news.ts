import type { Scope } from '../../../domain/scopes.ts'
import type { Sql } from './connect.ts'

/** The first commit is told at once, those within this time after it together: a storm costs few wake-ups. */
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
  const tell = (): void => {
    const payload = [cityId, ...moved].join(SEPARATOR)
    moved = new Set()
    sending = sql.notify(channel, payload.length > PAYLOAD_MAX ? cityId : payload).catch(() => null)
    timer = setTimeout(() => {
      timer = null
      if (moved.size > 0) tell()
    }, COALESCED_MS)
  }
  return {
    announce(scopes) {
      for (const scope of scopes) moved.add(scope)
      if (timer === null) tell()
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
