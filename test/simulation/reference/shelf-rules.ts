/** Numbers and labels, told from the rules and not from the operations. */
import type { Item } from '../../../domain/records.ts'
import type { CityRows } from './city-rows.ts'
import { outcomeOf } from './ledger-rules.ts'
import { rowIn, rowsOf } from './table.ts'

export function shelvesBroken(city: CityRows): string[] {
  return [...numbersBroken(city), ...provisionalBroken(city), ...printedBroken(city)]
}

/** C43, C44: what rooms were given is of one title, unless the second one says that it is one. */
function numbersBroken(city: CityRows): string[] {
  const given = rowsOf(city.rows, 'book-number').filter(
    ({ id, text }) => text !== null && outcomeOf(city, id) !== 'applied-with-exception',
  )
  const places = Map.groupBy(given, (one) => `${one.schemeId} ${one.classNumber}/${one.text}`)
  return [...places].flatMap(([place, alike]) => {
    const titles = new Set(alike.map(({ titleId }) => titleId))
    return titles.size > 1 ? [`C44 ${place} is of ${[...titles].join(' and ')}`] : []
  })
}

/** C42: the city has given every number that it knows of. */
const provisionalBroken = ({ rows }: CityRows): string[] =>
  rowsOf(rows, 'book-number')
    .filter(({ text }) => text === null)
    .map(({ id }) => `C42 ${id} has no number at the city`)

/** C50, C51: what is not owed is on the spine. */
function printedBroken({ rows }: CityRows): string[] {
  return rowsOf(rows, 'spine-label').flatMap(({ id, printed, isDue }) => {
    const item: Item | null = rowIn(rows, 'item', id)
    const isOwed = item !== null && item.callNumber !== null && item.callNumber !== printed
    return isOwed && !isDue ? [`C51 ${id} is called ${item.callNumber}, its spine ${printed}`] : []
  })
}
