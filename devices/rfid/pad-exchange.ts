/**
 * One question at a time, and its own answer: a late answer to an earlier question is counted and
 * dropped, never taken for the answer to the next.
 */
import type { Clock } from '../clock.ts'
import { HidFailure } from '../hid-port.ts'
import { PadFailure } from './pad-driver.ts'

export interface PadExchangeOptions {
  readonly clock: Clock
  readonly send: (frame: Uint8Array) => Promise<void>
  /** Pause that this pad needs between two questions. */
  readonly pauseMs: number
  /**
   * A harmless question that no other answer fits. It is put first after a silence: pads answer in
   * order, so whatever still comes for the silent one comes before the answer to this.
   */
  readonly resync: Question
}

export interface Question {
  readonly frame: Uint8Array
  /** Whether an answer is to this question: by its command, and by the tag where it names one. */
  readonly isAnsweredBy: (answer: Uint8Array) => boolean
  readonly timeoutMs: number
}

interface Waiting {
  readonly question: Question
  readonly answered: (answer: Uint8Array) => void
}

/** A pad reads a block in 5 ms and a stack in 100; it writes in 20 and retries by itself. */
export const READ_TIMEOUT_MS = 300
export const WRITE_TIMEOUT_MS = 1_000

export class PadExchange {
  readonly #options: PadExchangeOptions
  #waiting: Waiting | null = null
  #last: Promise<unknown> = Promise.resolve()
  #strayCount = 0
  #isUnsure = false

  constructor(options: PadExchangeOptions) {
    this.#options = options
  }

  /** Answers that nobody waited for. */
  get strayCount(): number {
    return this.#strayCount
  }

  /** Rejects with PadFailure `silent` or `gone`. Questions are put in the order asked. */
  ask(question: Question): Promise<Uint8Array> {
    const answer = this.#last.then(() => this.#askInOrder(question))
    this.#last = answer.then(
      () => this.#pause(),
      () => this.#pause(),
    )
    return answer
  }

  receive(answer: Uint8Array): void {
    if (this.#waiting?.question.isAnsweredBy(answer) === true) this.#waiting.answered(answer)
    else this.#strayCount += 1
  }

  #pause(): Promise<void> {
    const { clock, pauseMs } = this.#options
    return pauseMs === 0
      ? Promise.resolve()
      : new Promise((done) => {
          clock.after(pauseMs, done)
        })
  }

  async #askInOrder(question: Question): Promise<Uint8Array> {
    if (this.#isUnsure) {
      await this.#askNow(this.#options.resync)
      this.#isUnsure = false
    }
    return this.#askNow(question)
  }

  async #askNow(question: Question): Promise<Uint8Array> {
    const { clock, send } = this.#options
    let cancel = (): void => undefined
    const answer = new Promise<Uint8Array>((done, fail) => {
      this.#waiting = { question, answered: done }
      cancel = clock.after(question.timeoutMs, () => {
        this.#isUnsure = true
        fail(new PadFailure('silent', `no answer within ${question.timeoutMs} ms`))
      })
    })
    // It may fail while the frame is still being sent.
    answer.catch(() => undefined)
    try {
      await send(question.frame)
      return await answer
    } catch (error) {
      if (error instanceof HidFailure) {
        throw new PadFailure('gone', error.message, { cause: error })
      }
      throw error
    } finally {
      cancel()
      this.#waiting = null
    }
  }
}
