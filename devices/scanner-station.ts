/** All scanners of one desk: what they read, and how they are. */
import type { Clock } from './clock.ts'
import { DeviceKeeper, type Attached } from './device-keeper.ts'
import { HidFailure, type DeviceKey, type HidPort } from './hid-port.ts'
import type { ReaderModel } from './models/reader-model.ts'
import { DEFAULT_ENCODINGS, type ScanEncoding } from './scan-assembler.ts'
import { ScanQueue } from './scan-queue.ts'
import { REPEAT_WINDOW_MS, ScannerUnit } from './scanner-unit.ts'
import { sightScanners } from './sight-scanners.ts'
import type { DeviceStatus, StationEvent } from './station-events.ts'

export interface ScannerStationOptions {
  readonly port: HidPort
  readonly clock: Clock
  readonly announce: (event: StationEvent) => void
  readonly encodings?: readonly ScanEncoding[]
  readonly repeatWindowMs?: number
  /** True: scans wait until release. */
  readonly isHeld?: boolean
  /** Decides only which remedy is told. */
  readonly platform?: string
}

export class ScannerStation {
  readonly #options: ScannerStationOptions
  readonly #queue: ScanQueue
  readonly #unitsByReader = new Map<DeviceKey, ScannerUnit>()
  readonly #keeper: DeviceKeeper<ReaderModel>

  constructor(options: ScannerStationOptions) {
    const { port, clock, announce, platform } = options
    this.#options = options
    this.#queue = new ScanQueue(
      {
        deliver: (scan) => {
          announce({ kind: 'scan', scan })
        },
        waiting: (count) => {
          announce({ kind: 'waiting', count })
        },
        dropped: ({ reader, at }, droppedCount) => {
          announce({ kind: 'notice', reader, at, notice: { kind: 'queue-overflow', droppedCount } })
        },
      },
      options.isHeld ?? false,
    )
    this.#keeper = new DeviceKeeper<ReaderModel>({
      port,
      clock,
      ...(platform === undefined ? {} : { platform }),
      sight: sightScanners,
      attach: (device) => {
        this.#attach(device)
        return null
      },
      detach: (reader) => {
        this.#unitsByReader.get(reader)?.abandon()
      },
      moved: (status) => {
        announce({ kind: 'status', status })
      },
      available: (isAvailable, reason) => {
        announce({ kind: 'port', isAvailable, reason })
      },
    })
  }

  /** Resolves after the first listing; devices open afterwards and say so. */
  start(): Promise<void> {
    return this.#keeper.start()
  }

  /** Closes everything; within the connections' own limit of 500 ms. */
  stop(): Promise<void> {
    return this.#keeper.stop()
  }

  statuses(): readonly DeviceStatus[] {
    return this.#keeper.statuses()
  }

  /** Holds scans back (a dialog wants an answer) or lets those that waited go, in order. */
  hold(isHeld: boolean): void {
    this.#queue.hold(isHeld)
  }

  /** Drops the scans that wait; answers how many. */
  discardWaiting(): number {
    return this.#queue.discard()
  }

  /** Beeps the reader that scanned. False where its maker has no beep we may send, or it went. */
  async beep(reader: DeviceKey, isGood: boolean): Promise<boolean> {
    const device = this.#keeper.inUse(reader)
    const report = device?.model.encodeBeep(isGood) ?? null
    if (report === null || device === null) return false
    try {
      await device.connection.write(report)
      return true
    } catch (error) {
      if (error instanceof HidFailure) return false
      throw error
    }
  }

  #attach({ reader, model, descriptor, connection }: Attached<ReaderModel>): void {
    const unit = this.#unitFor(reader)
    connection.onReport((report) => {
      if (this.#keeper.inUse(reader)?.connection !== connection) return
      unit.receive(model, descriptor, report)
    })
  }

  /** One for each device, whatever it is plugged into: repeats are counted over replugs. */
  #unitFor(reader: DeviceKey): ScannerUnit {
    const known = this.#unitsByReader.get(reader)
    if (known !== undefined) return known
    const { clock, announce, encodings, repeatWindowMs } = this.#options
    const unit = new ScannerUnit({
      reader,
      clock,
      encodings: encodings ?? DEFAULT_ENCODINGS,
      repeatWindowMs: repeatWindowMs ?? REPEAT_WINDOW_MS,
      scanned: (scan) => {
        this.#queue.push(scan)
      },
      noticed: (notice) => {
        announce({ kind: 'notice', reader, at: clock.now(), notice })
      },
    })
    this.#unitsByReader.set(reader, unit)
    return unit
  }
}
