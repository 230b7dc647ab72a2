/** The whole HTTP side of a server node, asked without a socket: signatures, limits, refusals. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { signedHeaders, signingText } from '../../contract/sync-protocol.ts'
import type { Answers } from '../../server/http/answers.ts'
import { buildApp } from '../../server/http/app.ts'
import { openMetrics } from '../../server/http/metrics.ts'
import { noSnapshots } from '../../server/snapshots/snapshot-keeper.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import type { MessageName, Reply, SignedText } from './signed-text.ts'

const paths: Record<MessageName, string> = {
  hello: '/v1/hello',
  push: '/v1/push',
  pull: '/v1/pull',
  recover: '/v1/recover',
  newEpoch: '/v1/new-epoch',
}

export class DeviceKeys {
  readonly #keys = new Map<string, KeyObject>()

  /** SPKI DER, base64; the same again for the same device. */
  publicKeyOf(id: string): string {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.#keys.set(id, privateKey)
    return publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  }

  sign(device: string, text: string): string {
    const key = this.#keys.get(device) ?? generateKeyPairSync('ed25519').privateKey
    return sign(null, Buffer.from(text), key).toString('base64')
  }
}

export const simApp = (
  storage: LedgerStorage,
  answers: Answers,
  now: () => number,
): Promise<FastifyInstance> =>
  buildApp({
    storage,
    answers,
    live: { add: () => undefined, close: async () => undefined },
    snapshots: noSnapshots,
    // How fast real time goes says nothing here.
    admission: { enter: () => undefined, lagMs: () => 0, close: () => undefined },
    metrics: openMetrics(),
    log: () => undefined,
    now,
    isStopping: () => false,
  })

/** `isSealed`: nobody touched it on the way; else the signature is of another text. */
export async function askApp(
  app: FastifyInstance,
  keys: DeviceKeys,
  { message, device, text, at, nonce }: SignedText,
  isSealed: boolean,
): Promise<Reply> {
  const path = paths[message]
  const signed = isSealed ? text : `${text} `
  const bodyHash = createHash('sha256').update(signed).digest('hex')
  const when = String(at)
  const longNonce = createHash('sha256').update(nonce).digest('hex').slice(0, 32)
  const answer = await app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'application/json',
      [signedHeaders.device]: device,
      [signedHeaders.at]: when,
      [signedHeaders.nonce]: longNonce,
      [signedHeaders.signature]: keys.sign(
        device,
        signingText('POST', path, bodyHash, device, when, longNonce),
      ),
    },
    payload: text,
  })
  return { status: answer.statusCode, text: answer.body }
}
