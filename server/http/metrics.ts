/**
 * What an operator's monitoring reads, in the text form of Prometheus, on a port of its own. Labels
 * are routes and kinds, never a device's, a reader's or an item's (I32, and thousands of series).
 */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Metrics {
  readonly count: (name: CounterName, label: string, by?: number) => void
  readonly observe: (route: string, ms: number) => void
  /** Asked whenever they are read. */
  readonly gauge: (name: GaugeName, read: () => number | Promise<number>) => void
  readonly text: () => Promise<string>
}

const counters = {
  citydesk_requests_total: 'Requests, by route and status.',
  citydesk_operations_total: 'Operations taken from desks, by outcome.',
  citydesk_refused_total: 'Requests that were refused, by reason.',
} as const
type CounterName = keyof typeof counters

const gauges = {
  citydesk_live_desks: 'Desks on the live channel.',
  citydesk_event_loop_lag_ms: 'Longest wait of the event loop in the last second.',
  citydesk_brief_waiting: 'Facts that the brief feed has not told yet.',
  citydesk_resident_bytes: 'Memory of this process.',
} as const
type GaugeName = keyof typeof gauges

const BUCKETS_MS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000]

export function openMetrics(): Metrics {
  const counted = new Map<string, number>()
  const read = new Map<GaugeName, () => number | Promise<number>>([
    ['citydesk_resident_bytes', () => process.memoryUsage.rss()],
  ])
  const timed = new Map<string, { buckets: number[]; sum: number; count: number }>()
  return {
    count(name, label, by = 1) {
      const key = `${name}{of="${label}"}`
      counted.set(key, (counted.get(key) ?? 0) + by)
    },
    observe(route, ms) {
      const of = timed.get(route) ?? { buckets: BUCKETS_MS.map(() => 0), sum: 0, count: 0 }
      for (const [index, most] of BUCKETS_MS.entries()) {
        if (ms <= most) of.buckets[index] = (of.buckets[index] ?? 0) + 1
      }
      of.sum += ms
      of.count += 1
      timed.set(route, of)
    },
    gauge: (name, ask) => read.set(name, ask),
    async text() {
      const lines: string[] = []
      for (const [name, help] of Object.entries(counters)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`)
        for (const [key, value] of counted)
          if (key.startsWith(`${name}{`)) lines.push(`${key} ${value}`)
      }
      for (const [name, help] of Object.entries(gauges)) {
        const ask = read.get(name as GaugeName)
        if (ask === undefined) continue
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${await ask()}`)
      }
      const name = 'citydesk_request_ms'
      lines.push(`# HELP ${name} Time of requests, by route.`, `# TYPE ${name} histogram`)
      for (const [route, { buckets, sum, count }] of timed) {
        for (const [index, most] of BUCKETS_MS.entries()) {
          lines.push(`${name}_bucket{route="${route}",le="${most}"} ${buckets[index] ?? 0}`)
        }
        lines.push(
          `${name}_bucket{route="${route}",le="+Inf"} ${count}`,
          `${name}_sum{route="${route}"} ${sum}`,
          `${name}_count{route="${route}"} ${count}`,
        )
      }
      return `${lines.join('\n')}\n`
    },
  }
}

/** On loopback only: a monitoring agent of this machine, or a tunnel. */
export async function serveMetrics(
  metrics: Metrics,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
      () => response.writeHead(503).end(),
    )
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
