/**
 * Looks in other catalogues at once and keeps what each answers, as it comes. Sockets are the engine's:
 * a page may reach nothing but its own desk (contract/content-security-policy.ts).
 */
import { networkInterfaces } from 'node:os'
import type { CopyAnswer } from '../../../contract/copy-shapes.ts'
import type { AnswerOf, AskOf } from '../../../contract/queries.ts'
import { copyWishOf, wordsWish } from '../../../domain/copying/copy-wish.ts'
import type { CopyWish } from '../../../domain/copying/copy-wish.ts'
import type { CopyTarget } from '../../../domain/copying-records.ts'
import { copyTargets } from '../../../db/queries/copying.ts'
import type { Stores } from '../../../db/queries/stores.ts'
import type { Announcer } from '../announce.ts'
import type { Clock } from '../clock.ts'
import type { SyncPort } from '../sync-port.ts'
import { askSru } from './ask-sru.ts'
import { askZ3950 } from './ask-z3950.ts'
import { toCopiedRecord } from './copied-record.ts'
import { CopyFailure, isCopyFailure } from './copy-failure.ts'

/** Of several windows, and what somebody goes back to; the oldest is let go. */
const SEARCHES_MAX = 4
/** Catalogues asked at once. */
const TARGETS_MAX = 20

export interface CopyDeps {
  readonly announcer: Announcer
  readonly clock: Clock
  readonly targets: () => readonly CopyTarget[]
  /** Somebody took this desk off the network. */
  readonly isUnplugged: () => boolean
}

export interface CopyDesk {
  readonly search: (ask: AskOf<'copy-search'>) => AnswerOf<'copy-search'>
  readonly stop: (searchId: string) => void
  readonly found: (searchId: string) => AnswerOf<'copy-found'>
  readonly close: () => void
}

interface Search {
  readonly text: string
  readonly abort: AbortController
  answers: readonly CopyAnswer[]
}

/** Over the sources that the city has entered. */
export const copyDeskOf = ({
  stores,
  sync,
  ...deps
}: Pick<CopyDeps, 'announcer' | 'clock'> & {
  readonly stores: Pick<Stores, 'replica'>
  readonly sync: Pick<SyncPort, 'status'>
}): CopyDesk =>
  createCopyDesk({
    ...deps,
    targets: () => copyTargets(stores),
    isUnplugged: () => sync.status().connection === 'unplugged',
  })

export function createCopyDesk(deps: CopyDeps): CopyDesk {
  const searches = new Map<string, Search>()
  const stop = (searchId: string): void => searches.get(searchId)?.abort.abort()
  const drop = (searchId: string): void => {
    stop(searchId)
    searches.delete(searchId)
  }

  function tell(searchId: string, search: Search, answer: CopyAnswer): void {
    if (searches.get(searchId) !== search) return
    search.answers = search.answers.map((one) => (one.targetId === answer.targetId ? answer : one))
    deps.announcer.announce('copy-progress', { searchId })
  }

  async function run(searchId: string, search: Search, target: CopyTarget, wish: CopyWish) {
    const begunAt = deps.clock.now()
    const answer = await answerOf(deps, target, wish, search.abort.signal)
    const ms = Math.max(0, deps.clock.now() - begunAt)
    tell(searchId, search, { ...asking(target), ...answer, ms })
  }

  return {
    search({ searchId, text, by }) {
      drop(searchId)
      const wish = by === 'auto' ? copyWishOf(text) : wordsWish(by, text)
      const targets =
        wish === null
          ? []
          : deps
              .targets()
              .filter(({ isAsked }) => isAsked)
              .slice(0, TARGETS_MAX)
      const abort = new AbortController()
      const search: Search = { text: wish?.text ?? '', abort, answers: targets.map(asking) }
      searches.set(searchId, search)
      const [oldest] = searches.keys()
      if (searches.size > SEARCHES_MAX && oldest !== undefined) drop(oldest)
      if (wish !== null) for (const target of targets) void run(searchId, search, target, wish)
      return { askedCount: targets.length }
    },
    stop,
    found(searchId) {
      const search = searches.get(searchId)
      return search === undefined ? null : { text: search.text, answers: [...search.answers] }
    },
    close: () => {
      for (const searchId of searches.keys()) drop(searchId)
    },
  }
}

const asking = ({ id, name, isTrusted }: CopyTarget): CopyAnswer => ({
  targetId: id,
  name,
  isTrusted,
  state: 'asking',
  trouble: null,
  detail: '',
  total: null,
  unreadCount: 0,
  records: [],
  ms: 0,
})

type Told = Pick<CopyAnswer, 'state' | 'trouble' | 'detail' | 'total' | 'unreadCount' | 'records'>

/** Throws what is nobody's trouble but a defect. */
async function answerOf(
  deps: CopyDeps,
  target: CopyTarget,
  wish: CopyWish,
  stopped: AbortSignal,
): Promise<Told> {
  const nothing = { total: null, unreadCount: 0, records: [] }
  try {
    if (deps.isUnplugged() || isOffNetwork(target)) throw new CopyFailure('offline')
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(target.timeOutMs)])
    const ask = target.kind === 'sru' ? askSru : askZ3950
    const { total, records, unreadCount } = await ask(target, wish, signal)
    const read = records.flatMap((record) => toCopiedRecord(record, target) ?? [])
    return {
      state: 'answered',
      trouble: null,
      detail: '',
      total,
      unreadCount: unreadCount + records.length - read.length,
      records: read,
    }
  } catch (error) {
    if (!isCopyFailure(error)) throw error
    return { ...nothing, state: 'failed', trouble: error.trouble, detail: error.message }
  }
}

const OF_THIS_MACHINE = /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/]|$)/

/** Told at once: without any network, each would wait its time-out first. */
const isOffNetwork = ({ address }: CopyTarget): boolean =>
  !OF_THIS_MACHINE.test(address) &&
  Object.values(networkInterfaces()).every(
    (some) => some?.every(({ internal }) => internal) ?? true,
  )
