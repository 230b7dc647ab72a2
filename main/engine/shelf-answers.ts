/** Answers about shelves, and the numbers and labels of what stands on them. */
import { dueLabels } from '../../db/queries/due-labels.ts'
import { numbering } from '../../db/queries/numbering.ts'
import { shelfList, shelfPlace, shelves } from '../../db/queries/shelf-list.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import type { shelfQueries } from '../../contract/shelf-shapes.ts'
import type { Answers } from './answers.ts'
import type { Stores } from './stores.ts'

export function shelfAnswers(
  stores: Stores,
  now: () => AskedAt,
): Pick<Answers, keyof typeof shelfQueries> {
  const here = () => stores.outbox.identity()?.branchId ?? null
  return {
    'shelf-list': (ask) => shelfList(stores, ask, now(), here()),
    shelves: () => shelves(stores, {}, now(), here()),
    numbering: (ask) => numbering(stores, ask, now()),
    'due-labels': (ask) => dueLabels(stores, ask, now(), here()),
    'number-schemes': () => ({
      schemes: stores.replica.row('number-schemes', 'city')?.schemes ?? [],
    }),
    'shelf-place': (ask) => shelfPlace(stores, ask, now(), here()),
  }
}
