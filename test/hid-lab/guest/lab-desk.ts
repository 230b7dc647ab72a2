/** The lab's two ends: the emulated devices, and a desk whose device host drives them. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../../devices/clock.ts'
import {
  DeviceHostClient,
  type DeviceHostEvent,
  type ForkDeviceHost,
} from '../../../devices/device-host-client.ts'
import type { Scan } from '../../../devices/scan-assembler.ts'
import type { DeviceStatus } from '../../../devices/station-events.ts'
import type { EmulatorAnswer, EmulatorAsk } from './emulator-messages.ts'

/** Generous: emulated processors are twenty times slower. */
const PATIENCE_MS = 10_000

/** Waits until `isSo` answers; null after the patience is over. */
export const until = async <T>(
  find: () => T | undefined | null | false,
  patienceMs = PATIENCE_MS,
): Promise<T | null> => {
  const end = performance.now() + patienceMs
  for (;;) {
    const found = find()
    if (found !== undefined && found !== null && found !== false) return found
    if (performance.now() > end) return null
    await new Promise((done) => setTimeout(done, 2))
  }
}

export interface Emulator {
  readonly ask: (ask: EmulatorAsk) => Promise<void>
  readonly end: () => void
}

export const startEmulator = (): Emulator => {
  const child = fork(fileURLToPath(new URL('emulator.ts', import.meta.url)))
  const waiting = new Map<number, (error: string | null) => void>()
  let number = 0
  child.on('message', (message) => {
    const answer = message as EmulatorAnswer
    waiting.get(answer.number)?.(answer.error)
    waiting.delete(answer.number)
  })
  // A case that waits for it fails, and the next ones are still tried.
  child.on('exit', () => {
    for (const answer of waiting.values()) answer('the emulator ended')
    waiting.clear()
  })
  return {
    ask: (ask) =>
      new Promise((done, fail) => {
        number += 1
        waiting.set(number, (error) => (error === null ? done() : fail(new Error(error))))
        child.send({ number, ask })
      }),
    end: () => child.kill('SIGKILL'),
  }
}

export interface TimedScan {
  readonly scan: Scan
  /** Nanoseconds of the clock the emulator stamps with. */
  readonly heardAt: bigint
}

/** A desk as the engine has it, except that nobody signs in. */
export class LabDesk {
  readonly events: DeviceHostEvent[] = []
  readonly scans: TimedScan[] = []
  readonly client: DeviceHostClient

  constructor(start?: ForkDeviceHost) {
    this.client = new DeviceHostClient({
      port: 'node-hid',
      clock: systemClock,
      announce: (event) => {
        if (event.kind === 'scan') {
          this.scans.push({ scan: event.scan, heardAt: process.hrtime.bigint() })
        }
        this.events.push(event)
      },
      ...(start === undefined ? {} : { fork: start }),
    })
    this.client.start()
  }

  status(serialNumber: string): DeviceStatus | undefined {
    return this.client.statuses().find(({ reader }) => reader.includes(serialNumber))
  }

  /** The device in that state, null if it never came to it. */
  reaches(serialNumber: string, state: DeviceStatus['state']): Promise<DeviceStatus | null> {
    return until(() => {
      const status = this.status(serialNumber)
      return status?.state === state && status
    })
  }

  texts(): string[] {
    return this.scans.map(({ scan }) => scan.text)
  }
}

/** Sorted figures, in milliseconds with three places. */
export const spread = (values: readonly number[]): Record<string, number> => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(3))
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}
