/** Taking an operation back by a compensating one. Rules U1–U4 of docs/rules.md. */
import { z } from 'zod'
import { isOfCatalogue, joined, keyOfChange, kindOfChange, stillStands } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import type { LoggedOperation } from '../gathering.ts'
import { defineOperation, impossible } from '../operation.ts'
import { exceptionIdOf } from '../open-exception.ts'
import type { About, Ctx, Finding } from '../operation.ts'
import { mayDo } from '../policy/roles.ts'
import type { Permission } from '../policy/roles.ts'
import type { RecordKind, Records } from '../records.ts'
import { dateAt } from '../words/calendar-date.ts'
import { OperationId } from '../words/ids.ts'
import { aboutException, settled } from './settle-exception.ts'

const Payload = z.strictObject({ operation: OperationId, reason: z.string().max(200).nullable() })

const Summary = z.strictObject({ operation: z.string(), kind: z.string() })

/** `permissionOf`: the right that performing an operation needs; null where it cannot be undone. */
export const undoOf = (permissionOf: (kind: string) => Permission | null) =>
  defineOperation({
    kind: 'operation.undo',
    evidence: 'intent',
    // Whoever works at a desk; the undone operation's own permission decides (U2).
    permission: 'search-catalogue',
    audit: 'undo',
    payload: Payload,
    summary: Summary,
    subject: ({ operation }) =>
      aSubject({
        operationId: operation,
        exceptionId: exceptionIdOf(operation, 'request-refused'),
      }),
    decide(facts, payload, ctx) {
      const { operation, exception } = facts
      const about = aboutChanged(operation?.changes ?? [])
      const summary = { operation: payload.operation as string, kind: operation?.kind ?? '' }
      if (operation === null) {
        return { findings: [impossible('unknown-operation', 'U1')], changes: [], summary, about }
      }
      if (exception !== null && operation.changes.length === 0) {
        const isOpen = exception.settledAt === null
        return {
          // U6: the city refused it, and it was taken back before anybody looked.
          findings: [
            ...ownFindings(operation, ctx),
            ...(isOpen ? [] : [impossible('already-settled', 'U6')]),
          ],
          changes: [settled(exception, 'accepted', payload.reason, ctx)],
          summary,
          about: aboutException(exception),
        }
      }
      return {
        findings: [
          ...undoFindings(operation, permissionOf(operation.kind), facts.rowsNow, ctx),
          ...orphanFindings(facts, ctx),
          ...overtakenFindings(facts, ctx),
        ],
        // Last written, first taken back.
        changes: operation.inverse.toReversed(),
        summary,
        about,
      }
    },
  })

/** The first record of each kind that it wrote. */
function aboutChanged(changes: readonly Change[]): About {
  const first = (kind: RecordKind): string | null => {
    const change = changes.find((one) => kindOfChange(one) === kind)
    return change === undefined ? null : keyOfChange(change).slice(kind.length + 1)
  }
  return {
    itemId: first('item'),
    readerId: first('reader'),
    loanId: first('loan'),
    otherLoanId: null,
  }
}

function ownFindings({ branchId, at }: LoggedOperation, ctx: Ctx): Finding[] {
  const isOwn = branchId === ctx.branchId && dateAt(at) === ctx.today
  return isOwn || mayDo(ctx.staff.role, 'undo-any') ? [] : [impossible('other-branch', 'U1')]
}

function undoFindings(
  operation: LoggedOperation,
  permission: Permission | null,
  rowsNow: ReadonlyMap<string, Records[RecordKind] | null>,
  ctx: Ctx,
): Finding[] {
  const found = ownFindings(operation, ctx)
  // The same rules: who may not settle an exception may not unsettle one.
  const mayPerform = permission !== null && mayDo(ctx.staff.role, permission)
  // An entry of a ledger stays (I26): whoever bound a card's points to a reader corrects by hand.
  const addsToLedger = operation.changes.some((one) => kindOfChange(one) === 'ledger-entry')
  if (!mayPerform || addsToLedger || operation.changes.length === 0) {
    found.push(impossible('not-undoable', 'U2'))
  }
  // By this very operation: it is decided again, after a crash or for a page of the feed. Titles are
  // in a file of their own on the desk, which may have lost them already.
  const isDecidedAgain = operation.undoneBy === ctx.operationId
  const { changes } = operation
  const compared = isDecidedAgain ? changes.filter((change) => !isOfCatalogue(change)) : changes
  if (operation.undoneBy !== null && !isDecidedAgain) {
    found.push(impossible('already-undone', 'U3'))
  } else if (!stand(compared, rowsNow)) {
    found.push(impossible('changed-since', 'U4'))
  }
  return found
}

/** C57: books that were labelled since would be left without their title. */
function orphanFindings({ operation, itemsGivenSince }: Facts, ctx: Ctx): Finding[] {
  const isDecidedAgain = operation?.undoneBy === ctx.operationId
  if (itemsGivenSince.length === 0 || isDecidedAgain) return []
  const params = { count: itemsGivenSince.length, barcode: itemsGivenSince[0]?.barcode ?? '' }
  return [impossible('title-has-items', 'C57', { params })]
}

/** A1, Q14: what would come back has no place any more. */
function overtakenFindings(facts: Facts, ctx: Ctx): Finding[] {
  if (facts.operation?.undoneBy === ctx.operationId) return []
  return [
    ...(facts.headingsKeptSince.length === 0 ? [] : [impossible('heading-kept-already', 'A1')]),
    ...(facts.hiddenTitlesGone.length === 0 ? [] : [impossible('unknown-title', 'Q14')]),
  ]
}

/** All that an operation wrote to a record, in however many changes, is compared with it as it is. */
function stand(
  changes: readonly Change[],
  rowsNow: ReadonlyMap<string, Records[RecordKind] | null>,
): boolean {
  const wholeByKey = new Map<string, Change>()
  for (const change of changes) {
    const key = keyOfChange(change)
    const earlier = wholeByKey.get(key)
    wholeByKey.set(key, earlier === undefined ? change : joined(earlier, change))
  }
  return [...wholeByKey].every(([key, change]) => stillStands(change, rowsNow.get(key) ?? null))
}
