import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { contest } from './contest.ts'
import type { Contestant } from './contestants.ts'
import { peerTable } from './peer-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'citydesk-contest-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sizes = { rows: 500, writes: 40, samples: 4 }

/** A contestant that answers at once, except where `phases` says otherwise. */
function contestant(name: string, phases: string): Contestant {
  const module = join(folder, `${name}.mjs`)
  writeFileSync(
    module,
    `import { spawn } from 'node:child_process'
     import { once } from 'node:events'
     import { writeFileSync } from 'node:fs'
     const listening = "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })"
     const forever = () => new Promise(() => setInterval(() => {}, 1000))
     export async function openPeer({ row }) {
       const server = spawn(process.execPath, ['-e', listening])
       const [port] = await once(server.stdout, 'data')
       writeFileSync(${JSON.stringify(join(folder, name))}, port)
       return {
         name: ${JSON.stringify(name)}, version: '1.0.0', kind: 'memory', serverPids: [server.pid],
         seed: async () => {},
         bootstrap: async (rows) => ({ ms: 100, rows }),
         propagation: async (samples) => Array.from({ length: samples }, (_, at) => at + 1),
         localWrites: async (count) => ({ ms: row(count - 1, 'desk').id.startsWith('desk-') ? 20 : 0 }),
         push: async (count) => ({ ms: 10, durable: count }),
         close: async () => {},
         ${phases}
       }
     }`,
  )
  return { name, module, postgres: 'none', writesMax: null, note: 'made up' }
}

/** Whether its server takes calls: a dead process keeps its number where nobody buries it. */
function isAnswering(name: string): Promise<boolean> {
  const port = Number(readFileSync(join(folder, name), 'utf8'))
  return new Promise((done) => {
    const socket = dial(port, '127.0.0.1', () => done(true))
    socket.on('connect', () => socket.destroy()).on('error', () => done(false))
  })
}

const limits = {
  seed: 15_000,
  bootstrap: 15_000,
  propagation: 300,
  localWrites: 15_000,
  push: 15_000,
}

describe('contest', () => {
  test('keeps the figures of every phase, and the table shows medians per second', async () => {
    const prompt = contestant('prompt', '')
    const result = await contest(prompt, sizes, 1, { ...limits, propagation: 15_000 })

    expect(result.runs).toMatchObject([
      {
        failure: null,
        figures: {
          bootstrap: { ms: 100, rows: 500 },
          propagation: [1, 2, 3, 4],
          localWrites: { ms: 20, count: 40 },
          push: { ms: 10, durable: 40 },
        },
      },
    ])
    expect(peerTable([result], sizes)).toContain(
      '| prompt 1.0.0 | memory | 5,000 | 0.10 | 3.0 | 4.0 | 2,000 | 4,000 | 40 |',
    )
  })

  test('ends one that hangs, with all it started, and keeps what it had measured', async () => {
    const hanging = contestant('hanging', 'propagation: forever,')
    const { runs } = await contest(hanging, sizes, 3, limits)

    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({
      figures: { bootstrap: { rows: 500 }, propagation: null, push: null },
      failure: { phase: 'propagation', says: 'no answer in 0.3 s' },
    })
    await expect.poll(() => isAnswering('hanging')).toBe(false)
  })

  test('keeps what one says that throws', async () => {
    const failing = contestant('failing', `push: async () => { throw new Error('no route') },`)
    const { runs } = await contest(failing, sizes, 1, { ...limits, propagation: 15_000 })

    expect(runs[0]?.failure?.phase).toBe('push')
    expect(runs[0]?.failure?.says).toContain('no route')
    await expect.poll(() => isAnswering('failing')).toBe(false)
  })
})
