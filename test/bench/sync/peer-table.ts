import { timing } from '../measure.ts'
import { leftOut } from './contestants.ts'
import type { PeerResult, PeerRun } from './contest.ts'
import type { PeerFigures, PeerSizes } from './sync-peer.ts'

const ABSENT = '–'

/** One row a contestant: medians of its runs, the lowest and the highest behind them. */
export function peerTable(results: readonly PeerResult[], sizes: PeerSizes): string {
  const { rows, writes, samples } = sizes
  return [
    `${count(rows)} rows of about 315 bytes (385 as JSON); ${count(writes)} rows written on a client that is cut off, one a transaction, then pushed until the authority counts them; ${samples} commits of another writer until the client shows them. Client, server and database share one machine and its loopback.`,
    '',
    '| system | client store | first sync, rows/s | s | propagation p50 ms | p99 ms | local writes/s | pushed rows/s | of | client MB | server MB | database MB | load |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...results.map(peerRow),
    '',
    ...notes(results),
  ].join('\n')
}

export function peerRow({ contestant, runs }: PeerResult): string {
  const known = runs.flatMap(({ figures }) => figures ?? [])
  const first = known[0]
  const over = (figure: (of: PeerFigures) => number | null | undefined, digits = 0): string =>
    spread(known.map(figure), digits)
  const delay = (of: PeerFigures, which: 'p50' | 'p99'): number | null =>
    of.propagation === null ? null : timing('', of.propagation)[which]
  const cells = [
    first === undefined ? contestant.name : `${contestant.name} ${first.version}`,
    first?.kind ?? ABSENT,
    over(({ bootstrap }) => bootstrap && perSecond(bootstrap.rows, bootstrap.ms)),
    over(({ bootstrap }) => bootstrap && bootstrap.ms / 1000, 2),
    over((of) => delay(of, 'p50'), 1),
    over((of) => delay(of, 'p99'), 1),
    over(({ localWrites }) => localWrites && perSecond(localWrites.count, localWrites.ms)),
    over(({ push }) => push && perSecond(push.durable, push.ms)),
    first?.push ? count(first.push.durable) : ABSENT,
    over(({ clientPeakMb }) => clientPeakMb),
    over(({ serverPeakMb }) => serverPeakMb),
    spread(
      runs.map(({ databaseMb }) => databaseMb),
      0,
    ),
    spread(
      runs.map(({ load }) => load),
      1,
    ),
  ]
  return `| ${cells.join(' | ')} |`
}

function notes(results: readonly PeerResult[]): string[] {
  return [
    ...results.flatMap(({ contestant, runs }) => [
      `- ${contestant.name}: ${contestant.note}.${runs.map(brokenOff).join('')}`,
    ]),
    ...leftOut.map(({ name, reason }) => `- ${name} is left out: ${reason}.`),
  ]
}

const brokenOff = ({ failure }: PeerRun): string =>
  failure === null ? '' : ` Broke off at ${failure.phase}: ${failure.says.split('\n')[0] ?? ''}.`

const perSecond = (amount: number, ms: number): number => (amount / ms) * 1000

const count = (amount: number): string => Math.round(amount).toLocaleString('en')

function spread(values: readonly (number | null | undefined)[], digits: number): string {
  const sorted = values
    .filter((value) => value !== null && value !== undefined)
    .toSorted((one, other) => one - other)
  const [lowest, highest] = [sorted[0], sorted.at(-1)]
  if (lowest === undefined || highest === undefined) return ABSENT
  const text = (value: number): string => (digits === 0 ? count(value) : value.toFixed(digits))
  const middle = text(median(sorted))
  return text(lowest) === text(highest) ? middle : `${middle} (${text(lowest)}–${text(highest)})`
}

function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}
