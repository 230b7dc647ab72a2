/**
 * All scanners of one desk: finds them, opens them, brings them back after a replug, and says what
 * they read and how they are.
 */
import type { Clock } from './clock.ts'
import {
  HidFailure,
  type DeviceKey,
  type HidConnection,
  type HidInfo,
  type HidPort,
} from './hid-port.ts'
import { parseReportDescriptor, type ReportDescriptor } from './report-descriptor.ts'
import { DEFAULT_ENCODINGS, type ScanEncoding } from './scan-assembler.ts'
import { ScanQueue } from './scan-queue.ts'
import { REPEAT_WINDOW_MS, ScannerUnit } from './scanner-unit.ts'
import { deniedRemedy, sightScanners, type Sighting } from './sight-scanners.ts'
import type { DeviceState, DeviceStatus, Remedy, StationEvent } from './station-events.ts'

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

interface Device {
  readonly reader: DeviceKey
  readonly unit: ScannerUnit
  sighting: Sighting
  isPresent: boolean
  state: DeviceState
  reason: string | null
  remedy: Remedy | null
  changedAt: number
  connection: HidConnection | null
  /** Grows when the device goes or the station stops: an open under way is then stale. */
  visit: number
  /** The visit an open is under way for, null if none. */
  openingVisit: number | null
  failureCount: number
  cancelRetry: (() => void) | null
}

const RETRY_FIRST_MS = 250
const RETRY_MAX_MS = 8_000
const FAILURES_UNTIL_FAULTY = 3
const LIST_RETRY_MS = 2_000

export class ScannerStation {
  readonly #options: ScannerStationOptions
  readonly #queue: ScanQueue
  readonly #devices: Device[] = []
  #stopWatching: (() => void) | null = null
  #cancelListing: (() => void) | null = null
  #isRunning = false
  #isListing = false
  #isListingStale = false
  #isAvailable: boolean | null = null

