/** Cuts the power at seeded places of a recording and looks at what is found each time. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { seeded } from '../simulation/random.ts'
import type { Random } from '../simulation/random.ts'
import { UNTYPED, checkHome, hear, nothingTold } from './check-home.ts'
import type { Found, History, Told } from './check-home.ts'
import { checkPlain } from './check-plain.ts'
import { Disk } from './disk.ts'
import { recordingOf } from './record.ts'
import type { Recorded } from './record.ts'
import { atNormal, lyingDisk, withoutMirror } from './recording.ts'
import type { DiskRecord, Recording } from './recording.ts'

/** What is done to the recording before the power goes. */
export type Treatment = keyof typeof treatments

const OUTBOX = 'home/outbox.db'

const treatments = {
  'as-recorded': (recording: Recording) => recording,
  'without-mirror': withoutMirror,
  'normal-without-mirror': (recording: Recording) => withoutMirror(atNormal(recording, OUTBOX)),
  'normal-with-mirror': (recording: Recording) => atNormal(recording, OUTBOX),
  'outbox-lies': (recording: Recording) => lyingDisk(recording, (path) => path.startsWith(OUTBOX)),
  // The key was made on a day when the disk was honest: without it there is nothing to look at.
  'disk-lies': (recording: Recording) => lyingDisk(recording, (path) => !path.startsWith('keys/')),
} as const satisfies Record<string, (recording: Recording) => Recording>

export interface Replay {
  readonly recorded: Recorded
  readonly day: 'desk' | 'plain'
  readonly treatment: Treatment
  readonly seed: number
  /** Numbers of the states, from 0. */
  readonly states: readonly number[]
  /** Every one of so many states is compared with a replay from scratch (I12). */
  readonly deepEvery: number
  /** Where disks are built. */
  readonly scratch: string
}

export interface Total {
  states: number
  /** By file: the outbox could not be opened, or a disposable file was begun anew. */
  damagedByFile: Record<string, number>
  damaged: number
  statesWithLoss: number
  lostMax: number
  caughtUp: number
  /** Outboxes made anew, and outboxes that took operations from the mirror. */
  salvaged: number
  merged: number
  /** Errors that no adapter typed. */
  untyped: number
  compared: number
  /** The first few, each with its state. */
  problems: string[]
  problemsCount: number
}

export const noTotal = (): Total => ({
  states: 0,
  damagedByFile: {},
  damaged: 0,
  statesWithLoss: 0,
  lostMax: 0,
  caughtUp: 0,
  salvaged: 0,
  merged: 0,
  untyped: 0,
  compared: 0,
  problems: [],
  problemsCount: 0,
})

const PROBLEMS_SHOWN = 8

export function add(total: Total, more: Total): void {
  for (const [file, count] of Object.entries(more.damagedByFile)) {
    total.damagedByFile[file] = (total.damagedByFile[file] ?? 0) + count
  }
  total.states += more.states
  total.damaged += more.damaged
  total.statesWithLoss += more.statesWithLoss
  total.lostMax = Math.max(total.lostMax, more.lostMax)
  total.caughtUp += more.caughtUp
  total.salvaged += more.salvaged
  total.merged += more.merged
  total.untyped += more.untyped
  total.compared += more.compared
  total.problemsCount += more.problemsCount
  total.problems = [...total.problems, ...more.problems].slice(0, PROBLEMS_SHOWN)
}

interface Cut {
  readonly state: number
  /** Records done before the power went. */
  readonly at: number
  readonly random: Random
}

/** Each state is its own seed, so that one can be looked at alone; in the order of the recording. */
function cutsOf({ states, seed }: Replay, records: readonly DiskRecord[]): Cut[] {
  const first = records.findIndex(({ op }) => op === 'ack')
  return states
    .map((state) => {
      const random = seeded(Math.imul(seed, 0x9e37_79b1) + state)
      const at = first + 1 + Math.floor(random.next() * (records.length - first - 1))
      return { state, at, random }
    })
    .toSorted((one, other) => one.at - other.at)
}

/** The disks are left in `scratch` where there is one state only. */
export async function replay(asked: Replay): Promise<Total> {
  const { records } = treatments[asked.treatment](recordingOf(asked.recorded))
  const history = JSON.parse(readFileSync(asked.recorded.historyPath, 'utf8')) as History
  const disk = new Disk()
  const told = nothingTold()
  const total = noTotal()
  const root = join(asked.scratch, 'root')
  let done = 0
  for (const { state, at, random } of cutsOf(asked, records)) {
    for (const record of records.slice(done, at)) {
      if (record.op === 'ack') hear(told, record.line)
      else disk.apply(record)
    }
    done = at
    place(disk.cut(random), root)
    const isDeep = state % asked.deepEvery === 0
    const found = await look(asked, root, told, history, isDeep)
    count(total, found, state, isDeep && asked.day === 'desk')
  }
  return total
}

function look(
  { day }: Replay,
  root: string,
  told: Told,
  history: History,
  isDeep: boolean,
): Promise<Found> {
  return day === 'plain'
    ? Promise.resolve(checkPlain(root, told))
    : checkHome(root, told, history, isDeep)
}

/** Modes are those of the desk's own files: a key that others may read is refused. */
function place(files: ReadonlyMap<string, Buffer>, root: string): void {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true, mode: 0o700 })
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o700 })
    writeFileSync(join(root, path), bytes, { mode: 0o600 })
  }
}

function count(total: Total, found: Found, state: number, isDeep: boolean): void {
  const { lostCount, damaged, isSalvaged, mergedCount, caughtUpCount, problems } = found
  const damagedByFile = Object.fromEntries(damaged.map((file) => [file, 1]))
  add(total, {
    states: 1,
    damagedByFile,
    damaged: damaged.length > 0 ? 1 : 0,
    statesWithLoss: lostCount > 0 ? 1 : 0,
    lostMax: lostCount,
    caughtUp: caughtUpCount,
    salvaged: isSalvaged ? 1 : 0,
    merged: mergedCount > 0 ? 1 : 0,
    untyped: problems.some((problem) => problem.startsWith(UNTYPED)) ? 1 : 0,
    compared: isDeep && damaged.length === 0 ? 1 : 0,
    problems: problems.map((problem) => `state ${state}: ${problem}`),
    problemsCount: problems.length,
  })
}
