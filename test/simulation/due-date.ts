/** The due date that an operation gave, wherever it stands in its changes. */
import type { Change } from '../../domain/change.ts'

export function dueDateGiven({
  kind,
  changes,
}: {
  readonly kind: string
  readonly changes: readonly Change[]
}): string | null {
  if (kind !== 'loan.check-out' && kind !== 'loan.renew') return null
  for (const change of changes) {
    if ('put' in change && change.put === 'loan') return change.row.dueOn
    if ('patch' in change && change.patch === 'loan' && change.set.dueOn !== undefined) {
      return change.set.dueOn
    }
  }
  return null
}
