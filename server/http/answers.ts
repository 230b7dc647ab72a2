/** What each message of contract/sync-protocol.ts is answered with. */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { canonicalJson, PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import type { messages, PushedOperation, Snapshot } from '../../contract/sync-protocol.ts'
import type { Branch, Library } from '../../domain/records.ts'
import { followedBy } from '../../domain/scopes.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import { partsOfCode } from '../devices/enrolment-code.ts'
import { accept } from '../ledger/accept.ts'
import { newEpochFor, recoverPage } from '../ledger/recover.ts'
import { signIn } from '../staff/sign-in.ts'
import type { PasswordCheck } from '../staff/verify-password.ts'
import type { Device, LedgerStorage } from '../storage/ledger-storage.ts'
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
  readonly recover: Answer<'recover'>
  readonly newEpoch: Answer<'newEpoch'>
  readonly signIn: Answer<'signIn'>
  /** Keeps what a revoked device uploads: facts are facts. False where it is too late for that. */
  readonly quarantine: (request: Request<'push'>, device: Device) => Promise<boolean>
}

/** About what a page weighs at most, beyond its first entry. */
const PAGE_BYTES_MAX = 4_000_000
const PUSHES_RUNNING_MAX = 4
const PUSHES_WAITING_MAX = 64
/** How long after its revocation a device's uploads are still kept. */
const QUARANTINE_MS = 30 * 86_400_000

/** What a server offers beside its ledger. */
export interface Offer {
  /** The newest of each scope. */
  readonly snapshots: () => readonly Snapshot[]
  /** Ed25519, SPKI DER, base64: the snapshots are signed with it. */
  readonly serverKey: string
}
const nothingOffered: Offer = { snapshots: () => [], serverKey: '' }

export function openAnswers(
  storage: LedgerStorage,
  passwords: PasswordCheck,
  now: () => number,
  offer: Offer = nothingOffered,
): Answers {
  const pass = openTurnstile(PUSHES_RUNNING_MAX, PUSHES_WAITING_MAX)
  const stamped = async () => ({
    serverEpoch: (await storage.city()).serverEpoch,
    serverMs: now(),
  })
  return {
    enrol: (request) => enrol(storage, request, now(), offer),
    async hello({ epoch }, device) {
      const scopes = followedBy({ deviceId: device.id, branchId: device.branchId })
      return {
        protocol: PROTOCOL_VERSION,
        ...(await storage.chainHead(device.id, epoch)),
        heads: await storage.heads(scopes),
        snapshots: [...offer.snapshots()],
        serverKey: offer.serverKey,
        ...(await stamped()),
      }
    },
    async push({ operations }, device) {
      if (operations.some(({ body }) => body.device !== device.id)) {
        throw new Refused('bad-request', 'operations of another device')
      }
      const accepted = await pass(() => accept(storage, device.id, operations, now()))
      return { ...(await stamped()), ...accepted, outcomes: [...accepted.outcomes] }
    },
    async pull({ cursors, limit }, device) {
      const all = cursorsOf(cursors, device)
      const page = await storage.readFeed(all, limit, PAGE_BYTES_MAX)
      return { ...(await stamped()), ...page, entries: [...page.entries] }
    },
    async recover(request, device) {
      const { serverEpoch } = await stamped()
      return { serverEpoch, ...(await recoverPage(storage, device.id, request)) }
    },
    async newEpoch(request, device) {
      const { serverEpoch } = await stamped()
      return { serverEpoch, epoch: await newEpochFor(storage, device.id, request, now()) }
    },
    signIn: ({ username, password }, device) =>
      signIn(storage, passwords, { deviceId: device.id, username, password, now: now() }),
    quarantine: ({ operations }, device) => quarantine(storage, operations, device, now()),
  }
}

/** What is asked for: a scope that the desk does not follow is refused (I32). */
function cursorsOf(asked: ScopeNumbers, { id, branchId }: Device): ScopeNumbers {
  const followed = followedBy({ deviceId: id, branchId })
  const other = (Object.keys(asked) as Scope[]).find((scope) => !followed.includes(scope))
  if (other !== undefined) throw new Refused('bad-request', 'a scope of another desk')
  return asked
}

async function enrol(
  storage: LedgerStorage,
  { code, publicKey, deskName }: Request<'enrol'>,
  at: number,
  { serverKey }: Offer,
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
  return { deviceId: device.id, branch, library, isSampleCity, serverEpoch, serverKey }
}

async function quarantine(
  storage: LedgerStorage,
  operations: readonly PushedOperation[],
  device: Device,
  receivedAt: number,
): Promise<boolean> {
  if (receivedAt - (device.revokedAt ?? 0) > QUARANTINE_MS) return false
  await storage.withBatch(device.id, (batch) =>
    batch.write({
      operations: [],
      undone: [],
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
  return true
}
