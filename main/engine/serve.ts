/**
 * Three verbs over any port. The one place where a call from a screen is checked: shape, session,
 * permission; deny by default.
 */
import { Call } from '../../contract/desk-api.ts'
import type { PerformRequest, Receipt, Reply } from '../../contract/desk-api.ts'
import { queries } from '../../contract/queries.ts'
import type { QueryName } from '../../contract/queries.ts'
import type { TopicName } from '../../contract/topics.ts'
import type { Override } from '../../domain/operation.ts'
import { mayDo } from '../../domain/policy/roles.ts'
import { StorageFailure } from '../../db/open.ts'
import type { Answers } from './answers.ts'
import type { Announcer } from './announce.ts'
import { correctedClock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'
import { perform } from './perform.ts'
import type { PerformDeps, Performer } from './perform.ts'
import type { Sessions } from './sessions.ts'
import { isRebuilt } from './storage-healing.ts'

/** One screen's line to the engine. */
export interface Connection {
  /** A message from the screen; anything may be in it. */
  readonly receive: (message: unknown) => Promise<void>
  readonly close: () => void
}

/** Calls a screen may have in the air; a flood beyond is answered `busy`. */
const CALLS_MAX = 64

export interface ServeDeps {
  readonly performDeps: PerformDeps
  readonly sessions: Sessions
  readonly answers: Answers
  readonly announcer: Announcer
}

export function serve(deps: ServeDeps, send: (reply: Reply) => void): Connection {
  const watched = new Set<string>()
  let calls = 0
  const stop = deps.announcer.listen((topic: TopicName, news) => {
    if (!watched.has(topic)) return
    if (topic !== 'session' && topic !== 'sync-status' && deps.sessions.staff() === null) return
    send({ reply: 'news', topic, news })
  })

  async function answerCall(id: number, work: () => Promise<unknown>): Promise<void> {
    if (calls >= CALLS_MAX) {
      send({ reply: 'failure', id, failure: 'busy', detail: '' })
      return
    }
    calls += 1
    try {
      send({ reply: 'answer', id, answer: await answered(work) })
    } catch (error) {
      const failure = failureOf(error)
      if (failure === null) throw error
      send({ reply: 'failure', id, failure: failure.failure, detail: failure.message })
    } finally {
      calls -= 1
    }
  }

  return {
    async receive(message) {
      const parsed = Call.safeParse(message)
      if (!parsed.success) {
        const id = (message as { id?: unknown } | null)?.id
        if (typeof id === 'number') {
          send({ reply: 'failure', id, failure: 'bad-request', detail: 'call' })
        }
        return
      }
      const call = parsed.data
      switch (call.verb) {
        case 'watch':
          for (const topic of call.topics) watched.add(topic)
          return
        case 'perform':
          return answerCall(call.id, () => performCall(deps, call.request))
        case 'ask':
          return answerCall(call.id, () => askCall(deps, call.query, call.ask))
      }
    },
    close: stop,
  }
}

/** Expected trouble becomes a failure with words; anything else is a defect and is thrown on. */
function failureOf(error: unknown): DeskFailure | null {
  if (error instanceof DeskFailure) return error
  if (error instanceof StorageFailure) {
    if (error.code === 'disk-full') return new DeskFailure('disk-full', '')
    // The file is begun anew: the next call finds it.
    if (error.code === 'rebuilt') return new DeskFailure('busy', '')
    // Searching only: a broken outbox ends the program, and its next start repairs it.
    if (error.code === 'io' && error.file === null) return new DeskFailure('storage-damaged', '')
  }
  return null
}

function signedIn(sessions: Sessions): Performer {
  const performer = sessions.performer()
  if (performer === null) throw new DeskFailure('not-signed-in', '')
  return performer
}

async function performCall(deps: ServeDeps, request: PerformRequest): Promise<Receipt> {
  const performer = signedIn(deps.sessions)
  const overrides: Override[] = []
  for (const wanted of request.overrides) {
    if (wanted.second === null) {
      overrides.push({ code: wanted.code, reason: wanted.reason, approvedBy: null })
      continue
    }
    const second = await deps.sessions.confirm(wanted.second.username, wanted.second.password)
    if (second === null || second.id === performer.staffId) {
      throw new DeskFailure('not-allowed', 'second person')
    }
    overrides.push({ code: wanted.code, reason: wanted.reason, approvedBy: second.id })
  }
  return perform(deps.performDeps, performer, request, overrides)
}

async function askCall(deps: ServeDeps, query: string, ask: unknown): Promise<unknown> {
  if (!Object.hasOwn(queries, query)) throw new DeskFailure('unknown-route', 'query')
  const name = query as QueryName
  const { permission, audit, ask: shape } = queries[name]
  if (permission !== null) {
    const { role } = signedIn(deps.sessions)
    if (!mayDo(role, permission)) throw new DeskFailure('not-allowed', permission)
  }
  const parsed = shape.safeParse(ask)
  if (!parsed.success) {
    const at = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw new DeskFailure('bad-request', `ask.${at}`.slice(0, 200))
  }
  const answer = await deps.answers[name](parsed.data as never)
  // Sessions write their own lines: they know the outcome.
  if (audit !== 'none' && audit !== 'session') auditAsked(deps, name, answer)
  return answer
}

/**
 * Where a file was begun anew under it, a call is made once more: a question changes nothing, and an
 * operation is done once however often it is asked for.
 */
async function answered(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    if (!isRebuilt(error)) throw error
    return work()
  }
}

/** Readers are named by internal id only. */
function auditAsked({ performDeps, sessions }: ServeDeps, query: QueryName, answer: unknown): void {
  const isAboutReaders = queries[query].audit === 'reader-seen'
  const seen = isAboutReaders ? readersIn(answer) : []
  performDeps.stores.outbox.audit({
    at: correctedClock(performDeps.clock, performDeps.clockOffsetMs).now(),
    staffId: sessions.staff()?.id ?? null,
    action: query,
    subject: seen.length === 0 ? null : seen.join(' '),
    result: answer === null ? 'none' : 'shown',
  })
}

type Shown = { id: string }

interface ShownCard {
  readonly reader?: Shown | null
  readonly guardian?: Shown | null
  readonly sides?: readonly { readonly reader: Shown | null }[]
  readonly rows?: readonly { readonly reader?: Shown | null }[]
}

/** A card shows its reader and the guardian, an exception both sides; a list everyone in it. */
function readersIn(answer: unknown): readonly string[] {
  if (Array.isArray(answer)) return (answer as Shown[]).map(({ id }) => id)
  if (answer === null) return []
  const { reader, guardian, sides = [], rows = [] } = answer as ShownCard
  return [reader, guardian, ...[...sides, ...rows].map((side) => side.reader)].flatMap(
    (one) => one?.id ?? [],
  )
}
