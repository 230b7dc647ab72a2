/**
 * A reader of identity cards, asked: is there a card, take it, what does it say. The module's
 * answers name no question, so each question knows the answers that can be its own.
 */
import type { Clock } from '../clock.ts'
import type { HidConnection } from '../hid-port.ts'
import { PadFailure } from '../rfid/pad-driver.ts'
import { PadExchange, type Question } from '../rfid/pad-exchange.ts'
import { CARD_TEXT_BYTES, readCardText, type IdCard } from './card-text.ts'
import {
  encodeSamCommand,
  SAM_COMMAND,
  SAM_STATUS,
  SamFrameReader,
  toSamReports,
  type SamCommand,
} from './sam-frames.ts'

const ASK_TIMEOUT_MS = 800
/** The card and the module prove themselves to each other first; a second is usual. */
const READ_TIMEOUT_MS = 3_000
/** Of the number of a selected card; an answer that is in order and says nothing has none. */
const SELECTED_BYTES = 8
/** Length of the text and of the photo, two bytes each. */
const LENGTHS_BYTES = 4

/** Status first, then the content; the form in which the exchange passes answers on. */
type Answer = Uint8Array
type Fits = (answer: Answer) => boolean

const statusOf = (answer: Answer): number => answer[0] ?? 0
const isDone = (answer: Answer): boolean => statusOf(answer) === SAM_STATUS.done
const isFoundAnswer = (answer: Answer): boolean => statusOf(answer) === SAM_STATUS.found
const contentBytes = (answer: Answer): number => answer.length - 1

const isRefusal: Fits = (answer) =>
  !isDone(answer) && !isFoundAnswer(answer) && contentBytes(answer) === 0
const fitsStatus: Fits = (answer) =>
  isRefusal(answer) || (isDone(answer) && contentBytes(answer) === 0)
const fitsFind: Fits = (answer) => isRefusal(answer) || isFoundAnswer(answer)
const fitsSelect: Fits = (answer) =>
  isRefusal(answer) || (isDone(answer) && contentBytes(answer) === SELECTED_BYTES)
const fitsRead: Fits = (answer) =>
  isRefusal(answer) || (isDone(answer) && contentBytes(answer) > SELECTED_BYTES)

const question = (command: SamCommand, fits: Fits, timeoutMs: number): Question => ({
  frame: encodeSamCommand(command),
  isAnsweredBy: fits,
  timeoutMs,
})

/** null: the module did not read it, or what it read is no card's text. */
const cardOf = (answer: Answer): IdCard | null => {
  if (!isDone(answer) || contentBytes(answer) < LENGTHS_BYTES) return null
  const textBytes = ((answer[1] ?? 0) << 8) | (answer[2] ?? 0)
  if (textBytes !== CARD_TEXT_BYTES) return null
  return readCardText(answer.subarray(1 + LENGTHS_BYTES, 1 + LENGTHS_BYTES + textBytes))
}

export class SamReader {
  readonly #exchange: PadExchange
  readonly #frames = new SamFrameReader()

  constructor(connection: HidConnection, clock: Clock) {
    this.#exchange = new PadExchange({
      clock,
      pauseMs: 0,
      resync: question(SAM_COMMAND.status, fitsStatus, ASK_TIMEOUT_MS),
      send: async (frame) => {
        // What is left of an answer that never ended belongs to no question.
        this.#frames.clear()
        for (const report of toSamReports(frame))
          await connection.write(Uint8Array.of(0, ...report))
      },
    })
  }

  /** Every input report goes in here. */
  receive(report: Uint8Array): void {
    for (const { status, content } of this.#frames.push(report)) {
      this.#exchange.receive(Uint8Array.of(status, ...content))
    }
  }

  /** Rejects with PadFailure, also where the module says that it is not in order. */
  async probe(): Promise<void> {
    const answer = await this.#exchange.ask(
      question(SAM_COMMAND.status, fitsStatus, ASK_TIMEOUT_MS),
    )
    if (isDone(answer)) return
    throw new PadFailure('refused', `the module is not in order: ${statusOf(answer).toString(16)}`)
  }

  async isCardHere(): Promise<boolean> {
    return isFoundAnswer(
      await this.#exchange.ask(question(SAM_COMMAND.find, fitsFind, ASK_TIMEOUT_MS)),
    )
  }

  /** null: taken away too early, or not to be read. */
  async read(): Promise<IdCard | null> {
    const selected = await this.#exchange.ask(
      question(SAM_COMMAND.select, fitsSelect, ASK_TIMEOUT_MS),
    )
    if (!isDone(selected)) return null
    return cardOf(await this.#exchange.ask(question(SAM_COMMAND.read, fitsRead, READ_TIMEOUT_MS)))
  }
}
