/** Making a new desk known to the city: a one-time code and a key pair. */
import type { DeskIdentity } from '../../db/outbox/outbox.ts'
import type { Clock } from '../engine/clock.ts'
import type { DeviceKey } from './device-key.ts'
import { createTransport } from './transport.ts'

export interface Enrolment {
  readonly serverUrl: string
  readonly code: string
  readonly deskName: string
}

/** Throws TransportFailure, e.g. `code-not-valid`. */
export async function enrolDesk(
  { serverUrl, code, deskName }: Enrolment,
  key: DeviceKey,
  clock: Clock,
): Promise<DeskIdentity> {
  const transport = createTransport({
    serverUrl,
    deviceId: null,
    key,
    clock,
    clockOffsetMs: () => 0,
  })
  const answer = await transport.send('enrol', { code, publicKey: key.publicKey, deskName })
  return {
    deviceId: answer.deviceId,
    epoch: 1,
    branchId: answer.branch.id,
    libraryId: answer.library.id,
    deskName,
    isSampleCity: answer.isSampleCity,
    serverUrl,
    serverEpoch: answer.serverEpoch,
  }
}
