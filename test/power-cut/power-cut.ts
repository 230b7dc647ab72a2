/**
 * `npm run power-cut -- [--states 3000] [--seed 1] [--compare-every 10] [--operations 700] [--json]`
 * `… --state 17 --keep <folder>` builds one state of the desk again and leaves its disk there.
 *
 * Does the desk keep what it acknowledged when the power goes? A day at the desk over the real
 * engine (desk-day.ts: check-outs, check-ins, renewals, imports, undos, outcomes, feed pages; the
 * files encrypted) runs with recorder.c loaded, which writes down each write, truncation, fsync and
 * rename below its folder. The recording is cut at seeded places after the first acknowledgement, the
 * disk is rebuilt as it may be found then (disk.ts), and the desk opens it as after any power cut
 * (check-home.ts): all that was acknowledged must be there (I1), all files whole, the rows equal to
 * a replay from scratch (I12), and the desk must lend on.
 *
 * Three controls show that the harness sees loss where there is some: the outbox at
 * synchronous=NORMAL, a plain table that really ran at NORMAL, and a disk that ignores every fsync.
 * Exits with 1 where the desk lost anything, or a control lost nothing.
 *
 * Not shown: what a disk does that writes sectors nobody asked for, or loses synced ones.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compileRecorder, recordProgram, whyNotHere } from './record.ts'
import { add, noTotal, replay } from './replay.ts'
import type { Replay, Total } from './replay.ts'

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    operations: { type: 'string', default: '700' },
    'compare-every': { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    state: { type: 'string' },
    keep: { type: 'string' },
  },
})

/** Of the states of the desk itself, each control gets so many. */
const CONTROL_SHARE = 0.1
const CONTROL_STATES_MIN = 15
const PLAIN_LOANS = '1200'

/**
 * `sound`: nothing lost, nothing damaged · `lose`: a control that must lose something · `heal`: damaged
 * or not, nothing acknowledged is lost, and the mirror was needed for it (what the city had answered
 * may be lost: it is answered again). No run may end in an error that nobody typed.
 */
type Must = 'sound' | 'lose' | 'heal'

type Run = Omit<Replay, 'states' | 'scratch' | 'deepEvery'> & {
  readonly name: string
  readonly statesCount: number
  readonly must: Must
}

interface Row {
  readonly name: string
  readonly must: Must
  readonly seconds: number
  readonly total: Total
}

async function runAll(run: Run, folder: string): Promise<Row> {
  const started = performance.now()
  const workers = availableParallelism()
  const parts = Array.from({ length: workers }, (_, worker) =>
    replayApart({
      ...run,
      states: Array.from({ length: run.statesCount }, (_one, state) => state).filter(
        (state) => state % workers === worker,
      ),
      deepEvery: Number(values['compare-every']),
      scratch: join(folder, `disk-${worker}`),
    }),
  )
  const total = noTotal()
  for (const part of await Promise.all(parts)) add(total, part)
  const seconds = (performance.now() - started) / 1000
  return { name: run.name, must: run.must, seconds, total }
}

async function replayApart(asked: Replay): Promise<Total> {
  const worker = fork(join(import.meta.dirname, 'replay-worker.ts'))
  worker.send(asked)
  const [total] = (await Promise.race([
    once(worker, 'message'),
    once(worker, 'exit').then(([code]) => {
      throw new Error(`a replay ended with ${String(code)}`)
    }),
  ])) as [Total]
  return total
}

/** Where fsync costs nothing: the order of the calls is what counts, not the disk below. */
const fastFolder = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'citydesk-power-cut-'))

function isAsItMustBe({ must, total }: Row): boolean {
  const { damaged, statesWithLoss, problemsCount, salvaged, merged, untyped } = total
  if (untyped > 0) return false
  if (must === 'lose') return statesWithLoss > 0
  if (must === 'heal') return statesWithLoss === 0 && salvaged + merged > 0
  return damaged + statesWithLoss + problemsCount === 0
}

function table(rows: readonly Row[]): string {
  const heads = [
    'run',
    'states',
    'damaged',
    'lost some',
    'lost most',
    'salvaged',
    'merged',
    'untyped',
    'caught up',
    'I12',
    'per s',
  ]
  const lines = rows.map(({ name, total, seconds }) => [
    name,
    total.states,
    total.damaged,
    total.statesWithLoss,
    total.lostMax,
    total.salvaged,
    total.merged,
    total.untyped,
    total.caughtUp,
    total.compared,
    Math.round(total.states / seconds),
  ])
  return [heads, ...lines]
    .map((cells) => cells.map((cell, at) => String(cell).padEnd(at === 0 ? 34 : 10)).join(''))
    .join('\n')
}

async function runsIn(folder: string): Promise<Run[]> {
  const seed = Number(values.seed)
  const statesCount = Number(values.states)
  const library = compileRecorder(folder)
  const desk = await recordProgram(library, join(folder, 'desk'), 'desk-day.ts', [
    values.operations,
    values.seed,
  ])
  const [full, normal] = await Promise.all(
    ['FULL', 'NORMAL'].map((level) =>
      recordProgram(library, join(folder, level), 'plain-day.ts', [PLAIN_LOANS, level]),
    ),
  )
  if (full === undefined || normal === undefined) throw new Error('no plain recording')
  const control = {
    seed,
    statesCount: Math.max(CONTROL_STATES_MIN, Math.round(statesCount * CONTROL_SHARE)),
  }
  const asRecorded = { treatment: 'as-recorded' } as const
  const plain = { ...control, ...asRecorded, day: 'plain' } as const
  const ofDesk = { recorded: desk, day: 'desk' } as const
  const part = { ...ofDesk, ...control }
  return [
    { name: 'desk', ...ofDesk, ...asRecorded, seed, statesCount, must: 'sound' },
    { name: 'desk, its mirror gone', ...part, treatment: 'without-mirror', must: 'sound' },
    { name: 'plain SQL at FULL', ...plain, recorded: full, must: 'sound' },
    { name: 'outbox at NORMAL, mirrored', ...part, treatment: 'normal-with-mirror', must: 'heal' },
    { name: 'outbox on a lying disk, mirrored', ...part, treatment: 'outbox-lies', must: 'heal' },
    { name: 'control: plain SQL at NORMAL', ...plain, recorded: normal, must: 'lose' },
    {
      name: 'control: outbox at NORMAL',
      ...part,
      treatment: 'normal-without-mirror',
      must: 'lose',
    },
    { name: 'control: all on a lying disk', ...part, treatment: 'disk-lies', must: 'lose' },
  ]
}

async function main(): Promise<void> {
  const reason = whyNotHere()
  if (reason !== null) {
    console.log(`SKIPPED power-cut replay: ${reason}`)
    return
  }
  const folder = fastFolder()
  try {
    const runs = await runsIn(folder)
    const [desk] = runs
    if (values.state !== undefined && desk !== undefined) {
      const scratch = values.keep ?? join(folder, 'one')
      const one = { ...desk, states: [Number(values.state)], deepEvery: 1, scratch }
      console.log(JSON.stringify(await replay(one), null, 2))
      return
    }
    const rows: Row[] = []
    for (const run of runs) rows.push(await runAll(run, folder))
    const isGood = rows.every(isAsItMustBe)
    const report = { seed: Number(values.seed), states: Number(values.states), isGood, rows }
    if (!values.json) console.log(table(rows))
    const problems = rows
      .filter((row) => row.must === 'sound' || !isAsItMustBe(row))
      .flatMap(({ total }) => total.problems)
    if (!values.json) for (const problem of problems) console.log(problem)
    console.log(JSON.stringify(report))
    if (!isGood) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
