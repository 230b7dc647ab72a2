import type { Clock } from '../engine/clock.ts'
import type { DeskClock } from '../engine/desk-clock.ts'
import type { Transport } from './transport.ts'

/** Every answer that tells the server's time measures. */
export const measuring = (transport: Transport, clock: Clock, measured: DeskClock): Transport => ({
  ...transport,
  async send(message, request) {
    const askedAt = clock.monotonic()
    const answer = await transport.send(message, request)
    if ('serverMs' in answer) measured.answered(answer.serverMs, clock.monotonic() - askedAt)
    return answer
  },
})
