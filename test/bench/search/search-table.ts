/** The section of docs/benchmarks.md. */
import type { SearchBenchResult, SizeResult } from './search-results.ts'
import type { SearchRow } from './search-row.ts'

/** Design goals at 3.6 M titles (design/performance.md): p95 and p99 in ms. */
const GOALS = { typing: [1.2, 10], other: [5, 10], fed: [6, null] } as const
const GOAL_BYTES_A_TITLE = 350
const PARTS_SHOWN = 8

const ms = (value: number | null): string => (value === null ? '' : value.toFixed(2))

const rowOf = (row: SearchRow, [p95, p99]: readonly [number, number | null]): string =>
  `| ${row.kind} | ${row.queries} | ${Math.round(row.foundShare * 100)} % | ${ms(row.first)} | ${ms(row.p50)} | ${ms(row.p95)} | ${ms(row.p99)} | ${ms(row.max)} | ${p95} | ${p99 ?? ''} |`

const HEAD = [
  '| query kind | n | found | first ms | p50 ms | p95 ms | p99 ms | max ms | goal p95 | goal p99 |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
]

function sizeTable(result: SizeResult): string {
  const { size, parts } = result
  const shown = parts
    .slice(0, PARTS_SHOWN)
    .map(({ name, bytes }) => `${name} ${Math.round(bytes / size)}`)
  const free = parts.find(({ name }) => name === 'free')
  return [
    `| ${size} titles | measured | goal |`,
    '| --- | ---: | ---: |',
    `| built in one go, s | ${(result.buildMs / 1000).toFixed(1)} | |`,
    `| built in one go, titles/s | ${Math.round(size / (result.buildMs / 1000))} | |`,
    `| bytes a title, index included, records left out | ${result.bytesPerTitle} | ${GOAL_BYTES_A_TITLE} |`,
    `| taken change by change in batches of 100, changes/s | ${result.applyPerSecond} | 500 |`,
    '',
    `Bytes a title by table: ${shown.join(', ')}, free ${Math.round((free?.bytes ?? 0) / size)}.`,
    '',
    ...HEAD,
    ...result.rows.map((row) => rowOf(row, row.kind === 'typing' ? GOALS.typing : GOALS.other)),
    '',
    `While ${result.updatesPerSecond} changes/s of the feed came in, through the thread:`,
    '',
    ...HEAD,
    ...result.underFeed.map((row) => rowOf(row, GOALS.fed)),
  ].join('\n')
}

export function searchTable({ sizes, peers, peerTitles }: SearchBenchResult): string {
  const ours = sizes.find(({ size }) => size === peerTitles)
  const of = (rows: readonly SearchRow[], kind: string): string => {
    const row = rows.find((one) => one.kind === kind)
    return row === undefined ? '' : `${ms(row.p50)} / ${ms(row.p95)} / ${ms(row.p99)}`
  }
  const all = [
    ...(ours === undefined
      ? []
      : [
          {
            name: 'CityDesk',
            note: `${ours.bytesPerTitle} bytes a title on disk, encrypted`,
            buildMs: ours.buildMs,
            rows: ours.rows,
          },
        ]),
    ...peers,
  ]
  const kinds = peers.flatMap(({ rows }) => rows.map(({ kind }) => kind))
  const beside = [
    `Beside others, ${peerTitles} of the same titles, the same queries, 50 rows wanted; p50 / p95 / p99 in ms:`,
    '',
    `| | ${all.map(({ name }) => name).join(' | ')} |`,
    `| --- | ${all.map(() => '---:').join(' | ')} |`,
    `| built, s | ${all.map(({ buildMs }) => (buildMs / 1000).toFixed(1)).join(' | ')} |`,
    `| size | ${all.map(({ note }) => note).join(' | ')} |`,
    ...[...new Set(kinds)].map(
      (kind) => `| ${kind} | ${all.map(({ rows }) => of(rows, kind)).join(' | ')} |`,
    ),
  ]
  return [...sizes.map(sizeTable), ...(peers.length === 0 ? [] : [beside.join('\n')])].join('\n\n')
}
