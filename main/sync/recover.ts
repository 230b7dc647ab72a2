/**
 * What a desk does where its log and the city's ledger of it are not one history: a disk that was
 * restored or copied, a log that lost something, a server that came back from its backup
 * (docs/decisions/0011, design/sync.md "Devices"). Every step may be cut short and is taken again.
 */
import { randomUUID } from 'node:crypto'
import type { NewEpochReason, SyncAnswer } from './recover-messages.ts'
import { anewAfter } from '../../db/outbox/anew-after.ts'
import {
  SUPERSEDED_TITLES_SETTING,
  VOID_REPLICA_SETTING,
  VOID_ROWS_AND_TITLES,
  VOID_TITLES_SETTING,
} from '../../db/outbox/log-turns.ts'
import type { DeskIdentity, Outbox } from '../../db/outbox/outbox.ts'
import { StorageFailure } from '../../db/open.ts'
import { discardReplica } from '../../db/replica/replica.ts'
import { PUSH_BATCH_MAX } from '../../contract/sync-protocol.ts'
import type { Announcer } from '../engine/announce.ts'
import type { Clock } from '../engine/clock.ts'
import type { RecordStores, Storage } from '../engine/stores.ts'
import { settleRefused } from './apply-entries.ts'
import { CHAIN_START, lastShared } from './last-shared.ts'
import type { CityHead } from './last-shared.ts'
import { PUSH_BYTES_MAX } from './push.ts'
import { linkAfter, noteRecovering, recoverRows } from './recover-rows.ts'
import { reissuesOf } from './reissue.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

/** Stores whose disposable files can be begun anew under a running engine. */
export interface RenewableStores extends RecordStores {
  readonly storage: Pick<Storage, 'swapReplica' | 'renewCatalogue'>
}

export interface Meeting {
  readonly stores: RenewableStores
  readonly transport: Transport
  readonly announcer: Announcer
  readonly clock: Clock
  readonly appVersion: string
}

/** `<epoch>:<id>`: asked again under the same id after a lost answer. */
const NEW_EPOCH_SETTING = 'new-epoch-request'

/**
 * Compares one epoch with the city's ledger and sets right what differs. Answers the hello. Throws
 * TransportFailure.
 */
export async function meetEpoch(meeting: Meeting, epoch: number): Promise<SyncAnswer<'hello'>> {
  const { outbox } = meeting.stores
  const city = await askHello(meeting, epoch)
  const identity = known(outbox)
  if (identity.serverEpoch === null) {
    outbox.saveIdentity({ ...identity, serverEpoch: city.serverEpoch })
  } else if (identity.serverEpoch !== city.serverEpoch) {
    await meetRestored(meeting, city.serverEpoch)
  }
  const shared = await sharedWith(meeting, epoch, city)
  const head = outbox.epochs().find((one) => one.epoch === epoch)
  if ((head?.answeredSeq ?? 0) > shared) {
    // A server that was restored and does not say so.
    const voided = outbox.voidAnswers([{ epoch, afterSeq: shared }], known(outbox))
    noteInAudit(meeting, 'server-went-back', `${voided} to send again`)
  }
  await meetLog(meeting, epoch, city, shared)
  await recoverRows(outbox, meeting.transport, meeting.clock.now)
  return city
}

const known = (outbox: Outbox): DeskIdentity => {
  const identity = outbox.identity()
  if (identity === null) throw new Error('a desk that nobody enrolled meets no city')
  return identity
}

function askHello(
  { stores: { outbox }, transport, clock, appVersion }: Meeting,
  epoch: number,
): Promise<SyncAnswer<'hello'>> {
  const head = outbox.epochs().find((one) => one.epoch === epoch)
  return transport.send('hello', {
    appVersion,
    epoch,
    lastSeq: head?.lastSeq ?? 0,
    headHash: head?.headHash ?? CHAIN_START,
    wallMs: clock.now(),
  })
}

const sharedWith = (
  { stores: { outbox }, transport }: Meeting,
  epoch: number,
  city: CityHead,
): Promise<number> => lastShared(outbox, epoch, city, (seq) => linkAfter(transport, epoch, seq))

