/**
 * One pad at work: looks what lies on it, reads each tag as soon as it is itself stable, and does
 * what the desk asks of the tags — each for itself, so that one that fails holds up no other.
 */
import type { Clock } from '../clock.ts'
import { HidFailure, type DeviceKey } from '../hid-port.ts'
import { PadFailure, type PadDriver, type TagUid } from './pad-driver.ts'
import type { JobOutcome, PadEvent, TagImage, TagJob } from './pad-events.ts'
import { emptyPad, observe, uidsHere, type PresenceEvent, type PresenceState } from './presence.ts'
import { isPartOf, planWrite } from './write-plan.ts'

export interface PadUnitOptions {
  readonly pad: DeviceKey
  readonly driver: PadDriver
  readonly clock: Clock
  readonly announce: (event: PadEvent) => void
  readonly setBusy: (isBusy: boolean) => void
  /** It answers no more, whatever is tried. */
  readonly giveUp: (reason: string) => void
}

const INVENTORY_EVERY_MS = 150
/** Lifted a little, turned, a cover in between: real pads need many tries. */
const TRIES_MAX = 5
const SILENCES_UNTIL_RESET = 3
const SILENCES_UNTIL_GIVEN_UP = 6

interface PendingJob {
  readonly job: TagJob
  tries: number
  /** Of the security: what the tag said before we touched it. */
  previousAfi: number | null
}

export class PadUnit {
  readonly #options: PadUnitOptions
  #presence: PresenceState = emptyPad
  /** Tags that are here and not read yet, with how often that failed. */
  readonly #unreadTries = new Map<TagUid, { tries: number; isReturn: boolean }>()
  readonly #jobs: PendingJob[] = []
  #cancelNext: (() => void) | null = null
  #isEnded = false
  #silenceCount = 0

  constructor(options: PadUnitOptions) {
    this.#options = options
  }

  /** Resolves when the pad has said what it is. Rejects with HidFailure. */
  async start(): Promise<void> {
    try {
      await this.#options.driver.probe()
    } catch (error) {
      if (!(error instanceof PadFailure)) throw error
      throw new HidFailure(error.kind === 'gone' ? 'gone' : 'io', error.message, { cause: error })
    }
    this.#scheduleNext()
  }

