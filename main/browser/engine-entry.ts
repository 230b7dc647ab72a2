/** The engine's process under the browser shell. Waits for its options, then serves. */
import { DeskOptions } from '../sync/desk-messages.ts'
import type { EngineToShell, ShellToEngine } from '../sync/desk-messages.ts'
import { runDesk } from '../sync/run-desk.ts'

process.once('message', (first) => {
  const { start } = first as { start: unknown }
  void runDesk(
    {
      post: (message: EngineToShell) => {
        if (process.connected) process.send?.(message)
      },
      onMessage: (listener) => {
        process.on('message', (message) => listener(message as ShellToEngine))
      },
    },
    DeskOptions.parse(start),
    null,
    (code) => process.exit(code),
  )
})

// The shell is gone: nobody can be served any more.
process.on('disconnect', () => process.exit(0))
// Ctrl+C reaches the whole group; the shell decides when the engine stops.
process.on('SIGINT', () => undefined)