/**
 * The server came back from its backup: what it lacks of any epoch is pending again, and all that it
 * sent is of a history that did not happen.
 */
async function meetRestored(meeting: Meeting, serverEpoch: string): Promise<void> {
  const { outbox } = meeting.stores
  const lost: { epoch: number; afterSeq: number }[] = []
  for (const { epoch } of outbox.epochs()) {
    const city = await askHello(meeting, epoch)
    if (city.serverEpoch !== serverEpoch) {
      throw new TransportFailure('server-restored', 'restored once more meanwhile')
    }
    lost.push({ epoch, afterSeq: await sharedWith(meeting, epoch, city) })
  }
  const voided = outbox.voidAnswers(lost, { ...known(outbox), serverEpoch })
  noteInAudit(meeting, 'server-restored', `${voided} to send again`)
}

async function meetLog(
  meeting: Meeting,
  epoch: number,
  city: CityHead,
  shared: number,
): Promise<void> {
  const { outbox } = meeting.stores
  const anew = epoch === known(outbox).epoch ? anewAfter(outbox) : null
  const isAhead = city.lastSeq > shared
  const mayGoOn = !isAhead && canBeSent(outbox, epoch, shared)
  if (mayGoOn && anew === null) return
  // Of a copy, what was done before it was made is sent as it is: its twin sends the same.
  const keptThrough = mayGoOn ? Math.max(shared, anew?.seq ?? 0) : shared
  if (epoch !== known(outbox).epoch) {
    reissueInto(meeting, epoch, keptThrough, isAhead)
    return
  }
  if (isAhead) {
    await quarantineTail(meeting, epoch, shared)
    noteRecovering(outbox, { epoch, lastSeq: city.lastSeq, headHash: city.headHash })
  }
  const reason = reasonOf(meeting, city, shared, anew?.reason ?? null)
  await beginEpoch(meeting, { keptThrough, isAhead, reason })
}

/** A log with a hole, or one that begins beyond what the city has, can only be told anew. */
const canBeSent = (outbox: Outbox, epoch: number, shared: number): boolean =>
  outbox.followsOn(epoch, shared, shared === 0 ? CHAIN_START : outbox.hashAt(epoch, shared))

function reasonOf(
  { stores: { outbox } }: Meeting,
  city: CityHead,
  shared: number,
  anew: 'copied' | 'log-lost' | null,
): NewEpochReason {
  if (anew === 'log-lost' || (outbox.lastSeq() === 0 && city.lastSeq > 0)) return 'log-lost'
  return outbox.lastSeq() === shared && anew === null ? 'rewound' : 'forked'
}

/** The city keeps the operations as they were, and puts the fork before a person. */
async function quarantineTail(meeting: Meeting, epoch: number, shared: number): Promise<void> {
  const { outbox } = meeting.stores
  const operations = []
  let bytes = 0
  for (const { body, hash } of outbox.tailOf(epoch, shared).slice(0, PUSH_BATCH_MAX)) {
    bytes += JSON.stringify(body).length
    if (operations.length > 0 && bytes > PUSH_BYTES_MAX) break
    operations.push({ body: body as never, hash })
  }
  if (operations.length > 0) await meeting.transport.send('push', { operations })
}

interface Beginning {
  readonly keptThrough: number
  /** The city has other operations under the numbers after it. */
  readonly isAhead: boolean
  readonly reason: NewEpochReason
}

