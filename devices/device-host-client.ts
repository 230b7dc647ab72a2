/**
 * The desk's side of the device host: forks it, brings it back when it dies, and passes its events
 * on. To the desk a dead driver is a short pause in the status bar.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Clock } from './clock.ts'
import type {
  DeskToHost,
  DeviceHostOptions,
  HostToDesk,
  VirtualTag,
} from './device-host-messages.ts'
import type { DeviceKey } from './hid-port.ts'
import type { IdCard } from './id-card/card-text.ts'
import type { IdCardEvent } from './id-card/id-card-events.ts'
import type { TagUid } from './rfid/pad-driver.ts'
import type { PadEvent, TagJob } from './rfid/pad-events.ts'
import { ScanQueue } from './scan-queue.ts'
import type { DeviceStatus, StationEvent } from './station-events.ts'

/** A device host process, however it was started. */
export interface DeviceHostChild {
  readonly pid: number | null
  post(message: DeskToHost): void
  onMessage(listener: (message: HostToDesk) => void): void
  /** Called once, also when it could not be started; nothing may follow it. */
  onExit(listener: (reason: string) => void): void
  kill(): void
}

export type ForkDeviceHost = (options: DeviceHostOptions) => DeviceHostChild

export type DeviceHostEvent =
  | StationEvent
  | PadEvent
  | IdCardEvent
  | {
      readonly kind: 'host'
      readonly state: 'starting' | 'running' | 'restarting' | 'stopped'
      /** Why it ended, null unless restarting. */
      readonly reason: string | null
      /** Ends in a row, without a steady run between them. */
      readonly failureCount: number
      /** Names of recordings that `play` takes; empty with real devices. */
      readonly captures: readonly string[]
    }
  | { readonly kind: 'refused'; readonly request: DeskToHost['kind']; readonly reason: string }

type StatusKind = 'status' | 'pad-status' | 'id-card-status'

const isStatus = <E extends { readonly kind: string }>(
  event: E,
): event is Extract<E, { kind: StatusKind }> =>
  event.kind === 'status' || event.kind === 'pad-status' || event.kind === 'id-card-status'

export interface DeviceHostClientOptions {
  readonly port: 'node-hid' | 'replay'
  readonly capturesDir?: string
  readonly clock: Clock
  readonly announce: (event: DeviceHostEvent) => void
  /** Default: plain Node of this very process. Electron injects its utility process. */
  readonly fork?: ForkDeviceHost
}

const BACKOFF_FIRST_MS = 250
const BACKOFF_MAX_MS = 8_000
/** After a run this long the next end counts as the first. */
const STEADY_MS = 10_000
/** A host that does not stop by itself in this time is ended. Twice the close limit of a device. */
const STOP_LIMIT_MS = 1_000

