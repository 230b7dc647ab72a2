/**
 * The Desk over a WebSocket of the loopback gate.
 *
 * A lost line is mended here: calls wait, `perform` is asked again under the same request id (the
 * engine answers it once), questions are repeated and topics watched again.
 */
import type { Call, Desk, Receipt, Reply } from '../../contract/desk-api.ts'
import { DeskFailure } from './desk-failure.ts'

export type LineState = 'connecting' | 'connected' | 'reconnecting'

export interface Line {
  readonly desk: Desk
  /** Calls back at once and with each change; returns the way to stop. */
  readonly onState: (tell: (state: LineState) => void) => () => void
  /** Rejects what still waits. */
  readonly close: () => void
}

/** Back-off between two tries. */
const WAIT_FIRST_MS = 200
const WAIT_MAX_MS = 2000

type AskingCall = Exclude<Call, { verb: 'watch' }>
/** A call before it has a number. */
type Unnumbered<C> = C extends unknown ? Omit<C, 'id'> : never

interface Waiting {
  readonly call: AskingCall
  readonly resolve: (answer: unknown) => void
  readonly reject: (failure: DeskFailure) => void
}

interface LineParts {
  readonly address: string
  readonly token: string
}

export const connectLine = (parts: LineParts): Line => new SocketLine(parts)

class SocketLine implements Line {
  readonly #parts: LineParts
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Map<string, Set<(news: unknown) => void>>()
  readonly #watchers = new Set<(state: LineState) => void>()
  #socket: WebSocket
  #state: LineState = 'connecting'
  #waitMs = WAIT_FIRST_MS
  #timer: ReturnType<typeof setTimeout> | null = null
  #lastId = 0
  #isClosed = false

  constructor(parts: LineParts) {
    this.#parts = parts
    this.#socket = this.#open()
  }

  readonly desk: Desk = {
    perform: (request) => this.#ask({ verb: 'perform', request }) as Promise<Receipt>,
    ask: (query, question) => this.#ask({ verb: 'ask', query, ask: question }),
    watch: (topic, onNews) => {
      const known = this.#listeners.get(topic)
      if (known === undefined) {
        this.#listeners.set(topic, new Set([onNews]))
        this.#sendTopics()
      } else {
        known.add(onNews)
      }
      return () => void this.#listeners.get(topic)?.delete(onNews)
    },
  }

  readonly onState: Line['onState'] = (tell) => {
    this.#watchers.add(tell)
    tell(this.#state)
    return () => void this.#watchers.delete(tell)
  }

  readonly close = (): void => {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#socket.close()
    for (const { reject } of this.#waiting.values()) reject(new DeskFailure('engine-stopped', ''))
    this.#waiting.clear()
  }

  #open(): WebSocket {
    const { address, token } = this.#parts
    const socket = new WebSocket(address, ['citydesk.v1', token])
    socket.addEventListener('open', () => {
      this.#waitMs = WAIT_FIRST_MS
      // Topics first: no news may fall between an answer and the watch.
      this.#sendTopics()
      for (const { call } of this.#waiting.values()) this.#send(call)
      this.#turn('connected')
    })
    socket.addEventListener('message', ({ data: text }) => {
      this.#receive(JSON.parse(String(text)) as Reply)
    })
    socket.addEventListener('close', () => {
      if (this.#isClosed || this.#socket !== socket) return
      this.#turn('reconnecting')
      this.#timer = setTimeout(() => {
        this.#socket = this.#open()
      }, this.#waitMs)
      this.#waitMs = Math.min(WAIT_MAX_MS, this.#waitMs * 2)
    })
    return socket
  }

  #turn(next: LineState): void {
    if (this.#state === next) return
    this.#state = next
    for (const tell of this.#watchers) tell(next)
  }

  #send(call: Call): void {
    // What cannot be sent now is sent when the line is there again.
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(call))
  }

  #sendTopics(): void {
    const topics = [...this.#listeners.keys()]
    if (topics.length > 0) this.#send({ verb: 'watch', topics })
  }

  #receive(reply: Reply): void {
    if (reply.reply === 'news') {
      for (const tell of this.#listeners.get(reply.topic) ?? []) tell(reply.news)
      return
    }
    const asked = this.#waiting.get(reply.id)
    if (asked === undefined) return
    this.#waiting.delete(reply.id)
    if (reply.reply === 'answer') asked.resolve(reply.answer)
    else asked.reject(new DeskFailure(reply.failure, reply.detail))
  }

  #ask(call: Unnumbered<AskingCall>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = (this.#lastId += 1)
      const numbered: AskingCall = { ...call, id }
      this.#waiting.set(id, { call: numbered, resolve, reject })
      this.#send(numbered)
    })
  }
}
