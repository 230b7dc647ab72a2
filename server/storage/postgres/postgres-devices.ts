/** Devices, enrolment codes, nonces and failures to sign in, in PostgreSQL. */
import { ENROLMENT_TRIES } from '../ledger-storage.ts'
import type { Device, LedgerStorage, SignInFailures } from '../ledger-storage.ts'
import { withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'
import { readChainHead } from './postgres-batch.ts'

export async function readDevice(
  sql: Sql | Transaction,
  cityId: string,
  id: string,
  isLocked: boolean,
): Promise<Device | null> {
  const [device] = await sql<Device[]>`
    select id, branch_id as "branchId", desk_name as "deskName", public_key as "publicKey",
      enrolled_at as "enrolledAt", revoked_at as "revokedAt"
    from device where city_id = ${cityId} and id = ${id} ${isLocked ? sql`for update` : sql``}`
  return device ?? null
}

type DeviceParts = Pick<
  LedgerStorage,
  'device' | 'chainHead' | 'revokeDevice' | 'revokedAmong' | 'saveEnrolmentCode' | 'enrol'
>

export const deviceParts = (sql: Sql, cityId: string): DeviceParts => ({
  device: (id) => withFailures(() => readDevice(sql, cityId, id, false)),
  chainHead: (deviceId, epoch) => withFailures(() => readChainHead(sql, cityId, deviceId, epoch)),
  revokeDevice: (id, at) =>
    withFailures(async () => {
      const done = await sql`
        update device set revoked_at = coalesce(revoked_at, ${at})
        where city_id = ${cityId} and id = ${id}`
      return done.count > 0
    }),
  revokedAmong: (ids) =>
    withFailures(async () => {
      const rows = await sql<{ id: string }[]>`
        select id from device
        where city_id = ${cityId} and id = any(${[...ids]}::text[]) and revoked_at is not null`
      return rows.map(({ id }) => id)
    }),
  saveEnrolmentCode: ({ label, secretHash, branchId, deskName, expiresAt }) =>
    withFailures(async () => {
      await sql`
        insert into enrolment_code
          (city_id, label, secret_hash, branch_id, desk_name, expires_at, tries_left)
        values (${cityId}, ${label}, ${secretHash}, ${branchId}, ${deskName}, ${expiresAt},
          ${ENROLMENT_TRIES})`
    }),
  enrol: (attempt, device) =>
    withFailures(() => sql.begin((tx) => enrolWithin(tx, cityId, attempt, device))),
})

async function enrolWithin(
  tx: Transaction,
  cityId: string,
  { label, secretHash, at }: Parameters<LedgerStorage['enrol']>[0],
  { id, deskName, publicKey }: Parameters<LedgerStorage['enrol']>[1],
): Promise<Device | null> {
  const [code] = await tx<{ secretHash: string; branchId: string }[]>`
    select secret_hash as "secretHash", branch_id as "branchId" from enrolment_code
    where city_id = ${cityId} and label = ${label} and tries_left > 0 and expires_at > ${at}
    for update`
  if (code === undefined) return null
  if (code.secretHash !== secretHash) {
    await tx`
      update enrolment_code set tries_left = tries_left - 1
      where city_id = ${cityId} and label = ${label}`
    return null
  }
  await tx`delete from enrolment_code where city_id = ${cityId} and label = ${label}`
  const { branchId } = code
  await tx`
    insert into device (city_id, id, branch_id, desk_name, public_key, enrolled_at)
    values (${cityId}, ${id}, ${branchId}, ${deskName}, ${publicKey}, ${at})`
  return { id, branchId, deskName, publicKey, enrolledAt: at, revokedAt: null }
}

type SignInParts = Pick<LedgerStorage, 'updateSignInFailures' | 'rememberNonce'>

/** Of the city's clock, as the requests have it: old nonces cost room, and nothing else. */
const FORGET_EVERY_MS = 60_000

export function signInParts(sql: Sql, cityId: string): SignInParts {
  let forgottenAt = 0
  return {
    updateSignInFailures: (key, next) =>
      withFailures(() => sql.begin((tx) => updateFailures(tx, cityId, key, next))),
    // One statement: every request of every desk waits for it.
    rememberNonce: (deviceId, nonce, at, forgetBefore) =>
      withFailures(async () => {
        if (at - forgottenAt > FORGET_EVERY_MS) {
          forgottenAt = at
          await sql`delete from nonce where city_id = ${cityId} and at < ${forgetBefore}`
        }
        const kept = await sql`
          insert into nonce (city_id, device_id, nonce, at)
          values (${cityId}, ${deviceId}, ${nonce}, ${at})
          on conflict (city_id, device_id, nonce) do update set at = excluded.at
            where nonce.at < ${forgetBefore}`
        return kept.count > 0
      }),
  }
}

async function updateFailures(
  tx: Transaction,
  cityId: string,
  key: string,
  next: (before: SignInFailures | null) => SignInFailures | null,
): Promise<SignInFailures | null> {
  // A row that is not there cannot be locked, and two first failures may come at once.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`${cityId} ${key}`}, 0))`
  const [before] = await tx<SignInFailures[]>`
    select failures, lockouts, locked_until as "lockedUntil", last_at as "lastAt"
    from sign_in_failure where city_id = ${cityId} and key = ${key}`
  const after = next(before ?? null)
  if (after === null) {
    await tx`delete from sign_in_failure where city_id = ${cityId} and key = ${key}`
    return null
  }
  const { failures, lockouts, lockedUntil, lastAt } = after
  await tx`
    insert into sign_in_failure (city_id, key, failures, lockouts, locked_until, last_at)
    values (${cityId}, ${key}, ${failures}, ${lockouts}, ${lockedUntil}, ${lastAt})
    on conflict (city_id, key) do update set failures = excluded.failures,
      lockouts = excluded.lockouts, locked_until = excluded.locked_until,
      last_at = excluded.last_at`
  return after
}
