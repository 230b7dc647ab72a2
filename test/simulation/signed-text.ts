/** A request and its answer as the line carries them. */
import { createHash } from 'node:crypto'

export type MessageName = 'hello' | 'push' | 'pull' | 'recover' | 'newEpoch'

export interface SignedText {
  readonly message: MessageName
  readonly device: string
  readonly text: string
  /** Epoch ms by the desk's clock, corrected. */
  readonly at: number
  readonly nonce: string
  /** Stands for the signature: a hash over the desk's secret and all of the above. */
  readonly seal: string
}

export const sealOf = (secret: string, asked: Omit<SignedText, 'seal'>): string =>
  createHash('sha256')
    .update([secret, asked.message, asked.device, asked.text, asked.at, asked.nonce].join('\n'))
    .digest('hex')

export interface Reply {
  readonly status: number
  readonly text: string
}
