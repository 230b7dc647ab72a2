/** Hello: which city, and how far its ledger is from ours; and what follows from that. */
import { meetEpoch } from './recover.ts'
import type { Meeting } from './recover.ts'
import type { SyncAnswer } from './recover-messages.ts'

/** Afterwards the present epoch of the log follows on what the city has. Throws TransportFailure. */
export const greet = (meeting: Meeting): Promise<SyncAnswer<'hello'>> =>
  meetEpoch(meeting, meeting.stores.outbox.identity()?.epoch ?? 1)
