/** Runs a program with the recorder loaded and keeps what it did to its files. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRecording } from './recording.ts'
import type { Recording } from './recording.ts'

const COMPILERS = ['cc', 'gcc', 'clang']

/** Why nothing can be recorded on this machine, or null. */
export function whyNotHere(): string | null {
  if (process.platform !== 'linux') return `the recorder needs Linux, this is ${process.platform}`
  return compiler() === undefined ? `no C compiler (${COMPILERS.join(', ')})` : null
}

const compiler = (): string | undefined =>
  COMPILERS.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)

/** Builds recorder.c into `folder`; answers the library. */
export function compileRecorder(folder: string): string {
  const library = join(folder, 'recorder.so')
  const source = join(import.meta.dirname, 'recorder.c')
  const options = ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl', '-lpthread']
  const { status, stderr } = spawnSync(compiler() ?? '', options, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the recorder does not compile:\n${stderr}`)
  return library
}

export interface Recorded {
  readonly logPath: string
  readonly historyPath: string
}

/**
 * Runs `program` with `<root> <history> …given`; it must end itself by SIGKILL. Its files and the
 * log stay in `folder`.
 */
export async function recordProgram(
  library: string,
  folder: string,
  program: string,
  given: readonly string[],
): Promise<Recorded> {
  const root = join(folder, 'root')
  const logPath = join(folder, 'log')
  const historyPath = join(folder, 'history.json')
  mkdirSync(root, { recursive: true })
  const file = join(import.meta.dirname, program)
  const child = spawn(process.execPath, [file, root, historyPath, ...given], {
    env: { ...process.env, LD_PRELOAD: library, POWER_CUT_ROOT: root, POWER_CUT_LOG: logPath },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`${program} ended with ${String(code ?? signal)}`)
  return { logPath, historyPath }
}

export const recordingOf = ({ logPath }: Recorded): Recording =>
  readRecording(readFileSync(logPath))
