/** The engine's process, under either shell: opens the desk, serves its lines, closes it. */
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { StorageFailure } from '../../db/open.ts'
import type { ForkDeviceHost } from '../../devices/device-host-client.ts'
import { systemClock } from '../engine/clock.ts'
import { createEngine } from '../engine/create-engine.ts'
import type { Engine } from '../engine/create-engine.ts'
import { usableJournalFolder } from '../engine/storage-outbox.ts'
import type { Connection } from '../engine/serve.ts'
import type { Stores } from '../engine/stores.ts'
import type { DeskOptions, EnginePort, StartFailure } from './desk-messages.ts'
import { openDeviceKey } from './device-key.ts'
import type { DeviceKey } from './device-key.ts'
import { enrolDesk } from './enrol.ts'
import { erasedAt, eraseDesk, forgetErasure } from './erase-desk.ts'
import { identityPathsFor, keepIdentity, recogniseDesk, reviveIdentity } from './instance.ts'
import { startSync } from './loop.ts'
import { TransportFailure } from './transport.ts'

/** Thrown at the opening of a home that was erased. */
export class DeskRevoked extends Error {
  constructor(at: number) {
    super(new Date(at).toISOString())
    this.name = 'DeskRevoked'
  }
}

/**
 * Opens the desk of `options.home`, enrolling it first where that is still to do. `onHandedOver`: it
 * was revoked and the city has all that it did. Throws DeskRevoked, StorageFailure and, enrolling,
 * TransportFailure.
 */
export async function openDesk(
  options: DeskOptions,
  forkDeviceHost: ForkDeviceHost | null,
  onHandedOver: () => void = () => undefined,
): Promise<Engine> {
  const erased = erasedAt(options.home)
  if (erased !== null) {
    if (options.enrolment === null) throw new DeskRevoked(erased)
    forgetErasure(options.home)
  }
  const key = openDeviceKey(options.deviceKeyPath)
  const engine = createEngine({
    home: options.home,
    journalFolder: usableJournalFolder(options.home),
    key: Buffer.from(options.keyHex, 'hex'),
    keyProtection: options.keyProtection,
    clock: systemClock,
    scanner: options.scanner,
    forkDeviceHost,
    shellId: options.shellId,
    version: options.version,
    sampleAccounts: options.sampleAccounts,
    startSync: (stores, announcer, clock, disk) => {
      if (options.enrolment === null) {
        reviveIdentity(options.deviceKeyPath, stores.outbox, clock.now())
      }
      recogniseDesk(options.deviceKeyPath, stores.outbox, clock.now())
      return startSync({
        onHandedOver,
        stores,
        announcer,
        clock,
        key,
        appVersion: options.version,
        random: Math.random,
        hasRoomToSpare: () => disk.level() !== 'low' && disk.level() !== 'full',
        snapshots: {
          folder: join(options.home, 'snapshots'),
          key: Buffer.from(options.keyHex, 'hex'),
        },
      })
    },
  })
  await settleIdentity(engine.stores, options, key)
  keepIdentity(options.deviceKeyPath, engine.stores.outbox)
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
  let isLeaving = false
  const leave = (): void => {
    if (isLeaving) return
    isLeaving = true
    void eraseAfter(engine, options).then((at) => {
      const detail = new Date(at).toISOString()
      port.post({ from: 'failed', failure: 'desk-revoked', detail })
      exit(3)
    })
  }
  try {
    engine = await openDesk(options, forkDeviceHost, leave)
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

/** Keys first; with them whatever a disk still gives of the databases is noise. Answers when. */
export async function eraseAfter(
  engine: Engine,
  { home, deviceKeyPath, keyPath }: Pick<DeskOptions, 'home' | 'deviceKeyPath' | 'keyPath'>,
): Promise<number> {
  const { journalFolder } = engine.stores.storage
  await engine.close()
  const at = systemClock.now()
  const keyPaths = [deviceKeyPath, ...identityPathsFor(deviceKeyPath)]
  eraseDesk(home, keyPath === null ? keyPaths : [keyPath, ...keyPaths], at)
  rmSync(journalFolder, { recursive: true, force: true })
  return at
}

function startFailureOf(error: unknown): StartFailure | null {
  if (error instanceof DeskRevoked) return 'desk-revoked'
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
