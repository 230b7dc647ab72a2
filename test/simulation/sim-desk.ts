/** A desk: the engine's own code over real files, its clock wrong, its program mortal. */
import type { PerformRequest, Receipt } from '../../contract/desk-api.ts'
import type { LiveNews } from '../../contract/sync-protocol.ts'
import { StorageFailure } from '../../db/open.ts'
import type { DeskIdentity } from '../../db/outbox/outbox.ts'
import type { Override } from '../../domain/operation.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { createStorageCare } from '../../main/engine/storage-care.ts'
import type { StorageCare } from '../../main/engine/storage-care.ts'
import { createDiskGuard } from '../../main/engine/disk-guard.ts'
import { createClockWatch } from '../../main/engine/clock-watch.ts'
import { DeskFailure } from '../../main/engine/desk-failure.ts'
import { perform } from '../../main/engine/perform.ts'
import type { PerformDeps } from '../../main/engine/perform.ts'
import { catchUp } from '../../main/engine/replay.ts'
import { askedAgain, isRebuilt } from '../../main/engine/storage-healing.ts'
import { closeStores, openStores } from '../../main/engine/stores.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { SyncPort } from '../../main/engine/sync-port.ts'
import { startSync } from '../../main/sync/loop.ts'
import { noteCall } from './note-call.ts'
import { DeskKilled, Fuse, fused, writes } from './fuse.ts'
import { HomeFiles } from './home-files.ts'
import type { NodeClock } from './node-clock.ts'
import type { Random } from './random.ts'
import { DeskModel } from './reference/desk-model.ts'
import { shownBroken } from './reference/hands-rules.ts'
import type { LineParts, LineState } from './sim-line.ts'
import { simTransport } from './sim-line.ts'
import { stackOf } from './stack-of.ts'
import type { SimServer } from './sim-server.ts'
import type { Timeline } from './timeline.ts'

const STRETCH_FROM_MS = 5_000

/** A page that was bent under a cipher is known to be bent, as at every real desk. */
const KEY = Buffer.alloc(32, 7)

/** How full the disk is, is a trouble of its own. */
const NO_LIMITS = { short: 0, low: 0, full: 0, ballast: 0 }

export interface DeskWorld {
  readonly timeline: Timeline
  readonly random: Random
  readonly server: () => SimServer
  readonly line: Omit<LineParts, 'state' | 'secret' | 'listen'>
  readonly broken: (what: readonly string[]) => void
  readonly trace: (what: string) => void
  readonly isNewsLost: () => boolean
  /** How much longer the waits between two polls are. */
  readonly stretch: number
}

export interface DeskPlan {
  /** Its name in the run; twins of one device have two. */
  readonly name: string
  readonly identity: DeskIdentity
  readonly staffId: string
  readonly clock: NodeClock
}

/** What a person at the desk was told is done. */
export interface Acknowledged {
  readonly requestId: string
  readonly operationId: string
  readonly hash: string
}

/** Files, and what the run knows of them. */
export interface Image {
  /** A copy of the home. */
  readonly folder: string
  readonly model: DeskModel
  readonly acknowledged: readonly Acknowledged[]
}

export class SimDesk {
  readonly plan: DeskPlan
  readonly line: LineState = { isUp: true, isDown: true }
  acknowledged: Acknowledged[] = []
  /** Since the last look, and since the last look at every row. */
  hasMoved = false
  hasMovedSince = false
  model: DeskModel
  stores: Stores | null = null
  sync: SyncPort | null = null
  /** Requests whose answer nobody saw: asked again after the start. */
  unanswered: { readonly request: PerformRequest; readonly overrides: readonly Override[] }[] = []
  readonly #world: DeskWorld
  readonly #files: HomeFiles
  #fuse = new Fuse()
  #performDeps: PerformDeps | null = null
  #live: { onNews: (news: LiveNews) => void; onEnd: () => void } | null = null
  #care: StorageCare | null = null
  #starts = 0

  constructor(world: DeskWorld, plan: DeskPlan, from: Image | null) {
    this.#world = world
    this.plan = plan
    this.#files = new HomeFiles(plan.name, KEY)
    this.model = from?.model.clone() ?? new DeskModel(plan.identity)
    if (from !== null) {
      this.#files.putBack(from.folder)
      this.acknowledged = [...from.acknowledged]
    }
  }

  get isUp(): boolean {
    return this.stores !== null
  }

  /** Its fuse has blown and nobody has noticed yet. */
  get isDamaged(): boolean {
    return this.#fuse.isBlown
  }

  /** No trouble is left at this desk. */
  heal(): void {
    this.#fuse.isDiskFull = false
    this.#fuse.disarm()
  }

