/** The engine is killed fifty times while it lends; nothing that was acknowledged may be lost. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { put } from '../../domain/change.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import { superviseEngine } from '../../main/browser/engine-supervisor.ts'
import type { EngineSupervisor } from '../../main/browser/engine-supervisor.ts'
import type { EngineLine } from '../../main/sync/keep-engine.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import { makeVerifier } from '../../main/engine/verify-password.ts'
import { aReader, aStaff, anItem } from '../builders/city.ts'

const KILLS = 50
const key = randomBytes(32)
const folder = mkdtempSync(join(tmpdir(), 'citydesk-kills-'))
const home = join(folder, 'home')
const barcodes = Array.from({ length: 40 }, (_, index) => `044005${String(index).padStart(8, '0')}`)
let engine: EngineSupervisor

beforeAll(async () => {
  const desk = openHeadless(home, key)
  const local = { ownerLibraryId: 'local', homeBranchId: 'local', atBranchId: 'local' }
  const verifier = await makeVerifier('Sample-2026!')
  desk.stores.replica.applyPage({
    entries: [
      {
        scope: 'city',
        number: 2,
        changes: [put('staff', aStaff({ username: 'chen', branchIds: ['local'], verifier }))],
      },
      {
        scope: 'branch:local',
        number: 1,
        changes: [
          put('reader', aReader({ category: 'institution', homeLibraryId: 'local' })),
          ...barcodes.map((barcode) => put('item', anItem({ ...local, id: barcode, barcode }))),
        ],
      },
    ],
    settled: [],
    redecide: () => [],
  })
  await desk.close()
  engine = superviseEngine({
    home,
    keyHex: key.toString('hex'),
    keyProtection: 'file',
    deviceKeyPath: join(folder, 'device.pem'),
    enrolment: null,
    serverUrl: null,
    scanner: 'none',
    shellId: randomUUID(),
    version: 'test',
    sampleAccounts: [],
  })
  await engine.started
}, 60_000)

afterAll(async () => {
  await engine.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly reply: string
  readonly id: number
  readonly answer: { readonly outcome: string; readonly operationId: string | null }
}

/** A screen that reopens its line and asks again, as the page does. */
function openScreen() {
  let line: EngineLine | null = null
  let calls = 0
  const waiting = new Map<number, (answer: Answer | null) => void>()
  const reconnect = async (): Promise<EngineLine> => {
    while (line === null) {
      line = engine.openLine(
        (reply) => waiting.get((reply as Answer).id)?.(reply as Answer),
        () => {
          line = null
          for (const give of waiting.values()) give(null)
        },
      )
      if (line === null) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return line
  }
  return async (call: Record<string, unknown>): Promise<Answer> => {
    for (;;) {
      const open = await reconnect()
      const id = (calls += 1)
      const answer = await new Promise<Answer | null>((resolve) => {
        waiting.set(id, resolve)
        open.call({ ...call, id })
      })
      waiting.delete(id)
      if (answer !== null) return answer
    }
  }
}

it('I1 loses no acknowledged operation in fifty kills', { timeout: 300_000 }, async () => {
  const ask = openScreen()
  const signIn = { username: 'chen', password: 'Sample-2026!' }
  await ask({ verb: 'ask', query: 'sign-in', ask: signIn })

  const acknowledged = new Map<string, string>()
  let kills = 0
  let round = 0
  const killer = setInterval(() => {
    const pid = engine.pid()
    if (pid === null || kills >= KILLS || acknowledged.size < kills * 2) return
    kills += 1
    process.kill(pid, 'SIGKILL')
  }, 37)
  const isEnough = (): boolean => kills >= KILLS
  while (!isEnough()) {
    const barcode = barcodes[round % barcodes.length]
    const isLending = Math.floor(round / barcodes.length) % 2 === 0
    const kind = isLending ? 'loan.check-out' : 'loan.check-in'
    const payload = isLending
      ? { barcode, card: aReader().cardNumber, dueOn: null }
      : { barcode, returnedOn: null }
    const requestId = randomUUID()
    const request = { requestId, kind, payload, overrides: [], isDryRun: false }
    const { answer } = await ask({ verb: 'perform', request })
    expect(answer.outcome).toBe('done')
    acknowledged.set(requestId, answer.operationId ?? '')
    round += 1
  }
  clearInterval(killer)
  await engine.stop()

  const outbox = openOutbox(join(home, 'outbox.db'), key)
  const kept = new Map([...acknowledged.keys()].map((id) => [id, outbox.byRequestId(id)?.id]))
  expect(kept).toEqual(acknowledged)
  expect(new Set(acknowledged.values()).size).toBe(acknowledged.size)
  expect(outbox.lastSeq()).toBe(acknowledged.size)
  outbox.close()
  console.info(`${kills} kills, ${acknowledged.size} acknowledged operations, all kept`)
})
