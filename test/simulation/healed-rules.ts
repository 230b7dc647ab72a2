/** What must hold when every line works again and nobody did anything about it. */
import { PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import { operationOf, isOperationKind } from '../../domain/operations/index.ts'
import { dueDateGiven } from './due-date.ts'
import type { Run } from './run.ts'
import type { SimDesk } from './sim-desk.ts'
import { brokenPromise } from './reference/refused-rules.ts'
import { isSame } from './reference/same.ts'
import { rowIn, rowsOf } from './reference/table.ts'
import { sealOf } from './signed-text.ts'

/** As in server/http/answers.ts. */
const KEPT_AFTER_REVOCATION_MS = 30 * 86_400_000

export async function healedBroken(run: Run): Promise<string[]> {
  const broken: string[] = []
  const { model } = run.server
  for (const desk of run.desks) {
    const { stores } = desk
    const { deviceId } = desk.plan.identity
    if (run.server.revoked.has(deviceId)) {
      broken.push(...revokedBroken(run, desk))
      continue
    }
    if (stores === null) {
      broken.push(`I37 ${desk.plan.name} does not run`)
      continue
    }
    broken.push(...desk.model.healed(stores, model), ...kept(run, desk), ...dueDates(run, desk))
    broken.push(...clockBroken(run, desk))
  }
  broken.push(...factsBroken(run))
  if (broken.length === 0) broken.push(...(await repeatedBroken(run)))
  return broken
}

/** Between two polls of a run of weeks a cheap clock loses seconds. */
const CLOCK_WRONG_MS = 120_000

/** Each contact measures: whatever befell its clock, the desk knows what time it is. */
function clockBroken(run: Run, { plan, sync }: SimDesk): string[] {
  const by = plan.clock.now() + (sync?.clockOffsetMs() ?? 0) - run.timeline.now()
  return Math.abs(by) < CLOCK_WRONG_MS ? [] : [`E8 ${plan.name} is ${by} ms wrong, and online`]
}

/** I2, I6: whatever a screen called done is with the city, or waits for a person. */
function kept(run: Run, desk: SimDesk): string[] {
  const { model } = run.server
  const outbox = desk.stores?.outbox
  return desk.acknowledged.flatMap(({ requestId, operationId, hash }) => {
    const now = outbox?.byRequestId(requestId)
    const stored = now === null || now === undefined ? undefined : model.operations.get(now.id)
    if (stored !== undefined && stored.hash === now?.hash) return []
    if (model.operations.get(operationId)?.hash === hash || model.setAside.has(hash)) return []
    return [`I2 ${desk.plan.name} did ${operationId}, and nobody has it`]
  })
}

/** I33: what it uploads is kept, nothing comes back. */
function revokedBroken(run: Run, desk: SimDesk): string[] {
  const { outbox } = desk.stores ?? {}
  if (outbox === undefined) return []
  const { model, revoked } = run.server
  const revokedAt = revoked.get(desk.plan.identity.deviceId) ?? 0
  const isOld = run.timeline.now() - revokedAt > KEPT_AFTER_REVOCATION_MS
  return outbox.unsent(100).flatMap(({ id, hash }) => {
    const isKept = isOld || model.setAside.has(hash) || model.operations.has(id)
    return isKept ? [] : [`I2 ${desk.plan.name} is revoked, and ${id} was thrown away`]
  })
}

/** I28: the slip in the reader's hand says what the city keeps, or an exception says otherwise. */
function dueDates(run: Run, desk: SimDesk): string[] {
  const { outbox } = desk.stores ?? {}
  const { model } = run.server
  return desk.acknowledged.flatMap(({ requestId }) => {
    const stored = outbox?.byRequestId(requestId) ?? null
    const operation = stored === null ? undefined : model.operations.get(stored.id)
    if (stored === null || operation === undefined) return []
    const printed = dueDateGiven(stored)
    if (operation.outcome === 'refused') return brokenPromise(model, operation.id, printed)
    if (operation.outcome !== 'applied') return []
    const told = dueDateGiven(operation)
    // A renewal keeps the later of two slips, and a later day harms nobody.
    return printed === null || told === null || told >= printed
      ? []
      : [`I28 ${operation.id} printed ${printed}, kept is ${told}`]
  })
}

/** I7: each lending and return that was applied has left its trace. */
function factsBroken(run: Run): string[] {
  const { model } = run.server
  const undone = new Set(
    [...model.operations.values()].flatMap(({ kind, outcome, body }) =>
      kind === 'operation.undo' && outcome === 'applied'
        ? [(JSON.parse(body) as { payload: { operation: string } }).payload.operation]
        : [],
    ),
  )
  return [...model.operations.values()].flatMap(({ id, kind, outcome, changes }) => {
    if (!isOperationKind(kind) || operationOf(kind).evidence !== 'physical') return []
    if (outcome === 'refused') return [`I7 ${id} was refused`]
    if (undone.has(id)) return []
    return changes.flatMap((change) =>
      'put' in change &&
      ['loan', 'ledger-entry'].includes(change.put) &&
      rowIn(model.rows, change.put, change.row.id) === null
        ? [`I7 ${id} made ${change.put} ${change.row.id}, which is gone`]
        : [],
    )
  })
}

/** I5: every desk sends all that it ever did once more; nothing moves, every answer is the first. */
async function repeatedBroken(run: Run): Promise<string[]> {
  const broken: string[] = []
  const { model } = run.server
  const before = new Map(model.rows)
  for (const desk of run.desks) {
    const { deviceId } = desk.plan.identity
    if (run.server.revoked.has(deviceId) || desk.stores === null) continue
    const { outbox } = desk.stores
    const operations = []
    for (let seq = 1; seq <= outbox.lastSeq(); seq += 1) {
      const stored = outbox.bySeq(seq)
      if (stored !== null) operations.push({ body: stored.body, hash: stored.hash })
    }
    const text = JSON.stringify({
      protocol: PROTOCOL_VERSION,
      operations: operations.slice(0, 500),
    })
    const plain = { message: 'push' as const, device: deviceId, text, at: run.timeline.now() }
    const asked = { ...plain, nonce: `again-${desk.plan.name}` }
    const seal = sealOf(`secret of ${deviceId}`, asked)
    const reply = await run.timeline.outside(() => run.server.receive(0, { ...asked, seal }))
    if (reply?.status !== 200) broken.push(`I5 ${deviceId} sent all again: ${reply?.status}`)
  }
  for (const [key, row] of model.rows) {
    if (!isSame(row, before.get(key) ?? null))
      broken.push(`I5 ${key} moved when all was sent again`)
  }
  if (
    rowsOf(model.rows, 'loan').length !==
    [...before.keys()].filter((key) => key.startsWith('loan:')).length
  ) {
    broken.push('I5 a loan was made when all was sent again')
  }
  return broken
}
