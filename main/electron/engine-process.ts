/** The engine in a utility process, kept alive; its device hosts live and die with it. */
import type { DeskOptions, StartFailure } from '../sync/desk-messages.ts'
import { keepEngine } from '../sync/keep-engine.ts'
import type { KeptEngine } from '../sync/keep-engine.ts'
import { createDeviceHosts } from './device-hosts.ts'
import type { Fork } from './device-hosts.ts'
import type { FromEngine, ToEngine } from './engine-wire.ts'

export interface EngineParts {
  readonly fork: Fork
  readonly engineFile: string
  readonly deviceHostFile: string
  readonly options: DeskOptions
  /** It could not start and will not by itself. */
  readonly onFailed: (failure: StartFailure, detail: string) => void
}

export function superviseEngine(parts: EngineParts): KeptEngine {
  const { fork, engineFile, deviceHostFile, options, onFailed } = parts
  return keepEngine((onMessage, onExit) => {
    const engine = fork(engineFile, [], { serviceName: 'CityDesk engine' })
    let isGone = false
    const post = (message: ToEngine): void => {
      // The last word of a device host whose engine is gone has nobody to hear it.
      if (!isGone) engine.postMessage(message)
    }
    const hosts = createDeviceHosts(fork, deviceHostFile, post)
    engine.on('message', (message: FromEngine) => {
      if ('host' in message) hosts.receive(message)
      else onMessage(message)
    })
    engine.on('exit', () => {
      isGone = true
      hosts.killAll()
      onExit()
    })
    post({ start: options })
    return { pid: engine.pid ?? null, post, kill: () => engine.kill() }
  }, onFailed)
}
