/** The packaged shell put together as main.ts does it, with real processes and a page without a window. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import type { Desk } from '../../contract/desk-api.ts'
import { CALL_CHANNEL, REPLY_CHANNEL } from '../../contract/shell-line.ts'
import type { ToPage } from '../../contract/shell-line.ts'
import { superviseEngine } from '../../main/electron/engine-process.ts'
import type { KeptEngine } from '../../main/sync/keep-engine.ts'
import { carryPages } from '../../main/electron/ipc.ts'
import type { DeskOptions } from '../../main/sync/desk-messages.ts'
import { FakeContents, FakeIpc, callFrom } from './fake-electron.ts'
import { createFork } from './fork-utility.ts'
import type { Forked } from './fork-utility.ts'

export interface PackagedDesk {
  /** What the built bridge put on `window`. */
  readonly exposed: Readonly<Record<string, unknown>>
  readonly desk: Desk
  readonly engine: KeptEngine
  readonly forked: readonly Forked[]
  /** What the shell told the page about its line. */
  readonly lineStates: string[]
}

/** `app` is the folder of an unpacked asar; fails where the engine says it cannot start. */
export function openPackagedDesk(app: string, options: DeskOptions): PackagedDesk {
  const built = join(app, 'dist', 'electron')
  const forked: Forked[] = []
  const engine = superviseEngine({
    fork: createFork(forked),
    engineFile: join(built, 'engine-entry.js'),
    deviceHostFile: join(built, 'device-host.js'),
    options,
    onFailed: (failure, detail) => {
      throw new Error(`${failure}: ${detail}`)
    },
  })
  const ipc = new FakeIpc()
  const contents = new FakeContents(1)
  const lineStates: string[] = []
  contents.on('sent', (message: ToPage) => {
    if ('line' in message) lineStates.push(message.line)
  })
  carryPages({
    ipc: ipc.asIpcMain,
    engine,
    isOurWindow: () => true,
    audit: (what, detail) => {
      throw new Error(`${what}: ${detail}`)
    },
  })
  const exposed = runBridge(join(built, 'bridge.cjs'), ipc, contents)
  return { exposed, desk: exposed['citydesk'] as Desk, engine, forked, lineStates }
}

/** Runs the built bridge; it may require `electron` and nothing else. */
export function runBridge(
  file: string,
  ipc: FakeIpc,
  contents: FakeContents,
): Record<string, unknown> {
  const exposed: Record<string, unknown> = {}
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        exposed[name] = value
      },
    },
    ipcRenderer: {
      send: (channel: string, message: unknown) => {
        if (channel !== CALL_CHANNEL) throw new Error(`an unknown channel: ${channel}`)
        ipc.emit(channel, callFrom(contents), structuredClone(message))
      },
      on: (channel: string, listener: (event: unknown, message: ToPage) => void) => {
        if (channel !== REPLY_CHANNEL) throw new Error(`an unknown channel: ${channel}`)
        contents.on('sent', (message: ToPage) => listener({ sender: 'secret' }, message))
      },
    },
  }
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`the bridge requires ${name}`)
    return electron
  }
  const module = { exports: {} }
  runInNewContext(readFileSync(file, 'utf8'), { require, module, exports: module.exports })
  return exposed
}