  constructor(options: ScannerStationOptions) {
    this.#options = options
    this.#queue = new ScanQueue(
      {
        deliver: (scan) => {
          options.announce({ kind: 'scan', scan })
        },
        waiting: (count) => {
          options.announce({ kind: 'waiting', count })
        },
        dropped: (scan, droppedCount) => {
          options.announce({
            kind: 'notice',
            reader: scan.reader,
            at: scan.at,
            notice: { kind: 'queue-overflow', droppedCount },
          })
        },
      },
      options.isHeld ?? false,
    )
  }

  /** Resolves after the first listing; devices open afterwards and say so. */
  async start(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#stopWatching = this.#options.port.watch(() => {
      void this.#refresh()
    })
    await this.#refresh()
  }

  /** Closes everything; within the connections' own limit of 500 ms. */
  async stop(): Promise<void> {
    this.#isRunning = false
    this.#stopWatching?.()
    this.#stopWatching = null
    this.#cancelListing?.()
    const connections = this.#devices.flatMap((device) => device.connection ?? [])
    for (const device of this.#devices) {
      device.visit += 1
      device.isPresent = false
      device.connection = null
      device.cancelRetry?.()
      device.unit.abandon()
      if (device.state !== 'absent') this.#move(device, 'absent')
    }
    await Promise.all(connections.map((connection) => connection.close()))
  }

  statuses(): readonly DeviceStatus[] {
    return this.#devices.map(statusOf)
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
    const device = this.#devices.find((other) => other.reader === reader)
    const report = device?.sighting.model?.encodeBeep(isGood) ?? null
    if (report === null || device === undefined || device.connection === null) return false
    try {
      await device.connection.write(report)
      return true
    } catch (error) {
      if (error instanceof HidFailure) return false
      throw error
    }
  }

  /** Lists and compares. Calls while one runs lead to exactly one more. */
  async #refresh(): Promise<void> {
    this.#isListingStale = true
    if (this.#isListing) return
    this.#isListing = true
    try {
      while (this.#isListingStale && this.#isRunning) {
        this.#isListingStale = false
        const sightings = await this.#look()
        if (sightings !== null && this.#isRunning) this.#compare(sightings)
      }
    } finally {
      this.#isListing = false
    }
  }

  async #look(): Promise<readonly Sighting[] | null> {
    const { port, clock } = this.#options
    let infos: readonly HidInfo[]
    try {
      infos = await port.list()
    } catch (error) {
      if (!(error instanceof HidFailure)) throw error
      this.#sayAvailable(false, error.message)
      if (error.kind !== 'hid-unavailable' && this.#isRunning) {
        this.#cancelListing?.()
        this.#cancelListing = clock.after(LIST_RETRY_MS, () => {
          void this.#refresh()
        })
      }
      return null
    }
    this.#sayAvailable(true, null)
    const descriptorsByPath = new Map<string, ReportDescriptor | null>()
    for (const info of infos) {
      if (descriptorsByPath.has(info.path)) continue
      const bytes = await port.readDescriptor(info)
      descriptorsByPath.set(info.path, bytes === null ? null : parseReportDescriptor(bytes))
    }
    return sightScanners(infos, descriptorsByPath)
  }

  #compare(sightings: readonly Sighting[]): void {
    const isListed = (device: Device): boolean =>
      sightings.some(
        (seen) =>
          seen.info.path === device.sighting.info.path && seen.baseKey === device.sighting.baseKey,
      )
    for (const device of this.#devices) {
      if (device.isPresent && !isListed(device)) this.#lose(device, 'no longer listed')
    }
    for (const sighting of sightings) {
      const device = this.#deviceFor(sighting)
      device.sighting = sighting
      device.isPresent = true
      if (sighting.model === null) {
        if (device.state !== 'foreign') {
          this.#move(device, 'foreign', null, { kind: 'switch-to-hid-pos' })
        }
      } else if (device.connection === null && device.openingVisit !== device.visit) {
        void this.#open(device)
      }
    }
  }

  /**
   * The same path and key is the device we know; otherwise one with that key that is away has come
   * back; otherwise it is new. Twins without serial numbers share a key and get `#2`, `#3` …
   */
  #deviceFor(sighting: Sighting): Device {
    const twins = this.#devices.filter((device) => device.sighting.baseKey === sighting.baseKey)
    const known =
      twins.find(
        (device) => device.isPresent && device.sighting.info.path === sighting.info.path,
      ) ?? twins.find((device) => !device.isPresent)
    if (known !== undefined) return known
    const reader = twins.length === 0 ? sighting.baseKey : `${sighting.baseKey}#${twins.length + 1}`
    const { clock, announce, encodings, repeatWindowMs } = this.#options
    const device: Device = {
      reader,
      unit: new ScannerUnit({
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
      }),
      sighting,
      isPresent: true,
      state: 'absent',
      reason: null,
      remedy: null,
      changedAt: clock.now(),
      connection: null,
      visit: 0,
      openingVisit: null,
      failureCount: 0,
      cancelRetry: null,
    }
    this.#devices.push(device)
    return device
  }

  async #open(device: Device): Promise<void> {
    const { visit, sighting } = device
    device.cancelRetry?.()
    device.cancelRetry = null
    device.openingVisit = visit
    if (device.state === 'absent' || device.state === 'lost') this.#move(device, 'found')
    // A denied or faulty device keeps saying so while it is tried again in silence.
    if (device.state === 'found') this.#move(device, 'opening')
    let connection: HidConnection
    try {
      connection = await this.#options.port.open(sighting.info)
    } catch (error) {
      if (!(error instanceof HidFailure)) throw error
      if (device.visit !== visit) return
      device.openingVisit = null
      this.#openFailed(device, error)
      return
    }
    if (device.visit !== visit) {
      await connection.close()
      return
    }
    device.openingVisit = null
    this.#attach(device, connection)
  }

  #attach(device: Device, connection: HidConnection): void {
    const { model, descriptor } = device.sighting
    if (model === null) return
    device.connection = connection
    device.failureCount = 0
    connection.onReport((report) => {
      if (device.connection === connection) device.unit.receive(model, descriptor, report)
    })
    this.#move(device, 'ready')
    connection.onGone((reason) => {
      if (device.connection !== connection) return
      this.#lose(device, reason)
      // A quick replug may already be listed, under the same path even.
      void this.#refresh()
    })
  }

  #openFailed(device: Device, failure: HidFailure): void {
    if (failure.kind === 'gone') {
      this.#lose(device, failure.message)
      return
    }
    if (failure.kind === 'denied') {
      const platform = this.#options.platform ?? process.platform
      const remedy = deniedRemedy(device.sighting.info.vendorId, platform)
      if (device.state !== 'denied') this.#move(device, 'denied', failure.message, remedy)
      this.#retryIn(device, RETRY_MAX_MS)
      return
    }
    device.failureCount += 1
    const isFaulty = device.failureCount >= FAILURES_UNTIL_FAULTY
    if (!isFaulty || device.state !== 'faulty') {
      this.#move(device, isFaulty ? 'faulty' : 'found', failure.message)
    }
    this.#retryIn(
      device,
      Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(device.failureCount - 1, 10)),
    )
  }

  #retryIn(device: Device, delayMs: number): void {
    device.cancelRetry?.()
    device.cancelRetry = this.#options.clock.after(delayMs, () => {
      device.cancelRetry = null
      void this.#open(device)
    })
  }

  #lose(device: Device, reason: string): void {
    const { connection } = device
    const wasInUse = connection !== null
    device.visit += 1
    device.isPresent = false
    device.connection = null
    device.cancelRetry?.()
    device.cancelRetry = null
    device.unit.abandon()
    this.#move(device, wasInUse ? 'lost' : 'absent', reason)
    // A stale connection keeps its old node open until it is closed (hid-lab finding 10).
    if (connection !== null) void connection.close()
  }

  #move(
    device: Device,
    state: DeviceState,
    reason: string | null = null,
    remedy: Remedy | null = null,
  ): void {
    device.state = state
    device.reason = reason
    device.remedy = remedy
    device.changedAt = this.#options.clock.now()
    this.#options.announce({ kind: 'status', status: statusOf(device) })
  }

  #sayAvailable(isAvailable: boolean, reason: string | null): void {
    if (this.#isAvailable === isAvailable) return
    this.#isAvailable = isAvailable
    this.#options.announce({ kind: 'port', isAvailable, reason })
  }
}

const statusOf = (device: Device): DeviceStatus => ({
  reader: device.reader,
  state: device.state,
  model: device.sighting.model?.name ?? null,
  vendorId: device.sighting.info.vendorId,
  productId: device.sighting.info.productId,
  manufacturer: device.sighting.info.manufacturer,
  product: device.sighting.info.product,
  reason: device.reason,
  remedy: device.remedy,
  changedAt: device.changedAt,
})
