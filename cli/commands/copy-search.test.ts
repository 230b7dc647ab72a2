/** The program asks real servers on this machine's loopback. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, describe, expect, it } from 'vitest'

import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { startSruServer } from '../../test/builders/sru-server.ts'

const program = join(import.meta.dirname, '../citydesk.mjs')
const folder = mkdtempSync(join(tmpdir(), 'citydesk-copy-search-'))
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly exit: number | string | null
  readonly json: unknown
}

function run(...args: string[]): Promise<Ended> {
  const env = { ...process.env, CITYDESK_HOME: join(folder, 'home') }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args, '--json'], { env }, (error, stdout) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? ''
      resolve({ exit: error === null ? 0 : (error.code ?? null), json: JSON.parse(last) })
    })
  })
}

describe('SRU', () => {
  it('finds a record by its ISBN, and keeps it for an import', async () => {
    const server = await startSruServer([bibToMarcRecord(aGoodRecord())])
    closing.push(server.stop)
    const out = join(folder, 'found.mrc')
    const asked = ['--sru', server.address, '--profile', 'cnmarc', '--out', out]
    const { exit, json } = await run('copy-search', '978-7-5001-6208-7', ...asked)
    expect([exit, json]).toMatchObject([
      0,
      {
        asked: 1,
        found: 1,
        file: out,
        answers: [
          { state: 'answered', total: 1, records: [{ title: '小王子', isbn: '9787500162087' }] },
        ],
      },
    ])
    const taken = await run('import', out)
    expect(taken).toMatchObject({ exit: 0, json: { read: 1, imported: 1, refused: [] } })
  })

  it('1 where a catalogue is not there, and says why', async () => {
    const { exit, json } = await run('copy-search', '红楼梦', '--sru', 'http://127.0.0.1:9/x')
    expect([exit, json]).toMatchObject([
      1,
      { found: 0, answers: [{ state: 'failed', trouble: 'unreachable' }] },
    ])
  })

  it.each([
    ['nothing to look for', ['copy-search']],
    ['no catalogue', ['copy-search', 'x']],
    ['no address', ['copy-search', 'x', '--sru', 'a'.repeat(301)]],
    ['two at once', ['copy-search', 'x', '--sru', 'http://a/', '--z3950', 'a:1/b']],
  ])('2 for %s', async (_name, args) => {
    expect(await run(...args)).toEqual({ exit: 2, json: { error: expect.any(String) } })
  })
})

const onPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((place) => existsSync(join(place, name)))

async function startZtest(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const child = spawn('yaz-ztest', ['-t', '1', `tcp:127.0.0.1:${port}`], { stdio: 'ignore' })
  closing.push(() => child.kill('SIGKILL'))
  await new Promise<void>((resolve) => {
    const knock = (): void => {
      const line = connect(port, '127.0.0.1', () => {
        line.destroy()
        resolve()
      })
      line.on('error', () => setTimeout(knock, 50))
    }
    knock()
  })
  return `127.0.0.1:${port}/Default`
}

describe.skipIf(!onPath('yaz-ztest') || !onPath('yaz-client'))(
  'Z39.50 (skipped where Debian’s package yaz is not installed)',
  () => {
    it('finds records in the test server of yaz', async () => {
      const { exit, json } = await run('copy-search', 'computer', '--z3950', await startZtest())
      expect([exit, json]).toMatchObject([0, { asked: 1, answers: [{ state: 'answered' }] }])
      const [answer] = (json as { answers: { records: { title: string }[] }[] }).answers
      expect(answer?.records[0]?.title).toBe('How to program a computer')
    })
  },
)
