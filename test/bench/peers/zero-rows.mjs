/** The schema, the queries and the mutator that the client and the API server share. */
import {
  createBuilder,
  createSchema,
  defineMutator,
  defineMutators,
  defineQueries,
  defineQuery,
  number,
  string,
  table,
} from '@rocicorp/zero'

const rows = table('rows')
  .columns({
    id: string(),
    barcode: string(),
    branch: string(),
    state: string(),
    title: string(),
    note: string(),
    at: number(),
  })
  .primaryKey('id')

export const schema = createSchema({ tables: [rows] })
const build = createBuilder(schema)

export const queries = defineQueries({
  all: defineQuery(() => build.rows),
  ofOthers: defineQuery(() => build.rows.where('id', 'LIKE', 'other-%')),
})
/** For counting on the client alone. */
export const ofBranch = (branch) => build.rows.where('branch', branch)

export const mutators = defineMutators({
  add: defineMutator(async ({ tx, args }) => tx.mutate.rows.insert(args)),
})
