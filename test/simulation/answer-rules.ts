/** What the city may answer to a desk, looked at before the line has it. */
import type { FeedEntry, Outcome } from '../../contract/sync-protocol.ts'
import { followedBy } from '../../domain/scopes.ts'
import { isSame } from './reference/same.ts'
import type { Reply, SignedText } from './signed-text.ts'
import type { SimServer } from './sim-server.ts'

interface Answer {
  readonly entries?: readonly FeedEntry[]
  readonly outcomes?: readonly Outcome[]
  readonly wants?: number | null
  readonly isFork?: boolean
}

export function answerBroken(
  asked: SignedText,
  reply: Reply,
  answer: unknown,
  server: SimServer,
): string[] {
  if (reply.status !== 200) return []
  const broken: string[] = []
  const { entries, outcomes } = answer as Answer
  if (server.revoked.has(asked.device)) {
    broken.push(`I33 ${asked.device} is revoked and was answered to ${asked.message}`)
  }
  if (entries !== undefined) broken.push(...entriesBroken(asked, entries, server))
  if (outcomes !== undefined) broken.push(...outcomesBroken(asked, answer as Answer, server))
  return broken
}

/** I17, I32: a desk is told of its own scopes only; I18: and what the feed says. */
function entriesBroken(
  { device, text }: SignedText,
  entries: readonly FeedEntry[],
  server: SimServer,
): string[] {
  const branchId = server.branchOf(device)
  const followed: readonly string[] = followedBy({ deviceId: device, branchId })
  const { cursors } = JSON.parse(text) as { cursors: Record<string, number> }
  const reached = { ...cursors }
  return entries.flatMap((entry) => {
    const { scope, number } = entry
    if (!followed.includes(scope)) return [`I32 ${device} was told of ${scope}`]
    const wanted = (reached[scope] ?? 0) + 1
    reached[scope] = number
    if (number !== wanted) return [`I18 ${device} was told ${scope} ${number} after ${wanted - 1}`]
    const told = server.model.feed.get(scope)?.[number - 1]
    return told !== undefined && isSame(told, entry)
      ? []
      : [`I18 ${scope} ${number} was told otherwise`]
  })
}

/** I9: the first outcome is the outcome; I8: nobody waits behind a poison operation. */
function outcomesBroken({ device, text }: SignedText, answer: Answer, server: SimServer): string[] {
  const broken: string[] = []
  const outcomes = answer.outcomes ?? []
  for (const { id, outcome, positions } of outcomes) {
    const kept = server.model.operations.get(id)
    if (kept === undefined) broken.push(`I6 ${id} was answered and is not kept`)
    else if (kept.outcome !== outcome || !isSame(kept.positions, positions)) {
      broken.push(`I9 ${id}: ${outcome} instead of ${kept.outcome}`)
    }
  }
  const { operations } = JSON.parse(text) as { operations: readonly unknown[] }
  const isWhole = answer.isFork !== true && (answer.wants ?? null) === null
  if (isWhole && outcomes.length < operations.length) {
    broken.push(`I8 ${device} pushed ${operations.length} and has ${outcomes.length} outcomes`)
  }
  return broken
}
