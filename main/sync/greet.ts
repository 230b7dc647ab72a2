/** Hello: which city, how far its clock and its ledger are from ours; and what follows from that. */
import { meetEpoch } from './recover.ts'
import type { Meeting } from './recover.ts'
import type { SyncAnswer } from './recover-messages.ts'

export interface Greeting {
  /** To be added to the desk's clock. */
  readonly clockOffsetMs: number
  readonly hello: SyncAnswer<'hello'>
}

/** Afterwards the present epoch of the log follows on what the city has. Throws TransportFailure. */
export async function greet(meeting: Meeting): Promise<Greeting> {
  const { stores, clock, transport } = meeting
  const { outbox } = stores
  let clockOffsetMs = Number(outbox.setting('clock-offset-ms') ?? 0)
  const timed: Meeting['transport'] = {
    ...transport,
    async send(message, request) {
      const sentAt = clock.now()
      const answer = await transport.send(message, request)
      if (message === 'hello') {
        const { serverMs } = answer as SyncAnswer<'hello'>
        clockOffsetMs = Math.round(serverMs - (sentAt + clock.now()) / 2)
      }
      return answer
    },
  }
  const hello = await meetEpoch({ ...meeting, transport: timed }, outbox.identity()?.epoch ?? 1)
  outbox.saveSetting('clock-offset-ms', String(clockOffsetMs))
  return { clockOffsetMs, hello }
}
