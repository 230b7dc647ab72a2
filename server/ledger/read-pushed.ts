import { createHash } from 'node:crypto'
import { canonicalJson } from '../../contract/sync-protocol.ts'
import type { OperationBody, PushedOperation } from '../../contract/sync-protocol.ts'
import { operationId } from '../../domain/operation.ts'
import { isOperationKind, operationOf } from '../../domain/operations/index.ts'
import type { AnyOperation } from '../../domain/operations/index.ts'
import { upcastPayload } from '../../domain/operations/payload-versions.ts'

/** Why an operation cannot be decided and waits for a person. */
export type Poison =
  | 'altered'
  | 'unknown-kind'
  | 'unknown-version'
  | 'payload-does-not-fit'
  | 'text-not-plain'
  | 'staff-may-not'
  | 'decision-failed'
  | 'store-refused'

/** A pushed operation, read: ready to be decided, or poison. */
export interface ReadOperation {
  readonly id: string
  readonly body: OperationBody
  readonly hash: string
  /** Canonical JSON of the body. */
  readonly text: string
  readonly decidable: { readonly operation: AnyOperation; readonly payload: unknown } | Poison
}

export function readPushed({ body, hash }: PushedOperation): ReadOperation {
  const text = canonicalJson(body)
  const id = operationId(body.device, body.epoch, body.seq)
  return { id, body, hash, text, decidable: decidableOf(body, hash, text) }
}

function decidableOf(body: OperationBody, hash: string, text: string): ReadOperation['decidable'] {
  if (createHash('sha256').update(text).digest('hex') !== hash) return 'altered'
  const names = [
    body.staff,
    body.branch,
    ...body.overrides.map(({ approvedBy }) => approvedBy ?? ''),
  ]
  if (!names.every((name) => isPlain(name))) return 'text-not-plain'
  if (!isOperationKind(body.kind)) return 'unknown-kind'
  const upcast = upcastPayload(body.kind, body.version, body.payload)
  if (upcast === 'unknown-version') return upcast
  const operation = operationOf(body.kind)
  const parsed = operation.payload.safeParse(upcast.payload)
  return parsed.success ? { operation, payload: parsed.data } : 'payload-does-not-fit'
}

/** Text that every store takes as a key: no half characters, no NUL. */
const isPlain = (text: string): boolean => text.isWellFormed() && !/[\u0000-\u001f]/.test(text)
