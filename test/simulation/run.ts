/** One seed: a city, its desks, its people and its troubles, over some days of virtual time. */
import { appendFileSync } from 'node:fs'
import type { Receipt } from '../../contract/desk-api.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import { answerBroken } from './answer-rules.ts'
import { NodeClock } from './node-clock.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'
import { CLERK, HEAD, START, simCity } from './sim-city.ts'
import type { SimCity } from './sim-city.ts'
import { SimDesk } from './sim-desk.ts'
import type { DeskWorld, Image } from './sim-desk.ts'
import { SimServer } from './sim-server.ts'
import { nextAct } from './staff.ts'
import { swarmOf } from './swarm.ts'
import type { Swarm, Trouble } from './swarm.ts'
import { openTimeline } from './timeline.ts'
import type { Timeline } from './timeline.ts'

Error.stackTraceLimit = 30
const HOUR_MS = 3_600_000
const EVENTS_KEPT = 30
/** The dear checks, now and then; after healing always. */
const ROWS_EVERY = 5
/** One seed in so many is of a city whose work is in its cataloguing rooms. */
const CATALOGUING_EVERY = 6

export interface RunOptions {
  readonly only?: ReadonlySet<Trouble>
  /** Where every event is written. */
  readonly traceTo?: string
  readonly openStorage?: (serverEpoch: string, seed: number) => Promise<LedgerStorage>
}

export interface Tally {
  operations: number
  exceptions: number
  refused: number
}

export interface SimulationResult extends Readonly<Tally> {
  readonly seed: number
  readonly steps: number
  readonly troubles: readonly string[]
  /** Empty where every invariant held. */
  readonly broken: readonly string[]
  /** What happened before the first of them. */
  readonly events: readonly string[]
}

/** What befalls a run, and what must hold once all is well again: they reach for the run itself. */
export interface RunParts {
  readonly planTroubles: (run: Run, spanMs: number) => void
  readonly healedBroken: (run: Run) => Promise<string[]>
}

/** What the troubles of troubles.ts reach for. */
export class Run {
  readonly random: Random
  readonly swarm: Swarm
  readonly city: SimCity
  readonly timeline: Timeline
  readonly desks: SimDesk[] = []
  server!: SimServer
  isHealed = false
  /** When a killed node is back. */
  readonly nodesDown = new Set<number>()
  serverDies: 'before-commit' | 'after-commit' | null = null
  isStoreBusy = false
  /** The line of the whole city is bent only while this holds. */
  #requests = 0
  readonly #seed: number
  readonly #options: RunOptions
  readonly #parts: RunParts
  readonly #events: string[] = []
  readonly #broken: string[] = []
  #untilRows = ROWS_EVERY

  constructor(seed: number, options: RunOptions, parts: RunParts) {
    this.#seed = seed
    this.#options = options
    this.#parts = parts
    this.random = seeded(seed)
    this.swarm = swarmOf(this.random, options.only ?? null)
    this.city = simCity(this.random, this.swarm, seed % CATALOGUING_EVERY === 0)
    this.timeline = openTimeline(
      START,
      (at, what) => this.trace(`${((at - START) / 1000).toFixed(3)}s ${what}`),
      () => this.#check(),
    )
  }

