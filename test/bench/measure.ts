/** Percentiles and tables for the benches. A figure is printed and kept, never asserted. */
export interface Timing {
  readonly name: string
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** `samples` in ms. */
export function timing(name: string, samples: readonly number[]): Timing {
  const sorted = [...samples].toSorted((one, other) => one - other)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { name, count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export function timeEach(count: number, work: (index: number) => void): number[] {
  const samples: number[] = []
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now()
    work(index)
    samples.push(performance.now() - startedAt)
  }
  return samples
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1)

/** `goal` is a sentence of design/performance.md, the same for all rows. */
export function timingTable(title: string, rows: readonly Timing[], goal: string): string {
  return [
    `| ${title} | n | p50 ms | p95 ms | p99 ms | goal |`,
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...rows.map(
      (row) =>
        `| ${row.name} | ${row.count} | ${ms(row.p50)} | ${ms(row.p95)} | ${ms(row.p99)} | ${goal} |`,
    ),
  ].join('\n')
}