  /** `callsToLive`: it is killed again at that call. */
  start(callsToLive: number | null = null): void {
    if (this.stores !== null) return
    this.#fuse = new Fuse()
    if (callsToLive !== null) this.#fuse.arm(callsToLive, this.#world.random.chance(0.5))
    const raw = openStores(this.#files.home, KEY, { now: () => this.plan.clock.now() })
    this.stores = raw
    this.#starts += 1
    // A damaged file that was put aside leaves one that has taken nothing yet.
    if (Object.keys(raw.replica.cursors()).length === 0) this.#begunAnew('replica')
    if (raw.catalogue.cursor() === 0) this.#begunAnew('catalogue')
    raw.storage.onRebuilt((file) => this.#rebuilt(file))
    this.#surviving(() => this.#open(raw))
  }

  #open(raw: Stores): void {
    const { clock, identity } = this.plan
    if (raw.outbox.identity() === null) raw.outbox.saveIdentity(identity)
    this.model.readLog(raw.outbox)
    this.#checkKept(raw)
    const stores = fused(raw, this.#fuse, { onCall: this.#onCall })
    const announcer = createAnnouncer()
    this.#ifRoom(() => askedAgain(() => catchUp(stores)))
    const clockWatch = createClockWatch(stores.outbox, clock, clock.monotonic)
    const sync = startSync({
      stores,
      announcer,
      clock,
      key: { publicKey: '', sign: () => '' },
      appVersion: 'simulated',
      random: this.#world.random.next,
      ground: this.#ground(),
    })
    this.sync = sync
    this.hasMoved = this.hasMovedSince = true
    let [measured, said] = [0, '']
    announcer.listen((topic) => {
      if (topic !== 'sync-status') return
      const { connection, reason } = sync.status()
      const says = `${this.plan.name} is ${connection} ${reason ?? ''}`
      if (says !== said) this.#world.trace(says)
      said = says
      if (connection !== 'online') return
      // Every second at a real desk.
      this.#ifRoom(() => this.#care?.tick())
      if (sync.measurementsCount() !== measured) this.#ifRoom(() => clockWatch.measured())
      measured = sync.measurementsCount()
    })
    const disk = createDiskGuard({
      home: this.#files.home,
      clock,
      limits: NO_LIMITS,
      freeBytes: () => null,
    })
    this.#care = createStorageCare({ stores, disk, clockWatch, clock, announcer, sync })
    this.#performDeps = {
      stores,
      clock,
      announcer,
      bootId: `boot-${this.#starts}`,
      clockOffsetMs: sync.clockOffsetMs,
      factsAgeMs: (of) => (raw.storage.essentials.since() === null ? sync.factsAgeMs(of) : null),
      isClockSuspect: () => clockWatch.reading().isSuspect,
      onAppended: sync.poke,
    }
  }

  #ground() {
    const fuse = this.#fuse
    const { timeline } = this.#world
    const after = (ms: number, event: () => void): (() => void) =>
      timeline.after(
        ms < STRETCH_FROM_MS ? ms : ms * this.#world.stretch,
        `${this.plan.name} wakes`,
        () => {
          if (!fuse.isBlown) this.#surviving(event)
        },
      )
    return {
      connect: (options: Parameters<typeof simTransport>[1]) =>
        simTransport(
          {
            ...this.#world.line,
            state: this.line,
            secret: () => `secret of ${this.plan.identity.deviceId}`,
            listen: (onNews, onEnd) => this.#listen(onNews, onEnd),
          },
          options,
        ),
      after,
      nextTurn: () => new Promise<void>((resolve) => void after(1, () => resolve())),
      onDefect: (error: unknown) => {
        if (error instanceof DeskKilled) {
          if (fuse === this.#fuse) this.died()
          return
        }
        this.#world.broken([`defect: ${this.plan.name} sync ended: ${stackOf(error)}`])
      },
    }
  }

  #listen(onNews: (news: LiveNews) => void, onEnd: () => void): { close: () => void } {
    const line = { onNews, onEnd }
    this.#live = line
    return {
      close: () => {
        if (this.#live === line) this.#live = null
      },
    }
  }

  /** The city says on the live line that there is news. */
  hear(news: LiveNews): void {
    if (this.#live === null || !this.isUp || !this.line.isDown || this.#world.isNewsLost()) return
    const line = this.#live
    this.#world.timeline.after(5, `${this.plan.name} hears`, () => {
      if (this.#live === line && !this.#fuse.isBlown && this.line.isDown) {
        this.#surviving(() => line.onNews(news))
      }
    })
  }

