/** One kind of query measured. */
export interface SearchRow {
  readonly kind: string
  readonly queries: number
  /** Of the first query of this kind on a connection that was just opened; null where not measured. */
  readonly first: number | null
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  /** Share of the queries that found something. */
  readonly foundShare: number
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export function searchRow(
  kind: string,
  times: readonly number[],
  { found, first }: { readonly found: number; readonly first: number | null },
): SearchRow {
  const sorted = times.toSorted((a, b) => a - b)
  return {
    kind,
    queries: times.length,
    first,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? 0,
    foundShare: times.length === 0 ? 0 : found / times.length,
  }
}
