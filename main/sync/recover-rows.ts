/** Operations that only the city has any more, page by page, each checked against the chain. */
import { createHash } from 'node:crypto'
import { OperationBody, PUSH_BATCH_MAX, eventTime } from '../../contract/sync-protocol.ts'
import type { RecoveredOperation } from '../../contract/sync-protocol.ts'
import { operationId } from '../../domain/operation.ts'
import { RECOVERED_PREFIX } from '../../db/outbox/log-turns.ts'
import type { RecoveredRow } from '../../db/outbox/log-turns.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import type { CityLink } from './last-shared.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

/** 90 days at a busy desk: older ones are the city's to keep (design/sync.md, Files on the desk). */
const RECOVERED_MAX = 40_000

/** JSON: what is still to come back; `epoch` has ended. */
const RECOVERING_SETTING = 'recovering'

interface Recovering {
  readonly epoch: number
  /** The city's head of that epoch. */
  readonly lastSeq: number
  readonly headHash: string
}

export function noteRecovering(outbox: Outbox, recovering: Recovering): void {
  outbox.saveSetting(RECOVERING_SETTING, JSON.stringify(recovering))
}

/** The city's operation after a number; null where there is none. Throws TransportFailure. */
export async function linkAfter(
  transport: Transport,
  epoch: number,
  seq: number,
): Promise<CityLink | null> {
  const { operations } = await transport.send('recover', { epoch, afterSeq: seq, limit: 1 })
  const [next] = operations
  if (next === undefined) return null
  const { body, hash } = read(next)
  return { seq: body.seq, hash, prevHash: body.prevHash }
}

/**
 * Goes on with what is still to come back. The rows are answered and settled: their effects come
 * with the feed. Throws TransportFailure `not-our-server` where the chain does not hold.
 */
export async function recoverRows(
  outbox: Outbox,
  transport: Transport,
  now: () => number,
): Promise<number> {
  const text = outbox.setting(RECOVERING_SETTING)
  const identity = outbox.identity()
  if (text === null || identity === null) return 0
  const { epoch, lastSeq, headHash } = JSON.parse(text) as Recovering
  // The log did not turn after all: the rows would stand in the way of new ones.
  if (identity.epoch <= epoch) return 0
  let recovered = 0
  for (;;) {
    const head = outbox.epochs().find((one) => one.epoch === epoch)
    const after = head?.lastSeq ?? Math.max(0, lastSeq - RECOVERED_MAX)
    if (after >= lastSeq) break
    const limit = Math.min(PUSH_BATCH_MAX, lastSeq - after)
    const { operations } = await transport.send('recover', { epoch, afterSeq: after, limit })
    const rows = rowsOf(operations, {
      device: identity.deviceId,
      epoch,
      seq: after,
      hash: head?.headHash ?? null,
    })
    if (rows.length === 0) throw new TransportFailure('not-our-server', 'nothing to recover')
    outbox.addRecovered(rows, now())
    recovered += rows.length
  }
  const end = outbox.hashAt(epoch, lastSeq)
  if (end !== null && end !== headHash) {
    throw new TransportFailure('not-our-server', 'another chain than was told')
  }
  outbox.saveSetting(RECOVERING_SETTING, null)
  return recovered
}

interface Before {
  readonly device: string
  readonly epoch: number
  readonly seq: number
  /** Null where the one before is kept nowhere. */
  readonly hash: string | null
}

function rowsOf(operations: readonly RecoveredOperation[], from: Before): RecoveredRow[] {
  let before = from
  return operations.map((one) => {
    const { body, hash } = read(one)
    const follows =
      body.device === before.device &&
      body.epoch === before.epoch &&
      body.seq === before.seq + 1 &&
      (before.hash === null || body.prevHash === before.hash)
    if (!follows) throw new TransportFailure('not-our-server', `recovered ${body.seq}`)
    before = { ...before, seq: body.seq, hash }
    return rowOf(one, body)
  })
}

function read({ body: text, hash }: RecoveredOperation): { body: OperationBody; hash: string } {
  const isTrue = createHash('sha256').update(text).digest('hex') === hash
  const parsed = isTrue ? OperationBody.safeParse(jsonIn(text)) : null
  if (parsed?.success !== true) {
    throw new TransportFailure('not-our-server', 'a recovered operation was altered')
  }
  return { body: parsed.data, hash }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Fits no operation.
    return null
  }
}

const NOBODY = { itemId: null, readerId: null, loanId: null, otherLoanId: null }

function rowOf(
  { hash, outcome, changes, inverse }: RecoveredOperation,
  body: OperationBody,
): RecoveredRow {
  const id = operationId(body.device, body.epoch, body.seq)
  return {
    operation: {
      seq: body.seq,
      epoch: body.epoch,
      id,
      // The screen's request went with the disk.
      requestId: `${RECOVERED_PREFIX}${id}`,
      kind: body.kind,
      body,
      hash,
      at: eventTime(body),
      staffId: body.staff,
      branchId: body.branch,
      changes,
      inverse,
      findings: [],
      summary: null,
      about: NOBODY,
      factsAgeMs: body.factsAgeMs ?? null,
    },
    outcome,
  }
}
