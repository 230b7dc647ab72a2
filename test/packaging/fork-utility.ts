/** `utilityProcess.fork` on plain Node: real processes, for machines without Electron's binary. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { UtilityProcess } from 'electron'
import type { Fork } from '../../main/electron/device-hosts.ts'

export interface Forked {
  readonly file: string
  readonly child: ChildProcess
  readonly messages: unknown[]
}

const runner = fileURLToPath(new URL('utility-runner.ts', import.meta.url))

/** `forked` remembers every process, newest last. */
export function createFork(forked: Forked[]): Fork {
  return (file, args) => {
    const child = fork(runner, [file, ...args], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const messages: unknown[] = []
    child.on('message', (message) => messages.push(message))
    forked.push({ file, child, messages })
    return {
      pid: child.pid,
      on: child.on.bind(child) as unknown as UtilityProcess['on'],
      postMessage: (message) => {
        // A message to a process that ends this very moment is lost with it.
        if (child.connected) child.send(message as object, () => undefined)
      },
      kill: () => child.kill(),
    }
  }
}
