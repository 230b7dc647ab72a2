/** The newest entries of one scope, as they are sent: kept for the desks that are close behind. */
import { LIVE_ENTRIES_MAX } from '../../contract/sync-protocol.ts'
import type { FeedEntry } from '../../contract/sync-protocol.ts'

/** Larger news is pulled: it would hold up small ones behind it. */
export const LIVE_CHARACTERS_MAX = 64 * 1024

interface Sent {
  readonly number: number
  readonly text: string
}

export interface ScopeRing {
  readonly head: number
  /** Entries that follow on the head; others begin the ring anew. */
  add(entries: readonly FeedEntry[], head: number): void
  /** Texts of the entries after `number`, or null where the ring does not reach so far back. */
  after(number: number): readonly string[] | null
}

export function openScopeRing(start: number): ScopeRing {
  let head = start
  let sent: Sent[] = []
  let characters = 0
  return {
    get head() {
      return head
    },
    add(entries, newHead) {
      const first = entries[0]?.number ?? newHead + 1
      const last = entries.at(-1)?.number ?? head
      const isGap = first !== head + 1 || last !== newHead
      if (isGap || entries.length > LIVE_ENTRIES_MAX) {
        sent = []
        characters = 0
      }
      for (const entry of isGap ? [] : entries.slice(-LIVE_ENTRIES_MAX)) {
        const text = JSON.stringify(entry)
        sent.push({ number: entry.number, text })
        characters += text.length
      }
      head = newHead
      while (sent.length > LIVE_ENTRIES_MAX || characters > LIVE_CHARACTERS_MAX) {
        characters -= sent.shift()?.text.length ?? 0
      }
    },
    after(number) {
      if (number >= head) return []
      const first = sent[0]?.number ?? head + 1
      return first > number + 1 ? null : sent.slice(number + 1 - first).map(({ text }) => text)
    },
  }
}
