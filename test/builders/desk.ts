/** A real engine on a temporary folder, with a tiny city of its own and no server. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Receipt, Reply } from '../../contract/desk-api.ts'
import type { Change } from '../../domain/change.ts'
import { put } from '../../domain/change.ts'
import { createEngine } from '../../main/engine/create-engine.ts'
import type { Engine } from '../../main/engine/create-engine.ts'
import type { Clock } from '../../main/engine/clock.ts'
import { noSync, openHeadless } from '../../main/engine/headless.ts'
import { makeVerifier } from '../../main/engine/verify-password.ts'
import { aReader, aStaff, anItem } from './city.ts'

export const PASSWORD = 'Sample-2026!'
export const local = { ownerLibraryId: 'local', homeBranchId: 'local', atBranchId: 'local' }

export interface TestDesk {
  readonly home: string
  readonly engine: Engine
  readonly screen: Screen
  /** Closes the engine and opens another on the same folder, under the same shell or a new one. */
  readonly restart: (shellId?: string) => Promise<TestDesk>
  /** Opens another on the same folder after the engine was closed. */
  readonly reopen: () => TestDesk
  readonly close: () => Promise<void>
}

export interface Screen {
  readonly replies: Reply[]
  readonly ask: (query: string, ask?: unknown) => Promise<Reply>
  readonly perform: (kind: string, payload: unknown, more?: object) => Promise<Receipt>
  /** The reply as it came, a failure included. */
  readonly call: (call: object) => Promise<Reply>
  readonly watch: (...topics: string[]) => Promise<void>
  readonly news: (topic: string) => unknown[]
}

let verifier: string | null = null

/** Staff `chen` (circulation), `lin` (cataloguer), `wu` (branch head); a reader; three items. */
export async function localCity(): Promise<Change[]> {
  verifier ??= await makeVerifier(PASSWORD)
  const staff = (id: string, role: string): Change =>
    put(
      'staff',
      aStaff({
        id: `staff-${id}`,
        username: id,
        role: role as never,
        branchIds: ['local'],
        verifier: verifier ?? '',
      }),
    )
  return [
    staff('chen', 'circulation'),
    staff('lin', 'cataloguer'),
    staff('wu', 'branch-head'),
    put('reader', aReader({ homeLibraryId: 'local' })),
    ...[1, 2, 3].map((n) =>
      put(
        'item',
        anItem({ ...local, id: `item-${n}`, barcode: `0440051000000${n}`, titleId: null }),
      ),
    ),
  ]
}

export async function openTestDesk(clock: Clock, extra: readonly Change[] = []): Promise<TestDesk> {
  const home = mkdtempSync(join(tmpdir(), 'citydesk-desk-'))
  const founding = openHeadless(home, null, clock)
  founding.stores.replica.applyPage({
    entries: [{ scope: 'branch:local', number: 1, changes: [...(await localCity()), ...extra] }],
    settled: [],
    redecide: () => [],
  })
  await founding.close()
  return open(home, clock, randomUUID())
}

function open(home: string, clock: Clock, shellId: string): TestDesk {
  const engine = createEngine({
    home,
    key: null,
    keyProtection: 'file',
    clock,
    scanner: 'none',
    forkDeviceHost: null,
    shellId,
    version: 'test',
    sampleAccounts: [],
    startSync: (stores) => noSync(stores, clock),
  })
  return {
    home,
    engine,
    screen: aScreen(engine),
    async restart(nextShell = shellId) {
      await engine.close()
      return open(home, clock, nextShell)
    },
    reopen: () => open(home, clock, shellId),
    async close() {
      await engine.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export function aScreen(engine: Engine): Screen {
  const replies: Reply[] = []
  const connection = engine.connect((reply) => replies.push(reply))
  let calls = 0
  const call = async (parts: object): Promise<Reply> => {
    const id = (calls += 1)
    await connection.receive({ ...parts, id })
    const reply = replies.find((one) => 'id' in one && one.id === id)
    if (reply === undefined) throw new Error('no reply')
    return reply
  }
  return {
    replies,
    call,
    ask: (query, ask = {}) => call({ verb: 'ask', query, ask }),
    async perform(kind, payload, more = {}) {
      const request = {
        requestId: randomUUID(),
        kind,
        payload,
        overrides: [],
        isDryRun: false,
        ...more,
      }
      const reply = await call({ verb: 'perform', request })
      if (reply.reply !== 'answer') throw new Error(JSON.stringify(reply))
      return reply.answer as Receipt
    },
    watch: (...topics) => connection.receive({ verb: 'watch', topics }),
    news: (topic) =>
      replies.flatMap((one) => (one.reply === 'news' && one.topic === topic ? [one.news] : [])),
  }
}