async function beginEpoch(
  meeting: Meeting,
  { keptThrough, isAhead, reason }: Beginning,
): Promise<void> {
  const { stores, transport } = meeting
  const { outbox } = stores
  const { epoch } = known(outbox)
  const requestId = requestFor(outbox, epoch)
  const answer = await transport.send('newEpoch', { epoch, reason, requestId })
  if (answer.epoch <= epoch) throw new TransportFailure('not-our-server', 'an epoch that is over')
  // What was refused and is still shown, after a power cut, would be settled with its epoch.
  settleRefused(stores, meeting.announcer)
  // From here to the end nothing waits: what staff did while the city was asked goes along.
  const identity = { ...known(outbox), epoch: answer.epoch }
  const reissues = reissuesOf(
    outbox.tailOf(epoch, keptThrough),
    { deviceId: identity.deviceId, epoch: answer.epoch, lastSeq: 0, headHash: CHAIN_START },
    { undoneWith: outbox.undoneWith, withRecovered: !isAhead },
  )
  outbox.turn({ identity, endedEpoch: epoch, keptThrough, reissues })
  outbox.saveSetting(NEW_EPOCH_SETTING, null)
  noteInAudit(meeting, 'log-begun-anew', `${reason} ${epoch}.${keptThrough} ${answer.epoch}`)
  renewVoid(stores)
  tellAll(meeting)
}

/** Another disk under this name pushed other operations into an epoch that is over here. */
function reissueInto(
  meeting: Meeting,
  endedEpoch: number,
  keptThrough: number,
  isAhead: boolean,
): void {
  const { stores } = meeting
  const { outbox } = stores
  const identity = known(outbox)
  const { deviceId, epoch } = identity
  const reissues = reissuesOf(
    outbox.tailOf(endedEpoch, keptThrough),
    { deviceId, epoch, lastSeq: outbox.lastSeq(), headHash: outbox.headHash() },
    { undoneWith: outbox.undoneWith, withRecovered: !isAhead },
  )
  outbox.turn({ identity, endedEpoch, keptThrough, reissues })
  noteInAudit(meeting, 'told-anew', `${endedEpoch}.${keptThrough} ${epoch}`)
  renewVoid(stores)
  tellAll(meeting)
}

function requestFor(outbox: Outbox, epoch: number): string {
  const kept = outbox.setting(NEW_EPOCH_SETTING)
  if (kept?.startsWith(`${epoch}:`) === true) return kept.slice(kept.indexOf(':') + 1)
  const requestId = randomUUID()
  outbox.saveSetting(NEW_EPOCH_SETTING, `${epoch}:${requestId}`)
  return requestId
}

/** The rows are to be thrown away before the next page. */
export const isVoid = (outbox: Outbox): boolean => outbox.setting(VOID_REPLICA_SETTING) !== null

/** Throws away what is of another history; what is pending is shown again after the next pull. */
export function renewVoid(stores: RenewableStores): void {
  const { outbox } = stores
  takeTitlesBack(stores)
  const what = outbox.setting(VOID_REPLICA_SETTING)
  if (what === VOID_ROWS_AND_TITLES) outbox.saveSetting(VOID_TITLES_SETTING, what)
  renewTitles(stores)
  if (what === null) return
  stores.storage.swapReplica(discardReplica)
  outbox.saveSetting(VOID_REPLICA_SETTING, null)
}

/** A program that ends before the file is gone must know at its next start. */
function renewTitles({ outbox, storage }: RenewableStores): void {
  if (outbox.setting(VOID_TITLES_SETTING) === null) return
  storage.renewCatalogue(() => {
    try {
      outbox.saveSetting(VOID_TITLES_SETTING, null)
    } catch (error) {
      // On a full disk they are begun anew once more.
      if (!(error instanceof StorageFailure)) throw error
    }
  })
}

/**
 * The catalogue shows them under ids that nobody else will ever know, and numbers them without their
 * epoch. What the new numbers did is applied again after the next pull.
 */
function takeTitlesBack({ outbox, catalogue }: RecordStores): void {
  if (outbox.setting(SUPERSEDED_TITLES_SETTING) === null) return
  catalogue.takeOwnBack()
  outbox.saveSetting(SUPERSEDED_TITLES_SETTING, null)
}

function noteInAudit({ stores: { outbox }, clock }: Meeting, action: string, result: string): void {
  outbox.audit({ at: clock.now(), staffId: null, action, subject: null, result })
}

const tellAll = ({ announcer }: Meeting): void =>
  announcer.announce('changed', { kinds: [], ids: [], operations: true })
