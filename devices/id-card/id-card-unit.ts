/** One reader of identity cards at work: each card is read once for each time it is laid down. */
import type { Clock } from '../clock.ts'
import { HidFailure, type DeviceKey } from '../hid-port.ts'
import { PadFailure } from '../rfid/pad-driver.ts'
import type { IdCardEvent } from './id-card-events.ts'
import type { SamReader } from './sam-reader.ts'

interface IdCardUnitOptions {
  readonly reader: DeviceKey
  readonly sam: SamReader
  readonly clock: Clock
  readonly announce: (event: IdCardEvent) => void
  readonly setBusy: (isBusy: boolean) => void
  /** It answers no more, whatever is tried. */
  readonly giveUp: (reason: string) => void
}

const LOOK_EVERY_MS = 350
const TRIES_MAX = 3
/** A card that was read does not answer at once again, though it lies there. */
const MISSES_UNTIL_GONE = 2
/** The same card so soon after it was read was never lifted. */
const SAME_VISIT_MS = 2_000
const SILENCES_UNTIL_GIVEN_UP = 5

export class IdCardUnit {
  readonly #options: IdCardUnitOptions
  #cancelNext: (() => void) | null = null
  #isEnded = false
  #isRead = false
  #tries = 0
  #missCount = 0
  #silenceCount = 0
  #lastNumber: string | null = null
  #lastAt = 0

  constructor(options: IdCardUnitOptions) {
    this.#options = options
  }

  /** Resolves when the module has said that it is in order. Rejects with HidFailure. */
  async start(): Promise<void> {
    try {
      await this.#options.sam.probe()
    } catch (error) {
      if (!(error instanceof PadFailure)) throw error
      throw new HidFailure(error.kind === 'gone' ? 'gone' : 'io', error.message, { cause: error })
    }
    this.#scheduleNext()
  }

  end(): void {
    this.#isEnded = true
    this.#lastNumber = null
    this.#cancelNext?.()
  }

  #scheduleNext(): void {
    if (this.#isEnded) return
    this.#cancelNext = this.#options.clock.after(LOOK_EVERY_MS, () => {
      void this.#turn()
    })
  }

  async #turn(): Promise<void> {
    try {
      await this.#look()
      this.#silenceCount = 0
    } catch (error) {
      if (!(error instanceof PadFailure)) throw error
      this.#stumbled(error)
    }
    this.#scheduleNext()
  }

  async #look(): Promise<void> {
    const { sam } = this.#options
    if (!(await sam.isCardHere())) {
      this.#missCount += 1
      if (this.#missCount === MISSES_UNTIL_GONE) this.#cardWent()
      return
    }
    this.#missCount = 0
    if (this.#isRead || this.#tries >= TRIES_MAX || this.#isEnded) return
    this.#options.setBusy(true)
    try {
      await this.#read()
    } finally {
      this.#options.setBusy(false)
    }
  }

  async #read(): Promise<void> {
    const { sam, clock, announce, reader } = this.#options
    const card = await sam.read()
    if (this.#isEnded) return
    const at = clock.now()
    if (card === null) {
      this.#tries += 1
      if (this.#tries === TRIES_MAX) announce({ kind: 'id-card-unreadable', reader, at })
      return
    }
    this.#isRead = true
    const isSameVisit = card.number === this.#lastNumber && at - this.#lastAt < SAME_VISIT_MS
    this.#lastNumber = card.number
    this.#lastAt = at
    if (!isSameVisit) announce({ kind: 'id-card', reader, at, card })
  }

  #cardWent(): void {
    const { clock, announce, reader } = this.#options
    const wasLost = this.#tries > 0 && this.#tries < TRIES_MAX && !this.#isRead
    this.#tries = 0
    this.#isRead = false
    if (wasLost) announce({ kind: 'id-card-unreadable', reader, at: clock.now() })
  }

  #stumbled(failure: PadFailure): void {
    if (this.#isEnded || failure.kind === 'gone') return
    this.#silenceCount += 1
    if (this.#silenceCount >= SILENCES_UNTIL_GIVEN_UP) this.#options.giveUp(failure.message)
  }
}
