/** What each message of contract/sync-protocol.ts is answered with. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { canonicalJson, PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import type { messages, PushedOperation } from '../../contract/sync-protocol.ts'
import type { Branch, Library } from '../../domain/records.ts'
import { partsOfCode } from '../devices/enrolment-code.ts'
import { accept } from '../ledger/accept.ts'
import { signIn } from '../staff/sign-in.ts'
import type { PasswordCheck } from '../staff/verify-password.ts'
import type { City, Device, LedgerStorage } from '../storage/ledger-storage.ts'
import { Refused } from './refused.ts'
import { isDeviceKey } from './signed-request.ts'
import { openTurnstile } from './turnstile.ts'

type Name = keyof typeof messages
type Request<N extends Name> = z.infer<(typeof messages)[N]['request']>
type Response<N extends Name> = z.infer<(typeof messages)[N]['response']>
type Answer<N extends Name> = (request: Request<N>, device: Device) => Promise<Response<N>>

export interface Answers {
  enrol(request: Request<'enrol'>): Promise<Response<'enrol'>>
  readonly hello: Answer<'hello'>
  readonly push: Answer<'push'>
  readonly pull: Answer<'pull'>
  readonly signIn: Answer<'signIn'>
  /** Keeps what a revoked device uploads: facts are facts. */
  readonly quarantine: (request: Request<'push'>, device: Device) => Promise<void>
}

/** About what a page weighs at most, beyond its first entry. */
const PAGE_BYTES_MAX = 4_000_000
const PUSHES_RUNNING_MAX = 4
const PUSHES_WAITING_MAX = 64
/** How long after its revocation a device's uploads are still kept. */
const QUARANTINE_MS = 30 * 86_400_000

export function openAnswers(
  storage: LedgerStorage,
  passwords: PasswordCheck,
  now: () => number,
): Answers {
  const pass = openTurnstile(PUSHES_RUNNING_MAX, PUSHES_WAITING_MAX)
  const city = onceAnswered(() => storage.city())
  return {
    enrol: (request) => enrol(storage, request, now()),
    async hello({ epoch }, device) {
      const { serverEpoch } = await city()
      const { lastSeq } = await storage.chainHead(device.id, epoch)
      const heads = await storage.heads()
      const serverMs = now()
      return { protocol: PROTOCOL_VERSION, serverEpoch, serverMs, lastSeq, heads, snapshots: [] }
    },
    async push({ operations }, device) {
      if (operations.some(({ body }) => body.device !== device.id)) {
        throw new Refused('bad-request', 'operations of another device')
      }
      const { serverEpoch } = await city()
      const accepted = await pass(() => accept(storage, device.id, operations, now()))
      return { serverEpoch, serverMs: now(), ...accepted, outcomes: [...accepted.outcomes] }
    },
    async pull({ cursors, limit }) {
      const { serverEpoch } = await city()
      const page = await storage.readFeed(cursors, limit, PAGE_BYTES_MAX)
      return { serverEpoch, serverMs: now(), ...page, entries: [...page.entries] }
    },
    signIn: ({ username, password }, device) =>
      signIn(storage, passwords, { deviceId: device.id, username, password, now: now() }),
    quarantine: ({ operations }, device) => quarantine(storage, operations, device, now()),
  }
}

/** The city's epoch and kind do not change while a server runs. */
function onceAnswered(ask: () => Promise<City>): () => Promise<City> {
  let answered: City | null = null
  return async () => (answered ??= await ask())
}

async function enrol(
  storage: LedgerStorage,
  { code, publicKey, deskName }: Request<'enrol'>,
  at: number,
): Promise<Response<'enrol'>> {
  if (!isDeviceKey(publicKey)) throw new Refused('bad-request', 'not an Ed25519 key')
  const parts = partsOfCode(code)
  const id = `d${randomBytes(8).toString('hex')}`
  const device =
    parts === null ? null : await storage.enrol({ ...parts, at }, { id, deskName, publicKey })
  if (device === null) throw new Refused('code-not-valid', 'unknown, used, expired or worn out')
  const branch = (await storage.get('branch', device.branchId)) as Branch | null
  const library =
    branch === null ? null : ((await storage.get('library', branch.libraryId)) as Library | null)
  if (branch === null || library === null) throw new Error('a code was made for no branch')
  const { isSampleCity, serverEpoch } = await storage.city()
  return { deviceId: device.id, branch, library, isSampleCity, serverEpoch }
}

async function quarantine(
  storage: LedgerStorage,
  operations: readonly PushedOperation[],
  device: Device,
  receivedAt: number,
): Promise<void> {
  if (receivedAt - (device.revokedAt ?? 0) > QUARANTINE_MS) return
  await storage.withBatch(device.id, (batch) =>
    batch.write({
      operations: [],
      undone: [],
      rows: new Map(),
      feed: [],
      chains: new Map(),
      quarantine: operations.map(({ body, hash }) => ({
        epoch: body.epoch,
        seq: body.seq,
        hash,
        body: canonicalJson(body),
        reason: 'revoked',
        receivedAt,
      })),
    }),
  )
}
