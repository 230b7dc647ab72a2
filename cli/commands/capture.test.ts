import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../citydesk.mjs')
const recording = join(
  import.meta.dirname,
  '../../devices/captures/honeywell/reader-and-three-items.json',
)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-capture-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly exit: number | string | null
  readonly stdout: string
  readonly json: unknown
}

const run = (args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    execFile(process.execPath, [program, 'capture', ...args], (error, stdout) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? ''
      const json: unknown = args.includes('--json') ? JSON.parse(last) : null
      done({ exit: error === null ? 0 : (error.code ?? null), stdout, json })
    })
  })

describe('citydesk capture', () => {
  it('plays a recording', async () => {
    const { exit, json } = await run(['--replay', recording, '--json'])
    expect(exit).toBe(0)
    expect(json).toMatchObject({
      model: 'honeywell',
      isAsRecorded: true,
      scans: expect.arrayContaining([{ text: expect.any(String), aim: ']C0', atMs: 0 }]),
    })
    expect((await run(['--replay', recording])).stdout).toContain(']C0\t')
  })

  it('2 for a file that is no recording', async () => {
    const file = join(folder, 'no.json')
    for (const text of ['{', '{}', '{"origin":1}']) {
      writeFileSync(file, text)
      const { exit, json } = await run(['--replay', file, '--json'])
      expect([exit, json]).toEqual([2, { error: expect.any(String) }])
    }
    expect((await run(['--replay', join(folder, 'nowhere.json')])).exit).toBe(2)
  })

  // Whatever is plugged into the machine of the test: an answer in words, never a stack.
  it('says what this machine has', async () => {
    const { exit, json } = await run(['--list', '--json'])
    const says = json as { devices?: unknown[]; reason?: string }
    expect([says.devices === undefined, says.reason]).toEqual(
      exit === 2 ? [true, 'hid-unavailable'] : [false, undefined],
    )
    expect(exit === 1 ? says.devices : []).toEqual([])
  })

  it('2 for a time out of bounds', async () => {
    expect((await run(['--seconds', '0', '--json'])).exit).toBe(2)
  })
})
