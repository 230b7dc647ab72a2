/** What a desk would push: operations chained by their hashes. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../contract/sync-protocol.ts'
import type { OperationBody, PushedOperation } from '../../contract/sync-protocol.ts'
import type { OperationKind, PayloadOf } from '../../domain/operations/index.ts'
import type { Unbranded } from './city.ts'
import { BRANCH, NOW } from './city.ts'

export const hashOf = (body: unknown): string =>
  createHash('sha256').update(canonicalJson(body)).digest('hex')

export interface DeskLog {
  /** The next operation of this desk. */
  next<K extends OperationKind>(
    kind: K,
    payload: { [F in keyof PayloadOf<K>]: Unbranded<PayloadOf<K>[F]> },
    given?: Partial<OperationBody>,
  ): PushedOperation
  /** Any body, chained on; `given` overrides what a desk would write. */
  raw(given: Partial<OperationBody>): PushedOperation
}

export function openDeskLog(device: string, epoch = 1): DeskLog {
  let seq = 0
  let prevHash = '0'.repeat(64)
  const raw: DeskLog['raw'] = (given) => {
    seq += 1
    const body: OperationBody = {
      device,
      epoch,
      seq,
      prevHash,
      kind: 'loan.check-in',
      version: 1,
      payload: null,
      overrides: [],
      staff: 'staff-lin',
      branch: BRANCH,
      wallMs: NOW + seq,
      monoMs: seq,
      bootId: 'boot-1',
      clockOffsetMs: 0,
      policyVersion: 1,
      baseCursor: 0,
      ...given,
    }
    prevHash = hashOf(body)
    return { body, hash: prevHash }
  }
  return { raw, next: (kind, payload, given = {}) => raw({ kind, payload, ...given }) }
}
