/**
 * The real server code over one store: nodes that die and come back, a backup that is restored, a
 * city that changes its own policy. What app.ts does around the answers is done here as well.
 */
import {
  LiveNews,
  PROTOCOL_MIN,
  PROTOCOL_PUSH_MIN,
  SIGNATURE_SKEW_MAX_MS,
  UPLOAD_KEPT,
  messages,
} from '../../contract/sync-protocol.ts'
import { keyOfChange } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { get } from '../../domain/gathering.ts'
import type { Gathering } from '../../domain/gathering.ts'
import { followedBy } from '../../domain/scopes.ts'
import type { DeskPlace } from '../../domain/scopes.ts'
import type { FastifyInstance } from 'fastify'
import { openAnswers } from '../../server/http/answers.ts'
import type { Answers } from '../../server/http/answers.ts'
import { parseBody } from '../../server/http/parse-body.ts'
import { isProtocol1, pushFor1 } from '../../server/http/protocol-1.ts'
import { Refused } from '../../server/http/refused.ts'
import { changeAsCity } from '../../server/ledger/city-change.ts'
import { digestAll } from '../../server/ledger/digest.ts'
import { expireActivity } from '../../server/ledger/expire-activity.ts'
import { reclaimLeases } from '../../server/ledger/reclaim-leases.ts'
import { kindInKey } from '../../server/storage/record-keys.ts'
import { openPasswordCheck } from '../../server/staff/verify-password.ts'
import type { PasswordCheck } from '../../server/staff/verify-password.ts'
import { LedgerStorageFailure } from '../../server/storage/ledger-storage.ts'
import type { Device, LedgerStorage, LedgerTurn } from '../../server/storage/ledger-storage.ts'
import { CityModel } from './reference/city-model.ts'
import { idOfKey } from './reference/table.ts'
import { DeviceKeys, askApp, simApp } from './sim-app.ts'
import { sealOf } from './signed-text.ts'
import type { Reply, SignedText } from './signed-text.ts'
import { ServerKilled, watchedStorage } from './watched-storage.ts'
import type { Commit, StorageTrouble } from './watched-storage.ts'

export interface SimServerOptions {
  readonly openStorage: (serverEpoch: string) => Promise<LedgerStorage>
  readonly seed: readonly Change[]
  readonly now: () => number
  readonly broken: (what: readonly string[]) => void
  readonly trouble: StorageTrouble
  /** A request that was held up for longer than a signature lives is looked at all the same. */
  readonly takesStale: boolean
  /** Requests go through the whole HTTP side. */
  readonly isThroughApp: boolean
}

/** What happened to the store, to be done again up to a backup. */
type Deed =
  | { readonly did: 'commit'; readonly commit: Commit; readonly at: number }
  | { readonly did: 'device'; readonly id: string; readonly branchId: string; readonly at: number }

export class SimServer {
  storage: LedgerStorage
  model = new CityModel()
  readonly #options: SimServerOptions
  readonly #passwords: PasswordCheck
  readonly #listeners = new Set<(commit: Commit) => void>()
  readonly #before: CityModel[] = []
  #watched: LedgerStorage
  #nodes: Answers[] = []
  #apps: Promise<FastifyInstance>[] = []
  readonly #keys = new DeviceKeys()
  #isKilled = false
  #deeds: Deed[] = []
  #backup: { readonly deeds: readonly Deed[]; readonly model: CityModel } | null = null
  #restores = 0
  readonly revoked = new Map<string, number>()

  private constructor(options: SimServerOptions, passwords: PasswordCheck, storage: LedgerStorage) {
    this.#options = options
    this.#passwords = passwords
    this.storage = storage
    this.#watched = this.#watch(storage)
    this.startNodes()
  }

  static async open(options: SimServerOptions): Promise<SimServer> {
    passwords ??= openPasswordCheck()
    const storage = await options.openStorage('epoch-0')
    await storage.seed(options.seed, false, options.now())
    const server = new SimServer(options, await passwords, storage)
    await server.#absorbSeed()
    return server
  }

