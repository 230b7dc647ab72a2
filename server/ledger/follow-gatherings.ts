/**
 * Gatherings of a batch, followed side by side: each as far as the known facts go. Who waits is an
 * object and no closure: a batch has 5,000 of them at a time, and each lives until it is answered.
 */
import { Known, Question } from '../../domain/gathering.ts'
import type { Gathering, Lookup, LookupAnswer } from '../../domain/gathering.ts'

type Answer = LookupAnswer | readonly unknown[]

export interface Following {
  /** `tell` hears what it came to and all that it asked; nothing where it threw. */
  readonly begin: <T>(
    gathering: Gathering<T>,
    tell: (result: T, asked: readonly Lookup[]) => void,
  ) => void
  /** Goes on with all that wait for an answer; false where none does. */
  readonly goOn: () => boolean
}

/** `known` is undefined where the answer has to be fetched first, and notes down that it has. */
export function followGatherings(known: (lookup: Lookup) => LookupAnswer | undefined): Following {
  let waiting: Waiting[] = []
  return {
    begin(gathering, tell) {
      const asked: Lookup[] = []
      const path: Path = { known, asked, wait: (one) => void waiting.push(one) }
      const hear = (results: Answer) => tell((results as readonly never[])[0] as never, asked)
      unlessItThrows(() => new Group(path, { hear }).begin([gathering]))
    },
    goOn() {
      const before = waiting
      waiting = []
      for (const one of before) {
        const rows = known(one.lookup)
        if (rows === undefined) waiting.push(one)
        else unlessItThrows(() => goOn(one, rows))
      }
      return before.length > 0
    },
  }
}

/** It throws again when it is decided; whoever asked for it beside others waits for no more. */
function unlessItThrows(step: () => void): void {
  try {
    step()
  } catch {
    // Its asker hears nothing, and so goes no further.
  }
}

/** Of one gathering and all its parts. */
interface Path {
  readonly known: (lookup: Lookup) => LookupAnswer | undefined
  readonly wait: (one: Waiting) => void
  readonly asked: Lookup[]
}

interface Asker {
  readonly hear: (answer: Answer) => void
}

interface Waiting {
  readonly lookup: Lookup
  readonly path: Path
  readonly asker: Asker
}

function goOn({ lookup, path, asker }: Waiting, rows: LookupAnswer): void {
  path.asked.push(lookup)
  asker.hear(rows)
}

/** A loader of several steps. */
class Walk implements Asker {
  private readonly gathering: Gathering<unknown>
  private readonly path: Path
  private readonly asker: Asker

  constructor(gathering: Gathering<unknown>, path: Path, asker: Asker) {
    this.gathering = gathering
    this.path = path
    this.asker = asker
  }

  hear(answer: Answer): void {
    const { gathering, path } = this
    let step = gathering.next(answer)
    while (step.done !== true) {
      const asked = step.value
      if ('together' in asked) {
        new Group(path, this).begin(asked.together)
        return
      }
      const rows = path.known(asked)
      if (rows === undefined) {
        path.wait({ lookup: asked, path, asker: this })
        return
      }
      path.asked.push(asked)
      step = gathering.next(rows)
    }
    this.asker.hear(step.value as Answer)
  }
}

/** Several that do not wait for each other. */
class Group {
  private readonly path: Path
  private readonly asker: Asker
  private results: unknown[] = []
  /** One more than there are, until all are begun: some are known at once. */
  private missing = 1

  constructor(path: Path, asker: Asker) {
    this.path = path
    this.asker = asker
  }

  begin(gatherings: readonly Gathering<unknown>[]): void {
    this.results = gatherings.map(() => null)
    for (let at = 0; at < gatherings.length; at++) this.follow(gatherings[at], at)
    this.hearOne()
  }

  keep(at: number, result: unknown): void {
    this.results[at] = result
    this.hearOne()
  }

  private hearOne(): void {
    this.missing -= 1
    if (this.missing === 0) this.asker.hear(this.results)
  }

  private follow(gathering: Gathering<unknown> | undefined, at: number): void {
    if (gathering instanceof Known) this.results[at] = gathering.value
    else if (gathering instanceof Question) this.ask(gathering, at)
    else if (gathering !== undefined) {
      this.missing += 1
      new Walk(gathering, this.path, new Part(this, at, null)).hear(null)
    }
  }

  private ask(question: Question<unknown>, at: number): void {
    const { path } = this
    const { asks } = question
    if ('together' in asks) {
      this.missing += 1
      new Group(path, new Part(this, at, question)).begin(asks.together)
      return
    }
    const rows = path.known(asks)
    if (rows === undefined) {
      this.missing += 1
      path.wait({ lookup: asks, path, asker: new Part(this, at, question) })
      return
    }
    path.asked.push(asks)
    this.results[at] = question.read(rows)
  }
}

class Part implements Asker {
  private readonly group: Group
  private readonly at: number
  /** Null where the answer is what it came to. */
  private readonly question: Question<unknown> | null

  constructor(group: Group, at: number, question: Question<unknown> | null) {
    this.group = group
    this.at = at
    this.question = question
  }

  hear(answer: Answer): void {
    this.group.keep(this.at, this.question === null ? answer : this.question.read(answer))
  }
}
