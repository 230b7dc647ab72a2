/** Gatherings of a batch, followed side by side: each as far as the known facts go. */
import type { Gathering, Lookup, LookupAnswer } from '../../domain/gathering.ts'

type Step = ReturnType<Gathering<unknown>['next']>
type Answer = LookupAnswer | readonly unknown[]

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

  function follow(followed: Followed, first: Step | null, answer: Answer): void {
    const { gathering, tell } = followed
    try {
      let step = first ?? gathering.next(answer)
      while (step.done !== true) {
        const asked = step.value
        if ('together' in asked) {
          followAll(asked.together, (results) => follow(followed, null, results))
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
    let isBegun = false
    for (const [at, gathering] of gatherings.entries()) {
      const first = gathering.next()
      if (first.done === true) {
        results[at] = first.value
        missing -= 1
        continue
      }
      const keep = (result: unknown) => {
        results[at] = result
        missing -= 1
        if (missing === 0 && isBegun) tell(results)
      }
      follow({ gathering, tell: keep }, first, null)
    }
    isBegun = true
    if (missing === 0) tell(results)
  }

  return {
    begin: (gathering) => follow({ gathering, tell: () => {} }, null, null),
    goOn() {
      const asked = waiting.splice(0)
      for (const { followed, lookup } of asked) {
        const rows = known(lookup)
        if (rows === undefined) waiting.push({ followed, lookup })
        else follow(followed, null, rows)
      }
      return asked.length > 0
    },
  }
}
