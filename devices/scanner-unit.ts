/** One scanner at the station: from its raw reports to whole, unrepeated scans. */
import type { Clock } from './clock.ts'
import type { DeviceKey } from './hid-port.ts'
import type { IgnoredReason, ReaderModel } from './models/reader-model.ts'
import type { ReportDescriptor } from './report-descriptor.ts'
import {
  abandon,
  assemble,
  emptyAssembler,
  flush,
  FLUSH_MS,
  holdsPieces,
  type AssemblerState,
  type AssemblyStep,
  type Scan,
  type ScanEncoding,
} from './scan-assembler.ts'
import type { StationNotice } from './station-events.ts'

/** The same code from the same device within this of its last sighting is the same reading. */
export const REPEAT_WINDOW_MS = 400

export interface ScannerUnitOptions {
  readonly reader: DeviceKey
  readonly clock: Clock
  readonly encodings: readonly ScanEncoding[]
  readonly repeatWindowMs: number
  readonly scanned: (scan: Scan) => void
  readonly noticed: (notice: StationNotice) => void
}

const isPowerOfTwo = (count: number): boolean => (count & (count - 1)) === 0

export class ScannerUnit {
  readonly #options: ScannerUnitOptions
  #assembler: AssemblerState
  #cancelFlush: (() => void) | null = null
  #lastText: string | null = null
  #lastAt = 0
  #repeatCount = 0
  readonly #ignoredCounts = new Map<IgnoredReason, number>()

  constructor(options: ScannerUnitOptions) {
    this.#options = options
    this.#assembler = emptyAssembler(options.reader, options.encodings)
  }

  /** Never throws for what a report holds. */
  receive(model: ReaderModel, descriptor: ReportDescriptor | null, report: Uint8Array): void {
    const at = this.#options.clock.now()
    // The timer may be late when the process was busy; what is over must not join what comes.
    this.#take(flush(this.#assembler, at))
    for (const event of model.parse(report, descriptor)) {
      if (event.kind === 'ignored') this.#countIgnored(event.reason)
      else this.#take(assemble(this.#assembler, event, at))
    }
    this.#scheduleFlush()
  }

  /** The device went: an unfinished code is discarded, and said so. */
  abandon(): void {
    this.#take(abandon(this.#assembler))
    this.#scheduleFlush()
  }

  #scheduleFlush(): void {
    this.#cancelFlush?.()
    this.#cancelFlush = null
    if (!holdsPieces(this.#assembler)) return
    this.#cancelFlush = this.#options.clock.after(FLUSH_MS, () => {
      this.#cancelFlush = null
      this.#take(flush(this.#assembler, this.#options.clock.now()))
      // A wall clock set back meanwhile makes the pieces look young: try again.
      this.#scheduleFlush()
    })
  }

  #take([state, scan, notices]: AssemblyStep): void {
    this.#assembler = state
    for (const notice of notices) this.#options.noticed(notice)
    if (scan !== null) this.#pass(scan)
  }

  /** A stuck trigger repeats for minutes: each sighting renews the window, so it stays one scan. */
  #pass(scan: Scan): void {
    const sinceLastMs = scan.at - this.#lastAt
    const isRepeat =
      scan.text === this.#lastText && sinceLastMs >= 0 && sinceLastMs < this.#options.repeatWindowMs
    this.#lastText = scan.text
    this.#lastAt = scan.at
    if (!isRepeat) {
      this.#repeatCount = 0
      this.#options.scanned(scan)
      return
    }
    this.#repeatCount += 1
    if (!isPowerOfTwo(this.#repeatCount)) return
    this.#options.noticed({ kind: 'repeat-ignored', text: scan.text, count: this.#repeatCount })
  }

  #countIgnored(reason: IgnoredReason): void {
    const count = (this.#ignoredCounts.get(reason) ?? 0) + 1
    this.#ignoredCounts.set(reason, count)
    if (isPowerOfTwo(count)) this.#options.noticed({ kind: 'report-ignored', reason, count })
  }
}