  /** The pad went, or is given up: its tags are off it, and what was asked of them is not done. */
  end(): void {
    this.#isEnded = true
    this.#cancelNext?.()
    const { announce, pad } = this.#options
    for (const uid of uidsHere(this.#presence)) announce({ kind: 'tag-off', pad, uid })
    for (const pending of this.#jobs.splice(0)) this.#finished(pending, 'away', 'the pad went')
  }

  /** False: that tag is not on this pad. */
  take(job: TagJob): boolean {
    if (this.#isEnded || !uidsHere(this.#presence).includes(job.uid)) return false
    // The later wish replaces an earlier one of the same kind.
    const at = this.#jobs.findIndex(({ job: old }) => old.uid === job.uid && old.kind === job.kind)
    if (at !== -1) this.#jobs.splice(at, 1)
    this.#jobs.push({ job, tries: 0, previousAfi: null })
    return true
  }

  #scheduleNext(): void {
    if (this.#isEnded) return
    this.#cancelNext = this.#options.clock.after(INVENTORY_EVERY_MS, () => {
      void this.#turn()
    })
  }

  async #turn(): Promise<void> {
    try {
      const sightings = await this.#options.driver.inventory()
      this.#silenceCount = 0
      if (this.#isEnded) return
      await this.#seen(sightings.map(({ uid }) => uid))
      await this.#work()
    } catch (error) {
      if (!(error instanceof PadFailure)) throw error
      await this.#stumbled(error)
    }
    this.#scheduleNext()
  }

  async #seen(uids: readonly TagUid[]): Promise<void> {
    const { clock, announce, pad } = this.#options
    const [presence, events] = observe(this.#presence, uids, clock.now())
    this.#presence = presence
    for (const event of events) this.#moved(event)
    for (const [uid, unread] of this.#unreadTries) {
      if (!uids.includes(uid)) continue
      const tag = await this.#read(uid)
      if (this.#isEnded) return
      if (tag !== null) {
        this.#unreadTries.delete(uid)
        const { isReturn } = unread
        announce({ kind: 'tag-on', pad, at: clock.now(), tag, isReturn })
      } else {
        unread.tries += 1
        if (unread.tries === TRIES_MAX) announce({ kind: 'tag-unreadable', pad, uid })
      }
    }
  }

  #moved(event: PresenceEvent): void {
    const { announce, pad } = this.#options
    if (event.kind === 'settled') {
      announce({ kind: 'pad-settled', pad, count: event.uids.length })
    } else if (event.kind === 'left') {
      this.#unreadTries.delete(event.uid)
      announce({ kind: 'tag-off', pad, uid: event.uid })
      for (const pending of this.#jobs.filter(({ job }) => job.uid === event.uid)) {
        this.#jobs.splice(this.#jobs.indexOf(pending), 1)
        this.#finished(pending, 'away', 'lifted')
      }
    } else {
      this.#unreadTries.set(event.uid, { tries: 0, isReturn: event.kind === 'returned' })
    }
  }

  /** null: it did not answer this time. */
  async #read(uid: TagUid): Promise<TagImage | null> {
    const { driver } = this.#options
    try {
      const facts = await driver.describe(uid)
      return { ...facts, uid, memory: await driver.read(uid, 0, facts.blockCount) }
    } catch (error) {
      return this.#excused(error)
    }
  }

  /** One try of each job whose tag is heard now. */
  async #work(): Promise<void> {
    if (this.#jobs.length === 0) return
    this.#options.setBusy(true)
    for (const pending of this.#jobs.slice()) {
      if (this.#isEnded) return
      const { job } = pending
      const reason =
        job.kind === 'secure' ? await this.#secure(pending, job) : await this.#write(job)
      if (!this.#jobs.includes(pending)) continue
      pending.tries += 1
      if (reason !== null && pending.tries < TRIES_MAX) continue
      this.#jobs.splice(this.#jobs.indexOf(pending), 1)
      this.#finished(pending, reason === null ? 'done' : 'failed', reason)
    }
    this.#options.setBusy(this.#jobs.length > 0)
  }

  /** null: set and read back; otherwise what was in the way. */
  async #secure(
    pending: PendingJob,
    { uid, afi, isArmed }: Extract<TagJob, { kind: 'secure' }>,
  ): Promise<string | null> {
    const { driver } = this.#options
    try {
      const before = await driver.describe(uid)
      pending.previousAfi ??= before.afi
      if (before.afi !== afi) await driver.setAfi(uid, afi)
      const after = before.afi === afi ? before : await driver.describe(uid)
      if (after.afi !== afi) return 'it reads back otherwise'
    } catch (error) {
      this.#excused(error)
      return (error as PadFailure).message
    }
    try {
      // The alarm bit comes second: not every chip has it, and the gate goes by the AFI.
      await driver.setEas(uid, isArmed)
    } catch (error) {
      this.#excused(error)
    }
    return null
  }

  async #write(job: Extract<TagJob, { kind: 'write' }>): Promise<string | null> {
    const { driver } = this.#options
    const { uid, before, after: wanted, afi, dsfid } = job
    try {
      const facts = await driver.describe(uid)
      const current = await driver.read(uid, 0, facts.blockCount)
      if (current.length !== wanted.length) return 'a tag of another size'
      if (!isPartOf(current, before, wanted, facts.blockBytes)) return 'another content than read'
      for (const { block, bytes } of planWrite(current, wanted, facts.blockBytes)) {
        await driver.write(uid, block, bytes)
      }
      const written = await driver.read(uid, 0, facts.blockCount)
      if (written.some((byte, n) => byte !== wanted[n])) return 'it reads back otherwise'
      if (dsfid !== null && facts.dsfid !== null) await driver.setDsfid(uid, dsfid)
      if (afi === null || facts.afi === null) return null
      await driver.setAfi(uid, afi)
      const after = await driver.describe(uid)
      return after.afi === afi ? null : 'its AFI reads back otherwise'
    } catch (error) {
      this.#excused(error)
      return (error as PadFailure).message
    }
  }

  #finished({ job, previousAfi }: PendingJob, outcome: JobOutcome, reason: string | null): void {
    const { announce } = this.#options
    if (job.kind === 'write') announce({ kind: 'tag-written', uid: job.uid, outcome, reason })
    else {
      const { uid, afi: wantedAfi } = job
      announce({ kind: 'tag-secured', uid, wantedAfi, outcome, previousAfi })
    }
  }

  /** A tag that does not answer is life; a pad that does not is told by the next inventory. */
  #excused(error: unknown): null {
    if (!(error instanceof PadFailure)) throw error
    return null
  }

  async #stumbled(failure: PadFailure): Promise<void> {
    if (this.#isEnded || failure.kind === 'gone') return
    this.#silenceCount += 1
    if (this.#silenceCount === SILENCES_UNTIL_RESET) {
      try {
        await this.#options.driver.resetField()
      } catch (error) {
        this.#excused(error)
      }
    } else if (this.#silenceCount >= SILENCES_UNTIL_GIVEN_UP) {
      this.#options.giveUp(failure.message)
    }
  }
}
