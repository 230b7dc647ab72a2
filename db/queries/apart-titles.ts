/** Which titles a person has looked at and told apart (Q8). */
import type { AskedAt, Stores } from './stores.ts'

const pairOf = (one: string, other: string): string =>
  one < other ? `${one}\n${other}` : `${other}\n${one}`

/** A title that became part of another is that one: what was told of it holds on. */
export function apartTitles(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
): (one: string, other: string) => boolean {
  const leadsTo = new Map(
    rows.select('title-redirect', '').map(({ id, intoId }): [string, string] => [id, intoId]),
  )
  const pairs = new Set<string>()
  for (const { titleIds } of rows.select('titles-apart', '')) {
    const standing = titleIds.map((id) => leadsTo.get(id) ?? id)
    for (const [at, one] of standing.entries()) {
      for (const other of standing.slice(at + 1)) pairs.add(pairOf(one, other))
    }
  }
  return (one, other) => pairs.has(pairOf(one, other))
}
