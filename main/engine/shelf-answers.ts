/** Answers about shelves, and the numbers and labels of what stands on them. */
import { dueLabels } from '../../db/queries/due-labels.ts'
import { numbering } from '../../db/queries/numbering.ts'
import { shelfList, shelfPlace, shelves } from '../../db/queries/shelf-list.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import type { AskOf } from '../../contract/queries.ts'
import type { Stores } from './stores.ts'

export function shelfAnswers(stores: Stores, now: () => AskedAt) {
  const here = () => stores.outbox.identity()?.branchId ?? null
  return {
    'shelf-list': (ask: AskOf<'shelf-list'>) => shelfList(stores, ask, now(), here()),
    shelves: () => shelves(stores, {}, now(), here()),
    'shelf-place': (ask: AskOf<'shelf-place'>) => shelfPlace(stores, ask, now(), here()),
    numbering: (ask: AskOf<'numbering'>) => numbering(stores, ask, now()),
    'due-labels': (ask: AskOf<'due-labels'>) => dueLabels(stores, ask, now(), here()),
    'number-schemes': () => ({
      schemes: stores.replica.row('number-schemes', 'city')?.schemes ?? [],
    }),
  }
}
