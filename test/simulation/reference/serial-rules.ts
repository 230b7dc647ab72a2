/** Serials, told from the rules and not from the operations. */
import type { SerialIssue } from '../../../domain/serial-records.ts'
import type { CityRows } from './city-rows.ts'
import { rowIn, rowsOf } from './table.ts'

export function serialsBroken(city: CityRows): string[] {
  const issues = rowsOf(city.rows, 'serial-issue')
  return [...heldBroken(city, issues), ...volumesBroken(city, issues), ...labelledBroken(issues)]
}

/**
 * J10: what the city is told of a year is what the service point has of it, loose or bound; but what
 * came before the city knew the subscription (J1): a person looks at that.
 */
function heldBroken(city: CityRows, issues: readonly SerialIssue[]): string[] {
  const { rows } = city
  const bySubscription = Map.groupBy(issues, ({ subscriptionId }) => subscriptionId)
  return rowsOf(rows, 'subscription').flatMap(({ id, heldTo40 }) => {
    if (isToldEarly(city, id)) return []
    const kept = (bySubscription.get(id) ?? []).filter(
      ({ copiesCount, boundItemId }) => copiesCount > 0 || boundItemId !== null,
    )
    const ordinals = new Set(
      kept.flatMap(({ ordinal, lastOrdinal }) =>
        Array.from({ length: lastOrdinal - ordinal + 1 }, (_, at) => ordinal + at),
      ),
    )
    const told = Array.from({ length: 40 }, (_, at) => at + 1).filter(
      (ordinal) => Math.floor(heldTo40 / 2 ** (ordinal - 1)) % 2 === 1,
    )
    const isTrue = told.length === ordinals.size && told.every((ordinal) => ordinals.has(ordinal))
    return isTrue
      ? []
      : [`J10 ${id} is told to have ${told.join()}, and has ${[...ordinals].join()}`]
  })
}

const isToldEarly = ({ rows, operations }: CityRows, subscriptionId: string): boolean =>
  rowsOf(rows, 'exception').some(
    ({ rules, operationId }) =>
      rules.includes('J1') && operations.get(operationId)?.body.includes(subscriptionId) === true,
  )

/** J9 */
const volumesBroken = ({ rows }: CityRows, issues: readonly SerialIssue[]): string[] =>
  issues.flatMap(({ id, boundItemId }) =>
    boundItemId === null || rowIn(rows, 'item', boundItemId) !== null
      ? []
      : [`J9 ${id} is bound in ${boundItemId}, which is no item`],
  )

/** J11: a copy is of one issue. */
function labelledBroken(issues: readonly SerialIssue[]): string[] {
  const placed = issues.flatMap(({ id, itemIds }) => itemIds.map((itemId) => ({ id, itemId })))
  return [...Map.groupBy(placed, ({ itemId }) => itemId)].flatMap(([itemId, places]) =>
    places.length > 1
      ? [`J11 ${itemId} is a copy of ${places.map(({ id }) => id).join(' and ')}`]
      : [],
  )
}
