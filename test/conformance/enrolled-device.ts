import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { BRANCH, NOW } from '../builders/city.ts'

/** A device of that id at the branch, enrolled as every device is. */
export async function enrolDevice(
  storage: LedgerStorage,
  id: string,
  publicKey = 'key',
  branchId: string = BRANCH,
): Promise<void> {
  const label = id.toUpperCase()
  await storage.saveEnrolmentCode({
    label,
    secretHash: 'secret',
    branchId,
    deskName: id,
    expiresAt: NOW + 1,
  })
  const attempt = { label, secretHash: 'secret', at: NOW }
  const device = await storage.enrol(attempt, { id, deskName: id, publicKey })
  if (device === null) throw new Error(`${id} was not enrolled`)
}
