/** Replays the states it is sent, in a program of its own: one for each processor. */
import { replay } from './replay.ts'
import type { Replay } from './replay.ts'

process.once('message', (asked) => {
  void replay(asked as Replay).then((total) => {
    process.send?.(total, () => process.disconnect())
  })
})
