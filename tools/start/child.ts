/** A program of ours that talks in JSON lines on its standard output. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { dirname, resolve } from 'node:path'
import { root } from '../steps.ts'

export { root }

export interface Child {
  readonly pid: number | null
  /** The next JSON line; rejects where the program ends first. */
  readonly line: () => Promise<Record<string, unknown>>
  /** Asks it something on its standard input. */
  readonly write: (text: string) => void
  readonly ended: Promise<number>
  /** SIGTERM, and waits. */
  readonly stop: () => Promise<void>
}

/**
 * Runs a TypeScript file of this project with the Node that runs us. What it says besides its JSON
 * lines goes to the terminal, or to the end of `logFile`.
 */
export function runScript(
  script: string,
  args: readonly string[],
  logFile: string | null = null,
): Child {
  const child = spawn(process.execPath, [resolve(root, script), ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', logFile === null ? 'inherit' : openSync(logFile, 'a', 0o600)],
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
    // Ctrl+C is ours to pass on, in the right order: desk before server.
    detached: process.platform !== 'win32',
  })
  return talkTo(child, script)
}

function talkTo(child: ChildProcess, name: string): Child {
  const waiting: ((line: Record<string, unknown>) => void)[] = []
  const unread: Record<string, unknown>[] = []
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (!text.startsWith('{')) {
        process.stdout.write(`${text}\n`)
        return
      }
      const line = JSON.parse(text) as Record<string, unknown>
      const next = waiting.shift()
      if (next === undefined) unread.push(line)
      else next(line)
    })
  }
  return {
    pid: child.pid ?? null,
    line: () => {
      const first = unread.shift()
      if (first !== undefined) return Promise.resolve(first)
      return Promise.race([
        new Promise<Record<string, unknown>>((done) => waiting.push(done)),
        ended.then((code) => {
          throw new Error(`${name} ended with exit code ${code}`)
        }),
      ])
    },
    write: (text) => child.stdin?.write(text),
    ended,
    stop: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}
