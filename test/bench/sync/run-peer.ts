/** One contestant, one run, in a process that the bench may kill: `run-peer.ts ORDER-AS-JSON`. */
import { pathToFileURL } from 'node:url'
import { benchRow } from './bench-row.ts'
import { peakMb } from './sync-peer.ts'
import type { PeerFigures, PeerModule, PeerNews, PeerSizes, PhaseName } from './sync-peer.ts'

export interface PeerOrder extends PeerSizes {
  readonly module: string
  readonly folder: string
  readonly postgresUrl: string | null
}

const tell = (news: PeerNews): void => {
  process.send?.(news)
}

async function run({ module, folder, postgresUrl, ...sizes }: PeerOrder): Promise<void> {
  const { openPeer } = (await import(pathToFileURL(module).href)) as PeerModule
  tell({ begun: 'seed' })
  const peer = await openPeer({ folder, postgresUrl, row: benchRow })
  await peer.seed(sizes.rows)
  let figures: PeerFigures = {
    version: peer.version,
    kind: peer.kind,
    bootstrap: null,
    propagation: null,
    localWrites: null,
    push: null,
    clientPeakMb: null,
    serverPeakMb: null,
  }
  const phase = async (name: PhaseName, work: () => Promise<Partial<PeerFigures>>) => {
    tell({ begun: name })
    figures = { ...figures, ...(await work()), ...memory(peer.serverPids) }
    tell({ figures })
  }
  const count = sizes.writes
  await phase('bootstrap', async () => ({ bootstrap: await peer.bootstrap(sizes.rows) }))
  await phase('propagation', async () => ({ propagation: await peer.propagation(sizes.samples) }))
  await phase('localWrites', async () => ({
    localWrites: { ...(await peer.localWrites(count)), count },
  }))
  await phase('push', async () => ({ push: { ...(await peer.push(count)), count } }))
  tell({ finished: true })
  await peer.close()
}

function memory(serverPids: readonly number[]) {
  const servers = serverPids.flatMap((pid) => peakMb(pid) ?? [])
  return {
    clientPeakMb: process.resourceUsage().maxRSS / 1024,
    serverPeakMb: servers.length === 0 ? null : servers.reduce((sum, mb) => sum + mb, 0),
  }
}

/** The bench is gone: nobody else would end the servers of this group. */
const endAll = (): void => {
  if (process.platform === 'win32') process.exit(1)
  process.kill(-process.pid, 'SIGKILL')
}
process.on('disconnect', endAll)
try {
  await run(JSON.parse(process.argv[2] ?? '') as PeerOrder)
} catch (error) {
  tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  process.exitCode = 1
}
process.off('disconnect', endAll)
process.disconnect()
