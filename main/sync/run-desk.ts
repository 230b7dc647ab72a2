/** The engine's process, under either shell: opens the desk, serves its lines, closes it. */
import { StorageFailure } from '../../db/open.ts'
import type { ForkDeviceHost } from '../../devices/device-host-client.ts'
import { systemClock } from '../engine/clock.ts'
import { createEngine } from '../engine/create-engine.ts'
import type { Engine } from '../engine/create-engine.ts'
import type { Connection } from '../engine/serve.ts'
import type { Stores } from '../engine/stores.ts'
import type { DeskOptions, EnginePort, StartFailure } from './desk-messages.ts'
import { openDeviceKey } from './device-key.ts'
import type { DeviceKey } from './device-key.ts'
import { enrolDesk } from './enrol.ts'
import { startSync } from './loop.ts'
import { TransportFailure } from './transport.ts'

/** Opens the desk of `options.home`, enrolling it first where that is still to do. */
export async function openDesk(
  options: DeskOptions,
  forkDeviceHost: ForkDeviceHost | null,
): Promise<Engine> {
  const key = openDeviceKey(options.deviceKeyPath)
  const engine = createEngine({
    home: options.home,
    key: Buffer.from(options.keyHex, 'hex'),
    keyProtection: options.keyProtection,
    clock: systemClock,
    scanner: options.scanner,
    forkDeviceHost,
    shellId: options.shellId,
    version: options.version,
    sampleAccounts: options.sampleAccounts,
    startSync: (stores, announcer, clock) =>
      startSync({
        stores,
        announcer,
        clock,
        key,
        appVersion: options.version,
        random: Math.random,
      }),
  })
  await settleIdentity(engine.stores, options, key)
  engine.sync.poke()
  return engine
}

async function settleIdentity(
  { outbox }: Stores,
  { enrolment, serverUrl }: DeskOptions,
  key: DeviceKey,
): Promise<void> {
  const identity = outbox.identity()
  if (identity === null) {
    if (enrolment !== null) outbox.saveIdentity(await enrolDesk(enrolment, key, systemClock))
  } else if (serverUrl !== null && serverUrl !== identity.serverUrl) {
    outbox.saveIdentity({ ...identity, serverUrl })
  }
}

/** Serves `port` until it says stop; `exit` ends the process. */
export async function runDesk(
  port: EnginePort,
  options: DeskOptions,
  forkDeviceHost: ForkDeviceHost | null,
  exit: (code: number) => void,
): Promise<void> {
  let engine: Engine
  try {
    engine = await openDesk(options, forkDeviceHost)
  } catch (error) {
    const failure = startFailureOf(error)
    if (failure === null) throw error
    port.post({ from: 'failed', failure, detail: (error as Error).message })
    exit(3)
    return
  }
  const lines = new Map<number, Connection>()
  port.onMessage((message) => {
    switch (message.to) {
      case 'open':
        lines.set(
          message.line,
          engine.connect((reply) => port.post({ from: 'reply', line: message.line, reply })),
        )
        return
      case 'call':
        void lines.get(message.line)?.receive(message.call)
        return
      case 'close':
        lines.get(message.line)?.close()
        lines.delete(message.line)
        return
      case 'stop':
        void engine.close().then(() => exit(0))
    }
  })
  port.post({ from: 'ready' })
}

function startFailureOf(error: unknown): StartFailure | null {
  if (error instanceof TransportFailure) return 'enrolment-failed'
  if (!(error instanceof StorageFailure)) return null
  switch (error.code) {
    case 'locked':
      return 'home-in-use'
    case 'wrong-key':
      return 'wrong-key'
    case 'from-the-future':
      return 'from-the-future'
    default:
      return 'storage-damaged'
  }
}
