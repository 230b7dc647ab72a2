/**
 * Finds devices, opens them, brings them back after a replug, and says how each is. What a device
 * is for — scanner or pad — is the business of whoever attaches to it.
 */
import type { Clock } from './clock.ts'
import { deniedRemedy } from './denied-remedy.ts'
import {
  HidFailure,
  type DeviceKey,
  type HidConnection,
  type HidInfo,
  type HidPort,
} from './hid-port.ts'
import { parseReportDescriptor, type ReportDescriptor } from './report-descriptor.ts'
import type { DeviceState, DeviceStatus, Remedy } from './station-events.ts'

export interface Sighting<M extends { readonly name: string }> {
  readonly info: HidInfo
  readonly baseKey: DeviceKey
  readonly descriptor: ReportDescriptor | null
  /** null: one of ours in a mode that cannot be read (a scanner posing as a keyboard). */
  readonly model: M | null
}

export interface Attached<M> {
  readonly reader: DeviceKey
  readonly model: M
  readonly descriptor: ReportDescriptor | null
  readonly connection: HidConnection
}

export interface DeviceKeeperOptions<M extends { readonly name: string }> {
  readonly port: HidPort
  readonly clock: Clock
  /** Decides only which remedy is told. */
  readonly platform?: string
  readonly sight: (
    infos: readonly HidInfo[],
    descriptorsByPath: ReadonlyMap<string, ReportDescriptor | null>,
  ) => readonly Sighting<M>[]
  /**
   * It is open. Null: it is ready. A promise: it is being probed, and ready when that resolves;
   * a HidFailure of it counts as a failure to open.
   */
  readonly attach: (device: Attached<M>) => Promise<void> | null
  /** It went, or the keeper stopped. Not called for one that never was attached. */
  readonly detach: (reader: DeviceKey) => void
  readonly moved: (status: DeviceStatus) => void
  /** Whether devices can be reached at all on this machine. Told once each time that changes. */
  readonly available: (isAvailable: boolean, reason: string | null) => void
}

interface Device<M extends { readonly name: string }> {
  readonly reader: DeviceKey
  sighting: Sighting<M>
  isPresent: boolean
  state: DeviceState
  reason: string | null
  remedy: Remedy | null
  changedAt: number
  connection: HidConnection | null
  /** Grows when the device goes or the keeper stops: an open under way is then stale. */
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

export class DeviceKeeper<M extends { readonly name: string }> {
  readonly #options: DeviceKeeperOptions<M>
  readonly #devices: Device<M>[] = []
  #stopWatching: (() => void) | null = null
  #cancelListing: (() => void) | null = null
  #isRunning = false
  #isListing = false
  #isListingStale = false
  #isAvailable: boolean | null = null

  constructor(options: DeviceKeeperOptions<M>) {
    this.#options = options
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
      this.#detach(device)
      device.cancelRetry?.()
      if (device.state !== 'absent') this.#move(device, 'absent')
    }
    await Promise.all(connections.map((connection) => connection.close()))
  }

  statuses(): readonly DeviceStatus[] {
    return this.#devices.map(statusOf)
  }

  /** The model and the connection of a device in use, null for any other. */
  inUse(reader: DeviceKey): { readonly model: M; readonly connection: HidConnection } | null {
    const device = this.#devices.find((other) => other.reader === reader)
    const model = device?.sighting.model ?? null
    const connection = device?.connection ?? null
    return model === null || connection === null ? null : { model, connection }
  }

  /** A ready device has work in hand, or has done it. */
  setBusy(reader: DeviceKey, isBusy: boolean): void {
    const device = this.#devices.find((other) => other.reader === reader)
    if (device?.state === (isBusy ? 'ready' : 'busy')) this.#move(device, isBusy ? 'busy' : 'ready')
  }