  /** Two programs on one store. */
  startNodes(): void {
    const { now, isThroughApp } = this.#options
    this.#nodes = [0, 1].map(() => openAnswers(this.#watched, this.#passwords, now))
    if (!isThroughApp) return
    for (const app of this.#apps) void app.then((one) => one.close())
    this.#apps = this.#nodes.map((answers) => simApp(this.#watched, answers, now))
  }

  #watch(storage: LedgerStorage): LedgerStorage {
    return watchedStorage(
      storage,
      (commit) => {
        this.#deeds.push({ did: 'commit', commit, at: this.#options.now() })
        this.#options.broken(this.model.commit(commit))
        for (const listener of this.#listeners) listener(commit)
      },
      this.#options.trouble,
    )
  }

  async #absorbSeed(): Promise<void> {
    for (const scope of Object.keys(await this.storage.heads())) {
      for await (const entries of this.storage.entriesOf(scope as never, 0)) {
        this.#options.broken(this.model.absorb(entries))
      }
    }
    this.model.takeSeed(this.#options.seed)
  }

  async addDevice(id: string, branchId: string, at = this.#options.now()): Promise<void> {
    const label = `code-${id}`
    await this.storage.saveEnrolmentCode({
      label,
      secretHash: id,
      branchId,
      deskName: id,
      expiresAt: at + 60_000,
    })
    const { isThroughApp } = this.#options
    const publicKey = isThroughApp ? this.#keys.publicKeyOf(id) : `secret of ${id}`
    const device = { id, deskName: id, publicKey }
    const enrolled = await this.storage.enrol({ label, secretHash: id, at }, device)
    if (enrolled === null) throw new Error(`${id} was not enrolled`)
    this.#deeds.push({ did: 'device', id, branchId, at })
  }

  async revoke(id: string): Promise<void> {
    await this.storage.revokeDevice(id, this.#options.now())
    if (!this.revoked.has(id)) this.revoked.set(id, this.#options.now())
  }

  onCommit(listener: (commit: Commit) => void): void {
    this.#listeners.add(listener)
  }

  /** Null where the node died over it. */
  async receive(node: number, asked: SignedText): Promise<Reply | null> {
    if (this.#options.isThroughApp) return await this.#ask(node, asked)
    try {
      const device = await this.#signer(asked)
      const answer = await this.#answer(this.#nodes[node] as Answers, asked, device)
      return { status: 200, text: JSON.stringify(answer) }
    } catch (error) {
      if (error instanceof ServerKilled) return null
      const refused = refusedBy(error)
      return {
        status: refused.status,
        text: JSON.stringify({ refusal: refused.refusal, detail: refused.message }),
      }
    }
  }

  async #ask(node: number, asked: SignedText): Promise<Reply | null> {
    this.#isKilled = false
    const { seal, ...rest } = asked
    const isSealed = sealOf(`secret of ${asked.device}`, rest) === seal
    const app = await (this.#apps[node] as Promise<FastifyInstance>)
    const reply = await askApp(app, this.#keys, asked, isSealed)
    return this.#isKilled ? null : reply
  }

  /** Its program is gone: what it was about to say is not said. */
  noteKilled(): void {
    this.#isKilled = true
    this.startNodes()
  }

  async #signer(asked: SignedText): Promise<Device> {
    const now = this.#options.now()
    const isStale = Math.abs(now - asked.at) > SIGNATURE_SKEW_MAX_MS
    if (isStale && !this.#options.takesStale) throw new Refused('bad-signature', 'stale')
    const device = await this.storage.device(asked.device)
    const { seal, ...rest } = asked
    if (device === null || sealOf(device.publicKey, rest) !== seal) {
      throw new Refused('bad-signature', 'not valid')
    }
    const forgetBefore = now - 2 * SIGNATURE_SKEW_MAX_MS
    const isNew = await this.storage.rememberNonce(device.id, asked.nonce, now, forgetBefore)
    if (!isNew && !this.#options.takesStale) throw new Refused('bad-signature', 'not valid')
    return device
  }

  /** As `signed` of app.ts: what a revoked desk sends is kept, and nothing is told to it. */
  async #answer(node: Answers, { message, text }: SignedText, device: Device): Promise<unknown> {
    const body = Buffer.from(text, 'utf8')
    const isForAll = message === 'push' || message === 'hello'
    const least = isForAll ? PROTOCOL_PUSH_MIN : PROTOCOL_MIN
    const request = parseBody(body, messages[message].request as never, least) as never
    if (device.revokedAt !== null) {
      const isKept = message === 'push' && (await node.quarantine(request, device))
      throw new Refused('device-revoked', isKept ? UPLOAD_KEPT : 'ask the branch head')
    }
    const answer = node[message] as (request: never, device: Device) => Promise<unknown>
    const given = await answer(request, device)
    return isProtocol1(request) && message === 'push' ? pushFor1(given as never) : given
  }

  /** What the city does by itself, without its timers. */
  async digest(): Promise<void> {
    await digestAll(this.#watched, this.#options.now)
  }

  async daily(): Promise<void> {
    await expireActivity(this.#watched, this.#options.now())
    await reclaimLeases(this.#watched, this.#options.now())
  }

  /** The city changes a record of its own accord: another policy, a blocked card. */
  async decree(change: Change): Promise<void> {
    const key = keyOfChange(change)
    const kind = kindInKey(key)
    const gathering = (): Gathering<unknown> => get(kind, idOfKey(key))
    await changeAsCity(
      this.#watched,
      this.#options.now(),
      () => [gathering()],
      (facts) => (facts.row(kind, idOfKey(key)) === null ? [] : [change]),
    )
  }

  branchOf(deviceId: string): string {
    for (const deed of this.#deeds) {
      if (deed.did === 'device' && deed.id === deviceId) return deed.branchId
    }
    throw new Error(`no device ${deviceId}`)
  }

  /** What the live line tells a desk of one commit; null where it is nothing to it. */
  newsFor(place: DeskPlace, commit: Commit): LiveNews | null {
    const followed = followedBy(place)
    const entries = commit.entries.filter(({ scope }) => followed.includes(scope))
    if (entries.length === 0 || this.revoked.has(place.deviceId)) return null
    const heads = Object.fromEntries(followed.map((scope) => [scope, this.model.head(scope)]))
    const stamp = { serverEpoch: this.#epoch, serverMs: this.#options.now() }
    return LiveNews.parse(JSON.parse(JSON.stringify({ heads, ...stamp, entries })))
  }

  get #epoch(): string {
    return `epoch-${this.#restores}`
  }

  /** What the city said before it was restored is on its way still. */
  histories(): readonly CityModel[] {
    return [this.model, ...this.#before]
  }

  takeBackup(): void {
    this.#backup = { deeds: [...this.#deeds], model: this.model.clone() }
  }

  /** Everything since the backup is gone; the store says so by another epoch. */
  async restore(): Promise<boolean> {
    const backup = this.#backup
    if (backup === null) return false
    this.#restores += 1
    const storage = await this.#options.openStorage(`epoch-${this.#restores}`)
    await storage.seed(this.#options.seed, false, this.#options.now())
    const before = this.storage
    this.storage = storage
    this.#deeds = []
    for (const deed of backup.deeds) await this.#doAgain(deed)
    this.#deeds = [...backup.deeds]
    this.#before.unshift(this.model)
    this.model = backup.model.clone()
    this.#watched = this.#watch(storage)
    this.startNodes()
    for (const [id, at] of this.revoked) await storage.revokeDevice(id, at)
    await before.close()
    return true
  }

  async #doAgain(deed: Deed): Promise<void> {
    if (deed.did === 'device') return await this.addDevice(deed.id, deed.branchId, deed.at)
    const { deviceId, records, numbered, batches } = deed.commit
    const write = async (turn: LedgerTurn): Promise<void> => {
      for (const writing of records) await turn.writeRecords(writing)
      // The same numbers again, and the heads behind them.
      for (const entries of numbered) await turn.writeFeed(await turn.number(entries), deed.at)
    }
    if (deviceId === null) return await this.storage.withTurn(write)
    await this.storage.withBatch(deviceId, async (batch) => {
      await write(batch)
      for (const writing of batches) await batch.write(writing)
    })
  }
}

let passwords: Promise<PasswordCheck> | null = null

function refusedBy(error: unknown): Refused {
  if (error instanceof Refused) return error
  if (error instanceof LedgerStorageFailure && error.code !== 'rejected') {
    return new Refused('busy', 'the store is busy')
  }
  if (error instanceof LedgerStorageFailure) return new Refused('busy', 'the server failed')
  throw error
}
