/** Pushing as far as it goes, whatever the city's ledger of this desk has become meanwhile. */
import type { OutcomeOf } from '../../db/outbox/outbox.ts'
import { PUSH_BATCH_MAX, UPLOAD_KEPT } from '../../contract/sync-protocol.ts'
import { pushUnsent, sendUnsent } from './push.ts'
import type { Pushing } from './push.ts'
import { meetEpoch } from './recover.ts'
import type { Meeting } from './recover.ts'
import { TransportFailure } from './transport.ts'

/** Two disks that work under one name at the same moment may meet a few times in a row. */
const MEETINGS_MAX = 5

/** Throws TransportFailure; `device-fork` where the two histories do not come together. */
export async function pushAll(meeting: Meeting, pushing: Pushing): Promise<void> {
  const { stores, announcer, transport } = meeting
  for (let meetings = 0; ; meetings += 1) {
    const epoch = await pushUnsent(stores, announcer, transport, pushing)
    if (epoch === null) return
    if (meetings === MEETINGS_MAX) throw new TransportFailure('device-fork', `epoch ${epoch}`)
    await meetEpoch(meeting, epoch)
  }
}

/**
 * What a refused desk still owes the city: facts are facts. A desk that is too old is answered as
 * ever; of a revoked one the city keeps the uploads for a person and says so in its refusal. True
 * where nothing is left to hand over. Throws TransportFailure where the city cannot be reached.
 */
export async function handOver(
  meeting: Meeting,
  refusal: 'desk-too-old' | 'device-revoked',
  pushing: Pushing,
): Promise<boolean> {
  const { stores, announcer, transport } = meeting
  if (refusal === 'desk-too-old') {
    // A fork waits for the newer program: this one is not told where it began.
    return (await pushUnsent(stores, announcer, transport, pushing)) === null
  }
  const { outbox } = stores
  while (pushing.mayGoOn()) {
    const unsent = outbox.unsent(PUSH_BATCH_MAX, pushing.pace.bytes())
    const [first] = unsent
    if (first === undefined) return true
    try {
      await sendUnsent(transport, pushing.pace, outbox.pendingCount(), unsent)
      // Not revoked any more: the next hello will tell.
      return false
    } catch (error) {
      if (!(error instanceof TransportFailure) || error.reason !== 'device-revoked') throw error
      // Later than the city keeps uploads of a revoked desk: they stay here, for a person.
      if (error.message !== UPLOAD_KEPT) return false
    }
    const outcomes = unsent.map(({ seq }): OutcomeOf => ({
      seq,
      outcome: 'quarantined',
      positions: {},
      findings: [],
    }))
    outbox.saveOutcomes(outcomes, undefined, first.epoch)
    pushing.onBatch()
  }
  return false
}