  endLine(): void {
    const line = this.#live
    this.#live = null
    if (line !== null && !this.#fuse.isBlown) this.#surviving(() => line.onEnd())
  }

  /** Null where it was not answered: the desk is down, or went down over it. */
  act(request: PerformRequest, overrides: readonly Override[]): Receipt | null {
    const deps = this.#performDeps
    if (deps === null || !this.isUp) return null
    const { staffId, identity } = this.plan
    const performer = { staffId, role: 'branch-head' as const, branchId: identity.branchId }
    let receipt: Receipt | null = null
    const isOver = this.#surviving(() => {
      this.#care?.tick()
      receipt = perform(deps, performer, request, overrides)
    })
    if (!isOver) {
      this.unanswered.push({ request, overrides })
      return null
    }
    const given = receipt as Receipt | null
    if (given?.outcome !== 'done') return given
    this.#acknowledge(given)
    this.#world.broken(shownBroken(request.kind, given, this.stores))
    return given
  }

  #acknowledge({ requestId, operationId }: Receipt): void {
    if (this.acknowledged.some((one) => one.requestId === requestId)) return
    const stored = this.stores?.outbox.byRequestId(requestId) ?? null
    if (stored === null || operationId === null) {
      this.#world.broken([`I1 ${requestId} was acknowledged and is not in the outbox`])
      return
    }
    this.acknowledged.push({ requestId, operationId, hash: stored.hash })
  }

  /** I1: whatever was shown as done is in the outbox after any crash. */
  #checkKept({ outbox }: Stores): void {
    const lost = this.acknowledged.filter(({ requestId }) => outbox.byRequestId(requestId) === null)
    if (lost.length === 0) return
    this.#world.broken([
      `I1 ${this.plan.name} lost ${lost.map(({ operationId }) => operationId).join(' ')}`,
    ])
  }

  /** False where the work did not come to its end. */
  #surviving(work: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      if (error instanceof DeskKilled) {
        this.died()
        return false
      }
      const isOfTheDisk = error instanceof StorageFailure && error.code === 'disk-full'
      const isRefused = error instanceof DeskFailure && error.failure !== 'bad-request'
      // Its rows were damaged, and no complete pull had told it what it must know to lend.
      const isEmpty = this.stores?.replica.row('policy', 'city') === null
      if (isOfTheDisk || isRefused || isEmpty || isRebuilt(error)) return false
      throw error
    }
  }

  #ifRoom(work: () => void): void {
    this.#surviving(work)
    if (this.#fuse.isBlown) throw new DeskKilled()
  }

  readonly #onCall = (store: string, name: string, given: unknown[]): void => {
    if (writes.has(name)) this.hasMoved = this.hasMovedSince = true
    const outbox = this.stores?.outbox ?? null
    const call = { store, name, given }
    this.#world.broken(noteCall(this.model, call, outbox, this.#world.server().histories()))
  }

  #begunAnew(file: 'replica' | 'catalogue'): void {
    if (file === 'replica') this.model.forgetRows()
    else this.model.forgetTitles()
  }

  /** As refillAfterRebuild of create-engine.ts. */
  #rebuilt(file: 'replica' | 'catalogue'): void {
    this.#begunAnew(file)
    const { stores, sync } = this
    this.#world.timeline.after(1, `${this.plan.name} refills`, () => {
      if (stores === null || stores !== this.stores || this.#fuse.isBlown) return
      this.#surviving(() =>
        askedAgain(() => catchUp(fused(stores, this.#fuse, { onCall: this.#onCall }))),
      )
      if (!this.#fuse.isBlown) this.#surviving(() => sync?.poke())
    })
  }

  arm(calls: number): void {
    this.#fuse.arm(calls, this.#world.random.chance(0.5))
  }

  fillDisk(isFull: boolean): void {
    this.model.mayBeBehind = true
    this.#fuse.isDiskFull = isFull
  }

  /** The program is gone; its files are as they were at that moment, write-ahead logs and all. */
  died(): void {
    const { stores } = this
    if (stores === null) return
    this.#fuse.blow()
    this.stores = null
    this.sync = null
    this.#performDeps = null
    this.#live = null
    const left = this.#files.copy()
    void closeStores(stores)
    this.#files.moveTo(left)
    this.#world.trace(`${this.plan.name} is down`)
  }

  image(): Image {
    return {
      folder: this.#files.copy(),
      model: this.model.clone(),
      acknowledged: [...this.acknowledged],
    }
  }

  /** The machine is put back to what it was. */
  rollBack(image: Image): void {
    this.died()
    this.#files.putBack(image.folder)
    this.model = image.model.clone()
    this.acknowledged = [...image.acknowledged]
  }

  lose(file: 'replica.db' | 'catalogue.db' | 'outbox.db'): void {
    this.died()
    this.#files.remove(file)
    if (file === 'replica.db') this.model.forgetRows()
    if (file === 'catalogue.db') this.model.forgetTitles()
  }

  flipBit(file: 'replica.db' | 'outbox.db'): void {
    this.died()
    this.#files.flipBit(file, this.#world.random)
  }

  async close(): Promise<void> {
    const { stores } = this
    this.#fuse.blow()
    this.stores = null
    if (stores !== null) await closeStores(stores)
    this.#files.clear()
  }
}
