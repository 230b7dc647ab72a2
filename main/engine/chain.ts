/** The desk's chain of operations: each body is hashed with the hash before it. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../contract/sync-protocol.ts'
import type { OperationBody } from '../../contract/sync-protocol.ts'

/** SHA-256 of the canonical JSON, hex. */
export const hashOf = (body: OperationBody): string => hashOfText(canonicalJson(body))

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex')
