/** The engine in a child process of the browser shell, kept alive. */
import { fork } from 'node:child_process'
import type { Serializable } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { EngineToShell, GivenDeskOptions } from '../sync/desk-messages.ts'
import { keepEngine } from '../sync/keep-engine.ts'
import type { KeptEngine } from '../sync/keep-engine.ts'

export interface EngineSupervisor extends KeptEngine {
  /** Resolves when the engine first serves; rejects with StartFailed where it cannot. */
  readonly started: Promise<void>
}

export class StartFailed extends Error {
  readonly failure: string

  constructor(failure: string, detail: string) {
    super(detail)
    this.name = 'StartFailed'
    this.failure = failure
  }
}

const entry = fileURLToPath(new URL('engine-entry.ts', import.meta.url))

export function superviseEngine(options: GivenDeskOptions): EngineSupervisor {
  const start = Promise.withResolvers<void>()
  const kept = keepEngine(
    (onMessage, onExit) => {
      const engine = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 1, 2, 'ipc'] })
      engine.on('message', (message) => onMessage(message as EngineToShell))
      engine.on('exit', onExit)
      // A message to an engine that has just died fails with EPIPE. Its exit cuts the lines, and the
      // pages ask again: told as an event nobody listens to, the failure would end the shell.
      const post = (message: Serializable): void => {
        if (engine.connected) engine.send(message, () => undefined)
      }
      // Over the channel, not in argv or the environment, which other users of the PC may read.
      post({ start: options })
      return {
        pid: engine.pid ?? null,
        post,
        kill: () => engine.kill('SIGKILL'),
      }
    },
    (failure, detail) => start.reject(new StartFailed(failure, detail)),
  )
  kept.onReady(start.resolve)
  return {
    started: start.promise,
    openLine: (onReply, onEnd) => kept.openLine(onReply, onEnd),
    onReady: (listener) => kept.onReady(listener),
    pid: () => kept.pid(),
    stop: () => kept.stop(),
  }
}
