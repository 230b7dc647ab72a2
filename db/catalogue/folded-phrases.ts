/** Phrases as they are shown and as they are matched. */
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { foldField } from '../../domain/search/tokens.ts'
import type { Statement } from '../open.ts'
import { kept, openPhrases } from './phrases.ts'

export interface FoldedPhrases {
  readonly textOf: (number: number | null) => string | null
  readonly publisher: (number: number) => string
  readonly rest: (number: number) => string
}

/** Of a connection that only reads: what it has read stays true. */
export function openFoldedPhrases(
  sql: (text: string) => Statement,
  tables: SearchTables,
): FoldedPhrases {
  const { textOf } = openPhrases(sql, true)
  return {
    textOf,
    publisher: kept((number: number) => foldField.publisher(textOf(number), tables)),
    rest: kept((number: number) => foldField.rest(textOf(number), tables)),
  }
}
