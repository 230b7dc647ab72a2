/** Finds the engine: Electron's bridge where there is one, else the loopback gate of the browser shell. */
import type { Desk } from '../../contract/desk-api.ts'
import { connectLine } from './browser-transport.ts'
import type { Line, LineState } from './browser-transport.ts'
import { failureOf } from './desk-failure.ts'
import { tokenOfThisWindow } from './hand-over.ts'

declare global {
  interface Window {
    readonly citydesk?: Desk
  }
}

const WAIT_FIRST_MS = 200
const WAIT_MAX_MS = 2000
const TRIES_MAX = 150

/** Null: the page was opened without the code that the program prints. */
export async function findLine(): Promise<Line | null> {
  if (window.citydesk !== undefined) return patientLine(window.citydesk)
  const token = await tokenOfThisWindow()
  if (token === null) return null
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return connectLine({ address: `${scheme}://${location.host}/ws`, token })
}

/**
 * Electron's bridge answers `engine-stopped` while the engine is being started again: the call is
 * repeated, a perform under its own request id.
 */
export function patientLine(bridge: Desk): Line {
  const watchers = new Set<(state: LineState) => void>()
  let state: LineState = 'connected'
  const turn = (next: LineState): void => {
    if (state === next) return
    state = next
    for (const tell of watchers) tell(next)
  }
  const insist = async <A>(call: () => Promise<A>): Promise<A> => {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await call()
        turn('connected')
        return answer
      } catch (thrown) {
        if (failureOf(thrown).failure !== 'engine-stopped' || tries >= TRIES_MAX) throw thrown
        turn('reconnecting')
        const pause = Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** (tries - 1))
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
  return {
    desk: {
      perform: (request) => insist(() => bridge.perform(request)),
      ask: (query, question) => insist(() => bridge.ask(query, question)),
      watch: bridge.watch,
    },
    onState(tell) {
      watchers.add(tell)
      tell(state)
      return () => void watchers.delete(tell)
    },
    close: () => watchers.clear(),
  }
}
