/** What the outcome of an operation must agree with, looked at when it is written. */
import type { Change } from '../../../domain/change.ts'
import { isOperationKind, operationOf } from '../../../domain/operations/index.ts'
import type { LedgerOperation } from '../../../server/storage/ledger-storage.ts'

const opensException = (change: Change): boolean => 'put' in change && change.put === 'exception'

const isOfBrokenRule = (change: Change): boolean =>
  'put' in change && change.put === 'exception' && change.row.kind === 'rule-broken'

/** X1: the line of a file was recorded before. */
export const saysRepeated = ({ findings }: Pick<LedgerOperation, 'findings'>): boolean =>
  JSON.stringify(findings).includes('"line-recorded-already"')

export function outcomeBroken(operation: LedgerOperation): string[] {
  const { id, kind, outcome, changes } = operation
  const broken: string[] = []
  if (!isOperationKind(kind)) {
    return outcome === 'quarantined' ? [] : [`I34 ${id} of unknown kind has outcome ${outcome}`]
  }
  const { evidence } = operationOf(kind)
  if (evidence === 'physical' && outcome === 'refused')
    broken.push(`I7 ${id} is a fact and was refused`)
  if (outcome === 'refused' && changes.length > 0) {
    broken.push(`I22 ${id} was refused and changed something`)
  }
  const opened = changes.filter(opensException).length
  if (outcome === 'applied-with-exception' && opened === 0) {
    broken.push(`I22 ${id} has outcome ${outcome} and opened no exception`)
  }
  if (outcome === 'applied' && opened > 0 && kind !== 'operation.undo') {
    broken.push(`I22 ${id} has outcome ${outcome} and opened ${opened} exceptions`)
  }
  if (evidence === 'intent' && changes.some(isOfBrokenRule)) {
    broken.push(`I22 ${id} was only asked for, broke a rule and was applied`)
  }
  // X1: the line of the file left its trace when it was recorded first.
  const isRepeated = saysRepeated(operation)
  const isLost = outcome.startsWith('applied') && changes.length === 0 && !isRepeated
  if (kind === 'loan.check-out' && isLost) {
    // The same reader had it already: nothing moves, and an exception or an answer says so.
    broken.push(`I7 ${id} left no trace`)
  }
  broken.push(...keptForAnother(operation))
  return broken
}

/** What a desk told its staff to keep an item for, and nothing else, is what it is kept for. */
function keptForAnother({ id, kind, body, changes }: LedgerOperation): string[] {
  if (kind === 'operation.undo' || kind === 'exception.settle') return []
  const { promised } = JSON.parse(body) as { promised?: { holdId?: string | null } }
  // A program of before tells nobody, and the city chooses.
  if (promised?.holdId === undefined) return []
  const told = promised.holdId
  return changes.flatMap((change) => {
    if (!('patch' in change) || change.patch !== 'hold') return []
    const { state } = change.set
    const isKept = state === 'on-shelf' || state === 'in-transit'
    return isKept && change.id !== told ? [`H8 ${id} keeps for ${change.id}, told was ${told}`] : []
  })
}