/** Forks device-host.ts with this process's Node. */
export const forkDeviceHost: ForkDeviceHost = (options) => {
  const entry = fileURLToPath(new URL('device-host.ts', import.meta.url))
  const child = fork(entry, [JSON.stringify(options)], {
    serialization: 'advanced',
    // Flags of the parent (a debugger's port, a test runner's loader) are not the child's.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    pid: child.pid ?? null,
    post: (message) => {
      // A message to a child that ends this very moment is lost with it; its exit says so.
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => {
      child.on('message', (message) => {
        listener(message as HostToDesk)
      })
    },
    onExit: (listener) => {
      let isTold = false
      const tell = (reason: string): void => {
        if (isTold) return
        isTold = true
        listener(reason)
      }
      child.on('exit', (code, signal) => {
        tell(signal ?? `exit code ${code ?? 'unknown'}`)
      })
      child.on('error', (error) => {
        tell(error.message)
      })
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}

export class DeviceHostClient {
  readonly #options: DeviceHostClientOptions
  readonly #statusesByReader = new Map<DeviceKey, DeviceStatus>()
  readonly #statusKindsByReader = new Map<DeviceKey, StatusKind>()
  /** Here and not in the host: scans that wait for a dialog outlive a driver that dies. */
  readonly #queue: ScanQueue
  #child: DeviceHostChild | null = null
  #cancelRestart: (() => void) | null = null
  #isWanted = false
  #failureCount = 0
  #startedAt = 0
  #ended: (() => void) | null = null
  #stopping: Promise<void> | null = null

  constructor(options: DeviceHostClientOptions) {
    const { announce } = options
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
          const notice = { kind: 'queue-overflow', droppedCount } as const
          announce({ kind: 'notice', reader, at, notice })
        },
      },
      false,
    )
  }

  start(): void {
    if (this.#isWanted) return
    this.#isWanted = true
    this.#failureCount = 0
    this.#startChild()
  }

  /** Resolves when the process has ended, by force if need be. */
  stop(): Promise<void> {
    this.#isWanted = false
    this.#cancelRestart?.()
    this.#cancelRestart = null
    const child = this.#child
    if (child === null) return Promise.resolve()
    this.#stopping ??= new Promise<void>((done) => {
      const cancel = this.#options.clock.after(STOP_LIMIT_MS, () => {
        child.kill()
      })
      this.#ended = () => {
        cancel()
        this.#stopping = null
        done()
      }
      child.post({ kind: 'stop' })
    })
    return this.#stopping
  }

  /** Process id, null while none runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** The last word on every device seen since the start. */
  statuses(): readonly DeviceStatus[] {
    return [...this.#statusesByReader.values()]
  }

  /** Holds scans back (a dialog wants an answer) or lets those that waited go, in order. */
  hold(isHeld: boolean): void {
    this.#queue.hold(isHeld)
  }

  /** Drops the scans that wait; answers how many. */
  discardWaiting(): number {
    return this.#queue.discard()
  }

  beep(reader: DeviceKey, isGood: boolean): void {
    this.#child?.post({ kind: 'beep', reader, isGood })
  }

  /** Replay port only. False while no host runs: nothing was scanned. */
  virtualScan(text: string, aim: string | null): boolean {
    this.#child?.post({ kind: 'virtual-scan', text, aim })
    return this.#child !== null
  }

  /** Replay port only: plays a recording by its name, at its own pace. */
  play(capture: string): boolean {
    this.#child?.post({ kind: 'play', capture })
    return this.#child !== null
  }

  /** False while no host runs. Otherwise its outcome is announced: `tag-secured`, `tag-written`. */
  takeTagJob(job: TagJob): boolean {
    this.#child?.post({ kind: 'tag-job', job })
    return this.#child !== null
  }

  /** Replay port only: lays a tag on the virtual pad. */
  virtualTagOn(tag: VirtualTag): boolean {
    this.#child?.post({ kind: 'virtual-tag-on', tag })
    return this.#child !== null
  }

  /** Replay port only: lifts it. */
  virtualTagOff(uid: TagUid): boolean {
    this.#child?.post({ kind: 'virtual-tag-off', uid })
    return this.#child !== null
  }

  /** Replay port only: lays an identity card on the virtual reader until it is read. */
  virtualIdCard(card: IdCard): boolean {
    this.#child?.post({ kind: 'virtual-id-card', card })
    return this.#child !== null
  }

  #startChild(): void {
    const { port, capturesDir, clock } = this.#options
    this.#cancelRestart = null
    this.#startedAt = clock.now()
    this.#sayHost('starting', null, [])
    const start = this.#options.fork ?? forkDeviceHost
    const child = start({ port, capturesDir: capturesDir ?? null })
    this.#child = child
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message)
    })
    child.onExit((reason) => {
      if (this.#child === child) this.#exited(reason)
    })
  }

  #receive(message: HostToDesk): void {
    if (message.kind === 'started') this.#sayHost('running', null, message.captures)
    else if (message.kind === 'refused') this.#options.announce(message)
    else if (message.kind === 'event') {
      const { event } = message
      if (isStatus(event)) {
        this.#statusesByReader.set(event.status.reader, event.status)
        this.#statusKindsByReader.set(event.status.reader, event.kind)
      }
      if (event.kind === 'scan') this.#queue.push(event.scan)
      else this.#options.announce(event)
    }
  }

  #exited(reason: string): void {
    const { clock } = this.#options
    this.#child = null
    this.#loseDevices(reason)
    if (!this.#isWanted) {
      this.#sayHost('stopped', null, [])
      this.#ended?.()
      this.#ended = null
      return
    }
    if (clock.now() - this.#startedAt >= STEADY_MS) this.#failureCount = 0
    const delayMs = Math.min(
      BACKOFF_MAX_MS,
      BACKOFF_FIRST_MS * 2 ** Math.min(this.#failureCount, 10),
    )
    this.#failureCount += 1
    this.#sayHost('restarting', reason, [])
    this.#cancelRestart = clock.after(delayMs, () => {
      this.#startChild()
    })
  }

  /** A dead host cannot say that its devices went. */
  #loseDevices(reason: string): void {
    for (const [reader, status] of this.#statusesByReader) {
      if (status.state === 'absent' || status.state === 'lost') continue
      const lost: DeviceStatus = {
        ...status,
        state: status.state === 'ready' || status.state === 'busy' ? 'lost' : 'absent',
        reason,
        remedy: null,
        changedAt: this.#options.clock.now(),
      }
      this.#statusesByReader.set(reader, lost)
      const kind = this.#statusKindsByReader.get(reader) ?? 'status'
      this.#options.announce({ kind, status: lost })
    }
  }

  #sayHost(
    state: 'starting' | 'running' | 'restarting' | 'stopped',
    reason: string | null,
    captures: readonly string[],
  ): void {
    this.#options.announce({
      kind: 'host',
      state,
      reason,
      failureCount: this.#failureCount,
      captures,
    })
  }
}
