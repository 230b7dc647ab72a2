/**
 * A new desk's beginning: ready files instead of every record (design/sync.md, Feed, scopes,
 * bootstrap). Each is fetched range by range, verified, unpacked, checked and only then taken in;
 * a download that breaks off goes on where it was.
 */
import { createPublicKey, verify } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '../../contract/sync-protocol.ts'
import type { Snapshot } from '../../contract/sync-protocol.ts'
import { StorageFailure } from '../../db/open.ts'
import { assertBriefFile, briefSchema } from '../../db/snapshot/brief-file.ts'
import { adoptCatalogue } from '../../db/snapshot/adopt-catalogue.ts'
import { catalogueSchema } from '../../db/snapshot/catalogue-file.ts'
import { SnapshotDamaged, unpackFile } from '../../db/snapshot/packed-file.ts'
import { redecideSeq } from './apply-entries.ts'
import { fetchFile } from './fetch-file.ts'
import type { FetchPlace } from './fetch-file.ts'
import { cursorsOf } from './pull.ts'
import { catchUp } from '../engine/replay.ts'
import type { Stores } from '../engine/stores.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

export interface SnapshotPlace extends FetchPlace {
  /** Folder of downloads. */
  readonly folder: string
  /** The key of this desk's databases; null for plain ones. */
  readonly key: Uint8Array | null
  /** The city's public key as it was told at enrolment, SPKI DER, base64. */
  readonly serverKey: string
  /** Lets a loan at the desk in between. */
  readonly pause: () => Promise<void>
}

/** Those of `offered` that this desk has use for: it has nothing of that scope, and can read it. */
export function wantedSnapshots(
  stores: Stores,
  offered: readonly Snapshot[],
  serverKey: string,
): readonly Snapshot[] {
  const cursors = cursorsOf(stores)
  return offered.filter(
    (snapshot) =>
      (cursors[snapshot.scope] ?? 0) === 0 &&
      snapshot.cursor > 0 &&
      snapshot.schema === (snapshot.scope === 'brief' ? briefSchema : catalogueSchema()) &&
      isSignedBy(snapshot, serverKey),
  )
}

function isSignedBy({ signature, ...unsigned }: Snapshot, serverKey: string): boolean {
  const key = createPublicKey({
    key: Buffer.from(serverKey, 'base64'),
    format: 'der',
    type: 'spki',
  })
  const text = Buffer.from(canonicalJson(unsigned))
  return verify(null, text, key, Buffer.from(signature, 'base64'))
}

/** Throws TransportFailure; a file that is not what was promised is thrown away. */
export async function takeSnapshot(
  stores: Stores,
  transport: Transport,
  snapshot: Snapshot,
  place: SnapshotPlace,
): Promise<void> {
  mkdirSync(place.folder, { recursive: true, mode: 0o700 })
  const packed = join(place.folder, `${snapshot.name}.zst`)
  const raw = join(place.folder, `${snapshot.name}.db`)
  await forgetOthers(place.folder, snapshot)
  await fetchFile(transport, snapshot, packed, place)
  if (!place.mayGoOn()) return
  try {
    await unpackFile(packed, raw, snapshot)
    await takeIn(stores, snapshot, raw, place)
    rmSync(packed, { force: true })
  } catch (error) {
    if (!(error instanceof SnapshotDamaged || isDamaged(error))) throw error
    rmSync(packed, { force: true })
    throw new TransportFailure('not-our-server', `snapshot ${snapshot.name}: ${error.message}`)
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(raw + suffix, { force: true })
  }
}

const isDamaged = (error: unknown): error is StorageFailure =>
  error instanceof StorageFailure && (error.code === 'damaged' || error.code === 'wrong-key')

async function takeIn(
  stores: Stores,
  { scope, cursor }: Snapshot,
  path: string,
  { key, pause }: SnapshotPlace,
): Promise<void> {
  if (scope === 'brief') {
    assertBriefFile(path)
    await stores.replica.importBrief({ path, cursor }, (seq) => redecideSeq(stores, seq), pause)
    return
  }
  await adoptCatalogue(path, key)
  await stores.storage.swapCatalogue((place) => renameSync(path, place))
  catchUp(stores)
}

async function forgetOthers(folder: string, { scope, name }: Snapshot): Promise<void> {
  for (const file of readdirSync(folder)) {
    const isOther = file.startsWith(`${scope}-`) && !file.startsWith(`${name}.`)
    if (isOther) rmSync(join(folder, file), { force: true })
  }
}
