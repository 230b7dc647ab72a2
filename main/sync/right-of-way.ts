/** Two use one line: what the desk did and must know goes before the files that it is filled from. */
export interface RightOfWay {
  /** Runs `work`, with the line to itself from the next piece of the others on. */
  readonly first: <T>(work: () => Promise<T>) => Promise<T>
  /** Resolves when nothing runs that goes first. */
  readonly isFree: () => Promise<void>
}

export function openRightOfWay(): RightOfWay {
  let running: Promise<unknown> | null = null
  return {
    async first(work) {
      const own = work()
      running = own
      try {
        return await own
      } finally {
        running = null
      }
    },
    async isFree() {
      // How it ended is told to who began it.
      for (let own = running; own !== null; own = running) await Promise.allSettled([own])
    },
  }
}
