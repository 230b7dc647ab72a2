/** A desk on a folder of its own, and the real answers of a server, without network and timers. */
import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Receipt } from '../../contract/desk-api.ts'
import { PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { perform } from '../../main/engine/perform.ts'
import { closeStores, openStores } from '../../main/engine/stores.ts'
import type { Stores } from '../../main/engine/stores.ts'
import { greet } from '../../main/sync/greet.ts'
import { pullNews } from '../../main/sync/pull.ts'
import { openPushing } from '../../main/sync/push.ts'
import { pushAll } from '../../main/sync/push-all.ts'
import { renewVoid } from '../../main/sync/recover.ts'
import { sameServer } from '../../main/sync/same-server.ts'
import { TransportFailure } from '../../main/sync/transport.ts'
import type { Transport } from '../../main/sync/transport.ts'
import { openAnswers } from '../../server/http/answers.ts'
import type { Answers } from '../../server/http/answers.ts'
import { Refused } from '../../server/http/refused.ts'
import { openPasswordCheck } from '../../server/staff/verify-password.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { enrolDevice } from '../conformance/enrolled-device.ts'
import { BRANCH, LIBRARY, NOW } from './city.ts'

export interface MetCity {
  readonly storage: LedgerStorage
  readonly transportOf: (deviceId: string) => Transport
}

export async function meetableCity(storage: LedgerStorage): Promise<MetCity> {
  const answers = openAnswers(storage, await openPasswordCheck(), () => NOW)
  return {
    storage,
    transportOf: (deviceId) => ({
      send: async (message, request) => {
        const device = await storage.device(deviceId)
        if (device === null) throw new Error(`no device ${deviceId}`)
        const name = message as Exclude<keyof Answers, 'enrol' | 'quarantine'>
        const answer = answers[name] as (request: object, from: typeof device) => Promise<never>
        try {
          // What crosses a network is a copy.
          const sent = structuredClone({ protocol: PROTOCOL_VERSION, ...request })
          return structuredClone(await answer(sent, device))
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          throw new TransportFailure(error.refusal, error.message)
        }
      },
      range: () => Promise.reject(new Error('no snapshots here')),
      live: () => ({ close: () => undefined }),
    }),
  }
}

export interface MetDesk {
  readonly home: string
  readonly stores: Stores
  /** By staff-lin, unless told. */
  readonly act: (kind: string, payload: unknown, staffId?: string) => Receipt
  /** Greets, pushes and pulls, as the loop does. */
  readonly sync: (transport?: Transport) => Promise<void>
  readonly close: () => Promise<void>
}

const folders: string[] = []
export const newHome = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-met-'))
  folders.push(folder)
  return join(folder, 'home')
}
export function removeHomes(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** A copy of a closed home, as a disk image has it. */
export function copyOfHome(home: string): string {
  const copy = newHome()
  cpSync(home, copy, { recursive: true })
  return copy
}

export const DEVICE = 'desk-a'

/** `deviceId` must be enrolled; a home that is there already keeps its identity. */
export function openMetDesk(city: MetCity, home = newHome(), deviceId = DEVICE): MetDesk {
  const stores = openStores(home, null)
  const { outbox } = stores
  if (outbox.identity() === null) {
    outbox.saveIdentity({
      deviceId,
      epoch: 1,
      branchId: BRANCH,
      libraryId: LIBRARY,
      deskName: deviceId,
      isSampleCity: false,
      serverUrl: 'http://city',
      serverEpoch: null,
    })
  }
  renewVoid(stores)
  const announcer = createAnnouncer()
  let now = NOW
  const clock = { now: () => (now += 1), monotonic: () => now }
  const deps = {
    stores,
    clock,
    announcer,
    bootId: home,
    clockOffsetMs: () => 0,
    factsAgeMs: () => 0,
    onAppended: () => undefined,
  }
  return {
    home,
    stores,
    act: (kind, payload, staffId = 'staff-lin') =>
      perform(
        deps,
        { staffId, role: 'branch-head', branchId: BRANCH },
        { requestId: randomUUID(), kind, payload, overrides: [], isDryRun: false },
        [],
      ),
    async sync(through = city.transportOf(outbox.identity()?.deviceId ?? deviceId)) {
      const transport = sameServer(through, outbox)
      const meeting = { stores, transport, announcer, clock, appVersion: 'test' }
      await greet(meeting)
      await pushAll(
        meeting,
        openPushing(
          clock,
          () => true,
          () => undefined,
        ),
      )
      renewVoid(stores)
      // The catalogue is put in place when its search thread has let go of the file.
      await new Promise((done) => setTimeout(done, 50))
      await pullNews(stores, announcer, transport, {
        mayGoOn: () => true,
        onPage: () => undefined,
        onReached: () => undefined,
        except: () => [],
        pause: () => Promise.resolve(),
      })
    },
    close: () => closeStores(stores),
  }
}

export const enrolAt = (storage: LedgerStorage, deviceId = DEVICE): Promise<void> =>
  enrolDevice(storage, deviceId)
