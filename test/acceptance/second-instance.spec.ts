/** One desk, one program: a second one is turned away and told by whom. */
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'

const root = resolve(import.meta.dirname, '..', '..')

let city: RunningCity
let desk: RunningDesk

beforeAll(async () => {
  city = await startCity()
  desk = await city.startDesk('A')
}, 180_000)
afterAll(() => city.stop(), 60_000)

interface Ended {
  readonly status: number | null
  readonly said: string
}

async function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, BROWSER: 'none', CITYDESK_KEYS: `${city.home}-keys` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const [out, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { status, said: `${out}${errors}` }
}

describe('同一个工作台开两次', () => {
  it('第二个程序被拒绝，说明是谁在用', async () => {
    const pid = await desk.enginePid()
    const start = join('tools', 'start.ts')
    const second = await run(start, '--home', city.home, '--desk', 'A', '--scanner', 'none')
    expect(second.status).toBe(3)
    expect(second.said).toContain('already open in another program')
    expect(second.said).toContain(String(pid))
  })

  it('命令行也不碰它，退出码 3', async () => {
    const command = ['search', '三体', '--home', desk.home]
    const refused = await run(join('cli', 'citydesk.mjs'), ...command)
    expect(refused.status).toBe(3)
    expect(refused.said).toContain(String(await desk.enginePid()))
  })

  it('第一个程序照常工作', async () => {
    const page = new DeskPage(await desk.open())
    await page.signIn('chen')
    await page.goTo('lend')
    await page.lend.scanReader('0440050000101')
    expect(await page.lend.scanItem('04400510000001')).toBe('done')
    await page.allSent()
    expect(city.complaints).toEqual([])
  })
})
