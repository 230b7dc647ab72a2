/** The engine's utility process. Waits for its options, then serves. */
import type { ParentPort } from 'electron'
import { DeskOptions } from '../sync/desk-messages.ts'
import type { ShellToEngine } from '../sync/desk-messages.ts'
import { runDesk } from '../sync/run-desk.ts'
import { askShellForHosts } from './ask-shell-for-host.ts'
import type { FromEngine, ToEngine } from './engine-wire.ts'

/** A message that is posted and followed at once by the end of the process may be lost with it. */
const FAREWELL_MS = 100

function serve(port: ParentPort): void {
  const post = (message: FromEngine): void => port.postMessage(message)
  const hosts = askShellForHosts(post)
  const listeners: ((message: ShellToEngine) => void)[] = []
  port.on('message', ({ data: received }) => {
    const message = received as ToEngine
    if ('start' in message) {
      void runDesk(
        { post, onMessage: (listener) => listeners.push(listener) },
        DeskOptions.parse(message.start),
        hosts.fork,
        (code) => setTimeout(() => process.exit(code), FAREWELL_MS),
      )
    } else if ('host' in message) {
      hosts.receive(message)
    } else {
      for (const listener of listeners) listener(message)
    }
  })
}

serve(process.parentPort)
