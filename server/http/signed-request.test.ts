import { beforeEach, expect, test } from 'vitest'
import { BRANCH, NOW } from '../../test/builders/city.ts'
import { deskKey, signedDesk } from '../../test/builders/signed-desk.ts'
import type { SignedDesk } from '../../test/builders/signed-desk.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { signerOf } from './signed-request.ts'

const ID = 'd-met'
const BODY = '{}'
const refusal = { refusal: 'bad-signature', message: 'not valid' }
let storage: LedgerStorage
let desk: SignedDesk

/** A device of that name in the store, as enrolment writes it; a second time it has another key. */
async function enrolled(): Promise<SignedDesk> {
  const { privateKey, publicKey } = deskKey()
  const code = { label: 'ABCD', secretHash: 'x' }
  await storage.saveEnrolmentCode({ ...code, branchId: BRANCH, deskName: '', expiresAt: NOW + 1 })
  await storage.enrol({ ...code, at: NOW }, { id: ID, deskName: '', publicKey })
  return signedDesk('http://nowhere', ID, privateKey)
}

const request = (from: SignedDesk, body = BODY) => ({
  method: 'POST',
  path: '/v1/pull',
  headers: from.headers('POST', '/v1/pull', body, NOW),
  body: Buffer.from(BODY),
})
const signer = (signed: ReturnType<typeof request>) => signerOf(storage, signed, NOW)

beforeEach(async () => {
  storage = openMemoryStorage('epoch-1')
  desk = await enrolled()
  await signer(request(desk))
})

test('a device that was met: its next request is good once, another body is not', async () => {
  const next = request(desk)
  expect((await signer(next)).revokedAt).toBeNull()
  await expect(signer(next)).rejects.toMatchObject(refusal)
  await expect(signer(request(desk, '{"other":1}'))).rejects.toMatchObject(refusal)
})

test('a device that was met and is revoked since shows as revoked', async () => {
  await storage.revokeDevice(ID, NOW + 5)
  expect((await signer(request(desk))).revokedAt).toBe(NOW + 5)
})

test('the key that a device has in the store counts, not the one it was met with', async () => {
  const other = await enrolled()
  await expect(signer(request(desk))).rejects.toMatchObject(refusal)
  expect((await signer(request(other))).id).toBe(ID)
})