  /** It does not answer any more: closed, and opened again as after a failure. */
  async giveUp(reader: DeviceKey, reason: string): Promise<void> {
    const device = this.#devices.find((other) => other.reader === reader)
    if (device === undefined || device.connection === null) return
    const { connection } = device
    device.visit += 1
    this.#detach(device)
    await connection.close()
    if (!this.#isRunning || !device.isPresent) return
    this.#openFailed(device, new HidFailure('io', reason))
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

  async #look(): Promise<readonly Sighting<M>[] | null> {
    const { port, clock, sight } = this.#options
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
    return sight(infos, descriptorsByPath)
  }

  #compare(sightings: readonly Sighting<M>[]): void {
    const isListed = (device: Device<M>): boolean =>
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
  #deviceFor(sighting: Sighting<M>): Device<M> {
    const twins = this.#devices.filter((device) => device.sighting.baseKey === sighting.baseKey)
    const known =
      twins.find(
        (device) => device.isPresent && device.sighting.info.path === sighting.info.path,
      ) ?? twins.find((device) => !device.isPresent)
    if (known !== undefined) return known
    const reader = twins.length === 0 ? sighting.baseKey : `${sighting.baseKey}#${twins.length + 1}`
    const device: Device<M> = {
      reader,
      sighting,
      isPresent: true,
      state: 'absent',
      reason: null,
      remedy: null,
      changedAt: this.#options.clock.now(),
      connection: null,
      visit: 0,
      openingVisit: null,
      failureCount: 0,
      cancelRetry: null,
    }
    this.#devices.push(device)
    return device
  }

  async #open(device: Device<M>): Promise<void> {
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
    await this.#attach(device, connection)
  }

  async #attach(device: Device<M>, connection: HidConnection): Promise<void> {
    const { model, descriptor } = device.sighting
    if (model === null) return
    const { visit, reader } = device
    device.connection = connection
    const probing = this.#options.attach({ reader, model, descriptor, connection })
    if (probing === null) this.#isReady(device)
    else if (device.state === 'opening') this.#move(device, 'probing')
    connection.onGone((reason) => {
      if (device.connection !== connection) return
      this.#lose(device, reason)
      // A quick replug may already be listed, under the same path even.
      void this.#refresh()
    })
    if (probing === null) return
    try {
      await probing
    } catch (error) {
      if (!(error instanceof HidFailure)) throw error
      if (device.visit !== visit) return
      device.visit += 1
      this.#detach(device)
      await connection.close()
      if (this.#isRunning && device.isPresent) this.#openFailed(device, error)
      return
    }
    if (device.visit === visit) this.#isReady(device)
  }

  #isReady(device: Device<M>): void {
    device.failureCount = 0
    this.#move(device, 'ready')
  }

  #openFailed(device: Device<M>, failure: HidFailure): void {
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

  #retryIn(device: Device<M>, delayMs: number): void {
    device.cancelRetry?.()
    device.cancelRetry = this.#options.clock.after(delayMs, () => {
      device.cancelRetry = null
      void this.#open(device)
    })
  }

  #lose(device: Device<M>, reason: string): void {
    const { connection } = device
    device.visit += 1
    device.isPresent = false
    device.cancelRetry?.()
    device.cancelRetry = null
    this.#detach(device)
    this.#move(device, connection === null ? 'absent' : 'lost', reason)
    // A stale connection keeps its old node open until it is closed (hid-lab finding 10).
    if (connection !== null) void connection.close()
  }

  #detach(device: Device<M>): void {
    if (device.connection === null) return
    device.connection = null
    this.#options.detach(device.reader)
  }

  #move(
    device: Device<M>,
    state: DeviceState,
    reason: string | null = null,
    remedy: Remedy | null = null,
  ): void {
    device.state = state
    device.reason = reason
    device.remedy = remedy
    device.changedAt = this.#options.clock.now()
    this.#options.moved(statusOf(device))
  }

  #sayAvailable(isAvailable: boolean, reason: string | null): void {
    if (this.#isAvailable === isAvailable) return
    this.#isAvailable = isAvailable
    this.#options.available(isAvailable, reason)
  }
}

const statusOf = <M extends { readonly name: string }>(device: Device<M>): DeviceStatus => ({
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