  readonly broken = (what: readonly string[]): void => {
    for (const one of what) {
      if (this.#broken.length === 0) this.trace(`BROKEN ${one}`)
      if (this.#broken.length < 20) this.#broken.push(one)
    }
  }

  readonly trace = (what: string): void => {
    if (this.#broken.length === 0) {
      this.#events.push(what)
      if (this.#events.length > EVENTS_KEPT) this.#events.shift()
    }
    const { traceTo } = this.#options
    if (traceTo !== undefined) appendFileSync(traceTo, `${what}\n`)
  }

  get isOver(): boolean {
    return this.#broken.length > 0
  }

  async live(): Promise<void> {
    const { timeline, swarm } = this
    const { openStorage } = this.#options
    this.server = await SimServer.open({
      openStorage: async (epoch) =>
        openStorage === undefined ? openMemoryStorage(epoch) : await openStorage(epoch, this.#seed),
      seed: this.city.seed,
      now: timeline.now,
      broken: this.broken,
      takesStale: swarm.takesStale,
      isThroughApp: swarm.isThroughApp,
      trouble: {
        races: () => !this.isHealed && this.random.chance(swarm.races),
        killsBeforeCommit: () => this.#dies('before-commit'),
        killsAfterCommit: () => this.#dies('after-commit'),
        refuses: ({ operations }) =>
          operations.some(({ body, outcome }) => outcome !== 'quarantined' && body.includes('毒')),
        isBusy: () => this.isStoreBusy,
      },
    })
    await this.server.digest()
    for (let index = 0; index < swarm.desksCount; index += 1) await this.#addDesk(index)
    this.#keepDigesting()
    this.#keepDaily()
    this.#tellNews()
    const end = START + swarm.hours * HOUR_MS
    this.#planActs(swarm.hours * HOUR_MS)
    this.#parts.planTroubles(this, swarm.hours * HOUR_MS)
    await timeline.runUntil(end, () => this.isOver)
    if (!this.isOver) await this.#heal()
  }

  /** A poll every half minute would be all that a week of virtual time consists of. */
  get #stretch(): number {
    return Math.max(60, 5 * this.swarm.hours)
  }

  /** Within ten polls everything is as it should be. */
  get #patienceMs(): number {
    return 10 * 30_000 * this.#stretch
  }

  #dies(when: 'before-commit' | 'after-commit'): boolean {
    if (this.serverDies !== when) return false
    this.serverDies = null
    this.trace(`server dies ${when}`)
    this.server.noteKilled()
    for (const desk of this.desks) desk.endLine()
    return true
  }

  async #addDesk(index: number): Promise<void> {
    const { random, swarm, city } = this
    const deviceId = `desk-${index}`
    const branchId = city.branchIds[index % city.branchIds.length] ?? ''
    await this.server.addDevice(deviceId, branchId)
    const skewMs = Math.round((random.next() - 0.5) * 2 * swarm.skewMaxMs)
    const clock = new NodeClock(this.timeline.now, skewMs, swarm.driftPpm * (random.next() - 0.5))
    const desk = this.newDesk(deviceId, deviceId, branchId, clock, null)
    desk.start()
    this.trace(`${deviceId} starts at ${branchId}`)
  }

  newDesk(
    name: string,
    deviceId: string,
    branchId: string,
    clock: NodeClock,
    from: Image | null,
  ): SimDesk {
    const identity = {
      deviceId,
      epoch: 1,
      branchId,
      libraryId: '044005',
      deskName: deviceId,
      isSampleCity: false,
      serverUrl: 'http://127.0.0.1',
      serverEpoch: null,
    }
    const staffId = this.random.chance(0.7) ? HEAD : CLERK
    const desk = new SimDesk(this.#world(), { name, identity, staffId, clock }, from)
    this.desks.push(desk)
    return desk
  }

  #world(): DeskWorld {
    const { timeline, random, swarm } = this
    return {
      timeline,
      random,
      server: () => this.server,
      broken: this.broken,
      trace: this.trace,
      stretch: this.#stretch,
      isNewsLost: () => !this.isHealed && swarm.isNewsLost,
      line: {
        timeline,
        random,
        server: () => this.server,
        trouble: () => (this.isHealed ? null : swarm.line),
        nodes: () => [0, 1].filter((node) => !this.nodesDown.has(node)),
        pageMax: () => (this.isHealed ? 500 : swarm.pageMax),
        batchMax: () => (this.isHealed ? 500 : swarm.batchMax),
        onAnswer: (asked, reply, answer) => {
          this.trace(`${asked.device} ${asked.message} → ${reply.status} ${brief(asked, answer)}`)
          this.broken(answerBroken(asked, reply, answer, this.server))
        },
        trace: this.trace,
      },
    }
  }

