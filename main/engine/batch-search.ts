/** Which records a batch would change: chosen by words, by a rule or by numbers, then tried. */
import { BATCH_MAX } from '../../contract/batch-shapes.ts'
import type { AskOf } from '../../contract/queries.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'
import type { Stores } from './stores.ts'

type Looking = Pick<AskOf<'batch-look'>, 'selection' | 'kind' | 'fix'> & { readonly year: number }

export interface FoundBatch {
  /** Those that the fix would change. */
  readonly ids: readonly string[]
  readonly lookedCount: number
  readonly isCut: boolean
}

/** Tried at once: full records cross from thread to thread. */
const TRIED = 250

export async function lookForBatch(
  stores: Stores,
  looking: Looking,
  signal: AbortSignal,
  tell: (counts: { lookedCount: number; changingCount: number }) => void,
): Promise<FoundBatch> {
  const ids: string[] = []
  let lookedCount = 0
  for await (const chosen of chosenIds(stores, looking)) {
    const ofKind = withKind(stores, chosen.ids, looking.kind)
    for (let at = 0; at < ofKind.length; at += TRIED) {
      const { fix, year } = looking
      const tried = ofKind.slice(at, at + TRIED)
      const fixed = await stores.survey.ask('fix', { ids: tried, fix, year })
      ids.push(...fixed.map(({ id }) => id))
      if (signal.aborted) return { ids: [], lookedCount, isCut: false }
    }
    lookedCount += chosen.lookedCount
    tell({ lookedCount, changingCount: Math.min(ids.length, BATCH_MAX) })
    if (ids.length > BATCH_MAX) break
  }
  const once = [...new Set(ids)]
  return { ids: once.slice(0, BATCH_MAX), lookedCount, isCut: once.length > BATCH_MAX }
}

interface Chosen {
  readonly ids: readonly string[]
  readonly lookedCount: number
}

async function* chosenIds(
  stores: Stores,
  { selection, year }: Looking,
): AsyncGenerator<Chosen, void> {
  switch (selection.by) {
    case 'search': {
      const { text } = selection
      const ids = await stores.survey.ask('match', { text, limit: 2 * BATCH_MAX })
      yield { ids, lookedCount: ids.length }
      return
    }
    case 'rule':
      yield* faultyIds(stores, selection.rule, year)
      return
    case 'numbers':
      for (const number of selection.numbers) {
        const ids = await idsOfNumber(stores, number.trim())
        yield { ids, lookedCount: ids.length }
      }
  }
}

async function* faultyIds(
  stores: Stores,
  rule: string,
  year: number,
): AsyncGenerator<Chosen, void> {
  let after: number | null = 0
  while (after !== null) {
    const piece: Awaited<ReturnType<typeof lintedAfter>> = await lintedAfter(stores, after, year)
    const ids = piece.faulty
      .filter(({ faults }) => faults.some((fault) => fault.rule === rule))
      .map(({ id }) => id)
    yield { ids, lookedCount: piece.readCount }
    after = piece.next
  }
}

const lintedAfter = (stores: Stores, after: number, year: number) =>
  stores.survey.ask('lint', { ids: null, after, year })

async function idsOfNumber(stores: Stores, number: string): Promise<readonly string[]> {
  const byControlNumber = stores.catalogue.titlesByControlNumber(number).map(({ id }) => id)
  if (byControlNumber.length > 0) return byControlNumber
  const isbn = normaliseIsbn(number)
  return isbn === null ? [] : stores.survey.ask('match', { text: isbn, limit: 20 })
}

function withKind(
  stores: Stores,
  ids: readonly string[],
  kind: Looking['kind'],
): readonly string[] {
  if (kind === null) return ids
  const titles = stores.catalogue.titles(ids)
  return ids.filter((id) => titles.get(id)?.kind === kind)
}
