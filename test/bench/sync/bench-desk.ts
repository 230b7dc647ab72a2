/** A whole desk without a window: the engine, its three databases on the disk, the sync loop. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Reply } from '../../../contract/desk-api.ts'
import { systemClock } from '../../../main/engine/clock.ts'
import { createEngine } from '../../../main/engine/create-engine.ts'
import type { Engine } from '../../../main/engine/create-engine.ts'
import type { Stores } from '../../../main/engine/stores.ts'
import { openDeviceKey } from '../../../main/sync/device-key.ts'
import { enrolDesk } from '../../../main/sync/enrol.ts'
import { startSync } from '../../../main/sync/loop.ts'
import { STAFF } from './bench-city.ts'

export interface BenchDeskOptions {
  readonly folder: string
  readonly serverUrl: string
  readonly code: string
  /** Every record by a page, as where the city has no snapshot yet. */
  readonly isByPages: boolean
}

export interface BenchDesk {
  readonly engine: Engine
  readonly stores: Stores
  /** Through the line that a screen has, signed in. Throws where it is not done. */
  readonly act: (kind: string, payload: unknown) => Promise<void>
  readonly signIn: (password: string) => Promise<void>
  /** Called after anything changed in the stores. */
  readonly onChanged: (listener: () => void) => void
  readonly until: (isSo: () => boolean) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openBenchDesk(options: BenchDeskOptions): Promise<BenchDesk> {
  const { folder, serverUrl, code, isByPages } = options
  const key = randomBytes(32)
  const deviceKey = openDeviceKey(join(folder, 'device.pem'))
  const home = join(folder, 'home')
  const identity = await enrolDesk({ serverUrl, code, deskName: 'bench' }, deviceKey, systemClock)
  const engine = createEngine({
    home,
    journalFolder: join(folder, 'journal'),
    key,
    keyProtection: 'file',
    clock: systemClock,
    scanner: 'none',
    forkDeviceHost: null,
    shellId: randomUUID(),
    version: 'bench',
    sampleAccounts: [],
    startSync(stores, announcer, clock) {
      stores.outbox.saveIdentity(identity)
      return startSync({
        stores,
        announcer,
        clock,
        key: deviceKey,
        appVersion: 'bench',
        random: Math.random,
        ...(isByPages ? {} : { snapshots: { folder: join(home, 'snapshots'), key } }),
      })
    },
  })
  return { engine, stores: engine.stores, ...linesOf(engine) }
}

function linesOf(engine: Engine) {
  const waiting = new Map<number, (reply: Reply) => void>()
  let calls = 0
  let changed = (): void => undefined
  const line = engine.connect((reply) => {
    if ('id' in reply) waiting.get(reply.id)?.(reply)
    else changed()
  })
  const call = async (parts: object): Promise<unknown> => {
    const id = (calls += 1)
    const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve))
    await line.receive({ ...parts, id })
    const reply = await replied
    waiting.delete(id)
    if (reply.reply !== 'answer') throw new Error(JSON.stringify(reply))
    return reply.answer
  }
  return {
    async act(kind: string, payload: unknown): Promise<void> {
      const request = { requestId: randomUUID(), kind, payload, overrides: [], isDryRun: false }
      const receipt = (await call({ verb: 'perform', request })) as { outcome: string }
      if (receipt.outcome !== 'done') throw new Error(`${kind}: ${JSON.stringify(receipt)}`)
    },
    async signIn(password: string): Promise<void> {
      const ask = { username: STAFF, password }
      const answer = (await call({ verb: 'ask', query: 'sign-in', ask })) as { outcome: string }
      if (answer.outcome !== 'signed-in') throw new Error(`sign-in: ${JSON.stringify(answer)}`)
      await line.receive({ verb: 'watch', topics: ['changed', 'sync-status'] })
    },
    onChanged(listener: () => void): void {
      changed = listener
    },
    async until(isSo: () => boolean): Promise<void> {
      while (!isSo()) await new Promise((done) => setTimeout(done, 2))
    },
    close: () => engine.close(),
  }
}
