/**
 * Desks that all come back at once, each with its queue of an offline day, against real servers.
 *
 *   node test/bench/storm.ts [--desks 500] [--operations 400] [--clash-every 50] [--nodes 1]
 *     [--no-pull]
 *
 * Four desks share a service point; one lending in `--clash-every` is of an item that all four lend.
 */
import { parseArgs } from 'node:util'
import { timing } from './measure.ts'
import { storm } from './sync/push-storm.ts'
import type { StormResult } from './sync/push-storm.ts'

const CLIENTS = 2

export interface StormSizes {
  readonly desks: number
  readonly operations: number
  readonly clashEvery: number
  /** Servers on the one database. */
  readonly nodes: number
  readonly isPulling: boolean
}

export async function benchStorm(sizes: StormSizes): Promise<string> {
  const { desks, operations, clashEvery, nodes, isPulling } = sizes
  const log = { operations, desksPerBranch: 4, clashEvery }
  const given = { nodes, desks, log, batch: 500, isPulling, clients: CLIENTS }
  const result = await storm(given)
  return [
    `| ${desks} desks, ${operations} offline operations each, all back at once | |`,
    '| --- | ---: |',
    ...rowsOf(result).map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n')
}

function rowsOf(result: StormResult): [name: string, value: string][] {
  const { ledger, outcomes, operations, ms, caughtUpMs } = result
  const { p50, p99 } = timing('', result.answerMs)
  const lost = operations - ledger.operations
  return [
    ['all in after, s', (ms / 1000).toFixed(1)],
    ['operations/s', count((operations / ms) * 1000)],
    ['push answered, p50 ms', count(p50)],
    ['push answered, p99 ms', count(p99)],
    ['told to come again (busy)', count(result.busy)],
    ['connections that ended, sent again', count(result.broken)],
    ['failures of the server, sent again', `${result.failed} ${result.failures.join('; ')}`],
    ...Object.entries(outcomes).map(([name, of]): [string, string] => [name, count(of)]),
    [
      'in the ledger / lost / doubled',
      `${count(ledger.operations)} / ${lost} / ${ledger.operations - ledger.distinct}`,
    ],
    ['chains that do not add up', count(ledger.brokenChains)],
    ['loans left open, exceptions', `${count(ledger.openLoans)}, ${count(ledger.exceptions)}`],
    [
      'every desk had its service point’s news after, s',
      caughtUpMs === null ? '–' : (caughtUpMs / 1000).toFixed(1),
    ],
    ['pulled, MB', count(result.pulledMb)],
    ['server, peak MB', count(result.serverPeakMb)],
    ['PostgreSQL, MB', result.databaseMb === null ? '–' : count(result.databaseMb)],
    ['server CPU, µs an operation', count(result.serverCpuUs)],
    ['PostgreSQL CPU, µs an operation', count(result.databaseCpuUs)],
    [
      'ledger and feed, bytes an operation',
      `${count(ledger.operationBytes / operations)} + ${count(ledger.feedBytes / operations)}`,
    ],
    ['load average as it began', result.load.toFixed(1)],
  ]
}

const count = (amount: number): string => Math.round(amount).toLocaleString('en')

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      desks: { type: 'string', default: '500' },
      operations: { type: 'string', default: '400' },
      'clash-every': { type: 'string', default: '50' },
      nodes: { type: 'string', default: '1' },
      'no-pull': { type: 'boolean', default: false },
    },
  })
  const table = await benchStorm({
    desks: Number(values.desks),
    operations: Number(values.operations),
    clashEvery: Number(values['clash-every']),
    nodes: Number(values.nodes),
    isPulling: !values['no-pull'],
  })
  process.stdout.write(`${table}\n`)
}
