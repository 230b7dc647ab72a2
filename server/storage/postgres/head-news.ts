import type { Sql } from './connect.ts'

/** Commits within this time make one notification: a storm of desks costs one wake-up. */
const COALESCED_MS = 8
const channel = 'citydesk_heads'

export interface HeadNews {
  /** Tells all nodes soon. Never throws: a lost notification costs latency, the poll finds it. */
  announce(): void
  readonly listen: (listener: () => void) => Promise<() => Promise<void>>
  close(): Promise<void>
}

export function openHeadNews(sql: Sql, cityId: string): HeadNews {
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<unknown> = Promise.resolve()
  return {
    announce() {
      timer ??= setTimeout(() => {
        timer = null
        sending = sql.notify(channel, cityId).catch(() => null)
      }, COALESCED_MS)
    },
    async listen(listener) {
      const listening = await sql.listen(channel, (of) => {
        if (of === cityId) listener()
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
