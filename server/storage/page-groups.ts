import type { Scope } from '../../domain/scopes.ts'

/**
 * Scopes in the order they are sent. Those of a desk's work are one sequence, so that an operation
 * that moved a record from one to another arrives whole (I15); the city's brief facts and the
 * catalogue come behind, each alone.
 */
export function pageGroups(
  scopes: readonly Scope[],
  hasMore: (scope: Scope) => boolean,
): readonly (readonly Scope[])[] {
  const wanted = scopes.filter((scope) => hasMore(scope))
  const behind: Scope[] = ['brief', 'catalogue']
  const groups = [
    wanted.filter((scope) => !behind.includes(scope)),
    ...behind.map((one) => wanted.filter((scope) => scope === one)),
  ]
  return groups.filter((group) => group.length > 0)
}

/**
 * Where a desk begins anew: its cursor is older than what is kept, or it holds nothing yet and the
 * scope has a base. Null where it may go on.
 */
export function restartOf(cursor: number, deleted: number, base: number): number | null {
  const start = Math.max(deleted, base)
  return cursor < deleted || (cursor === 0 && start > 0) ? start : null
}
