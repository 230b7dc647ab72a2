/** Answers of a server that came back from its backup are told from those of the one before. */
import type { Outbox } from '../../db/outbox/outbox.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

/** Found out with hello, and told by the chain of hashes with recover. */
const isProven = (message: string): boolean =>
  message === 'hello' || message === 'enrol' || message === 'recover'

/** Throws TransportFailure `server-restored` for any other answer. */
export const sameServer = (transport: Transport, outbox: Outbox): Transport => ({
  ...transport,
  async send(message, request) {
    const answer = await transport.send(message, request)
    const known = outbox.identity()?.serverEpoch ?? null
    if (!isProven(message) && known !== null && 'serverEpoch' in answer) {
      if (answer.serverEpoch !== known) throw new TransportFailure('server-restored', message)
    }
    return answer
  },
})