  #planActs(spanMs: number): void {
    const { swarm, random, timeline } = this
    for (let act = 0; act < swarm.actsCount; act += 1) {
      // In bursts, as readers come.
      const at = random.next() * spanMs
      const desk = random.int(0, swarm.desksCount - 1)
      timeline.after(at, `desk ${desk} acts`, () => this.act(this.desks[desk] as SimDesk))
    }
  }

  act(desk: SimDesk): void {
    if (!desk.isUp) return
    for (const { request, overrides } of desk.unanswered.splice(0)) desk.act(request, overrides)
    if (!desk.isUp || desk.stores === null) return
    if (desk.stores.replica.row('policy', 'city') === null) return
    const next = nextAct(this.random, this.city, desk.stores)
    if (next === null) return
    this.perform(desk, next.kind, next.payload, next.overrides)
  }

  perform(
    desk: SimDesk,
    kind: string,
    payload: unknown,
    overrides: Parameters<SimDesk['act']>[1] = [],
  ): Receipt | null {
    // A desk that the city has not told its policy yet has nothing to lend by.
    if (desk.stores === null || desk.stores.replica.row('policy', 'city') === null) return null
    const requestId = `request-${(this.#requests += 1)}`
    const request = { requestId, kind, payload, overrides: [], isDryRun: false }
    const receipt = desk.act(request, overrides)
    this.trace(
      `${desk.plan.name} ${kind} ${JSON.stringify(payload)} → ${receipt?.outcome} ${receipt?.operationId ?? ''}`,
    )
    return receipt
  }

  /** The digest of the brief facts runs every few minutes, and not while the store is away. */
  #keepDigesting(): void {
    this.timeline.after(this.random.int(60_000, this.swarm.hours * 75_000), 'digest', () => {
      this.#keepDigesting()
      void this.timeline.outside(() => this.server.digest().catch(this.unlessServer))
    })
  }

  #keepDaily(): void {
    this.timeline.after(24 * HOUR_MS, 'daily upkeep', () => {
      this.#keepDaily()
      void this.timeline.outside(() => this.server.daily().catch(this.unlessServer))
    })
  }

  readonly unlessServer = (error: unknown): void => {
    if (error instanceof Error && ['ServerKilled', 'LedgerStorageFailure'].includes(error.name))
      return
    throw error
  }

  #tellNews(): void {
    this.server.onCommit((commit) => {
      for (const desk of this.desks) {
        const news = this.server.newsFor(desk.plan.identity, commit)
        if (news !== null) desk.hear(news)
      }
    })
  }

  #check(): void {
    if (!this.desks.some((desk) => desk.hasMoved)) return
    this.#untilRows -= 1
    const isDear = this.#untilRows <= 0
    if (isDear) this.#untilRows = ROWS_EVERY
    for (const desk of this.desks) {
      const { stores } = desk
      if (!desk.hasMoved || stores === null || desk.isDamaged) continue
      this.broken(desk.model.standing(stores, this.server.revoked.has(desk.plan.identity.deviceId)))
      desk.hasMoved = false
      if (!isDear || !desk.hasMovedSince) continue
      this.broken(desk.model.rows(stores))
      desk.hasMovedSince = false
    }
  }

  /** Everything works again; nobody presses a button. */
  async #heal(): Promise<void> {
    this.isHealed = true
    this.isStoreBusy = false
    this.serverDies = null
    this.nodesDown.clear()
    this.trace('healed')
    for (const desk of this.desks) {
      desk.line.isUp = true
      desk.line.isDown = true
      desk.heal()
      desk.start()
    }
    await this.timeline.runUntil(this.timeline.now() + this.#patienceMs, () => this.isOver)
    if (this.isOver) return
    await this.server.digest()
    this.broken(this.server.model.briefBroken())
    await this.timeline.runUntil(this.timeline.now() + this.#patienceMs / 2, () => this.isOver)
    if (this.isOver) return
    this.broken(await this.#parts.healedBroken(this))
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.close()
    await this.server.storage.close()
  }

  result(): SimulationResult {
    const { operations } = this.server.model
    const outcomes = [...operations.values()].map(({ outcome }) => outcome)
    return {
      seed: this.#seed,
      steps: this.timeline.step(),
      troubles: [...this.swarm.troubles.keys()],
      operations: operations.size,
      exceptions: outcomes.filter((outcome) => outcome === 'applied-with-exception').length,
      refused: outcomes.filter((outcome) => outcome === 'refused').length,
      broken: this.#broken,
      events: this.#events,
    }
  }
}

function brief(
  { message, text }: { readonly message: string; readonly text: string },
  answer: unknown,
): string {
  const said = answer as {
    refusal?: string
    outcomes?: { id: string; outcome: string }[]
    entries?: { scope: string; number: number }[]
    wants?: number | null
    isFork?: boolean
  }
  if (said.refusal !== undefined) return said.refusal
  if (message === 'push') {
    const outcomes = (said.outcomes ?? []).map(({ id, outcome }) => `${id} ${outcome}`)
    return [...outcomes, said.isFork === true ? 'FORK' : '', `wants ${said.wants}`].join(' ')
  }
  if (message === 'pull') {
    return (said.entries ?? []).map(({ scope, number }) => `${scope} ${number}`).join(' ')
  }
  return text.slice(0, 100)
}
