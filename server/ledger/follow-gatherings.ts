/** Gatherings of a batch, followed side by side: each as far as the known facts go. */
import type { Gathering, Lookup, LookupAnswer } from '../../domain/gathering.ts'

interface Followed {
  readonly gathering: Gathering<unknown>
  readonly tell: (result: unknown) => void
}

export interface Following {
  readonly begin: (gathering: Gathering<unknown>) => void
  /** Goes on with all that wait for an answer; false where none does. */
  readonly goOn: () => boolean
}

/** `known` is undefined where the answer has to be fetched first, and notes down that it has. */
export function followGatherings(known: (lookup: Lookup) => LookupAnswer | undefined): Following {
  const waiting: { readonly followed: Followed; readonly lookup: Lookup }[] = []

  function follow(followed: Followed, ...answer: [] | [LookupAnswer | readonly unknown[]]): void {
    const { gathering, tell } = followed
    try {
      let step = gathering.next(...answer)
      while (step.done !== true) {
        const asked = step.value
        if ('together' in asked) {
          followAll(asked.together, (results) => follow(followed, results))
          return
        }
        const rows = known(asked)
        if (rows === undefined) {
          waiting.push({ followed, lookup: asked })
          return
        }
        step = gathering.next(rows)
      }
      tell(step.value)
    } catch {
      // It throws again when it is decided; whoever asked for it beside others waits for no more.
    }
  }

  function followAll(
    gatherings: readonly Gathering<unknown>[],
    tell: (results: readonly unknown[]) => void,
  ): void {
    const results: unknown[] = []
    let missing = gatherings.length
    for (const [at, gathering] of gatherings.entries()) {
      const keep = (result: unknown) => {
        results[at] = result
        missing -= 1
        if (missing === 0) tell(results)
      }
      follow({ gathering, tell: keep })
    }
  }

  return {
    begin: (gathering) => follow({ gathering, tell: () => {} }),
    goOn() {
      const asked = waiting.splice(0)
      for (const { followed, lookup } of asked) {
        const rows = known(lookup)
        if (rows === undefined) waiting.push({ followed, lookup })
        else follow(followed, rows)
      }
      return asked.length > 0
    },
  }
}
