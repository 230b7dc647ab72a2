/** The Desk over two IPC channels. Knows no operation, no query and no topic by name. */
import type { Call, Desk, Failure, Receipt } from '../contract/desk-api.ts'
import type { FromPage, ToPage } from '../contract/shell-line.ts'

export interface Wire {
  readonly send: (message: FromPage) => void
  readonly listen: (receive: (message: ToPage) => void) => void
}

type AskingCall = Exclude<Call, { verb: 'watch' }>
/** A call before it has a number. */
type Unnumbered<C> = C extends unknown ? Omit<C, 'id'> : never

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** The context bridge keeps nothing of an error but its message: `failure: detail`. */
const failed = (failure: Failure, detail: string): Error => new Error(`${failure}: ${detail}`)

/**
 * Calls reject with `engine-stopped: ` where the engine went away under them; the page asks again,
 * a perform under the request id it had.
 */
export function createDesk(wire: Wire): Desk {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, Set<(news: unknown) => void>>()
  let lastId = 0

  const sendTopics = (): void => {
    if (listeners.size > 0) wire.send({ verb: 'watch', topics: [...listeners.keys()] })
  }

  wire.listen((message) => {
    if ('line' in message) {
      if (message.line === 'open') return sendTopics()
      const lost = [...waiting.values()]
      waiting.clear()
      for (const { reject } of lost) reject(failed('engine-stopped', ''))
      return
    }
    if (message.reply === 'news') {
      for (const tell of listeners.get(message.topic) ?? []) tell(message.news)
      return
    }
    const asked = waiting.get(message.id)
    if (asked === undefined) return
    waiting.delete(message.id)
    if (message.reply === 'answer') asked.resolve(message.answer)
    else asked.reject(failed(message.failure, message.detail))
  })
  wire.send({ line: 'hello' })

  const ask = (call: Unnumbered<AskingCall>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = (lastId += 1)
      // Throws where the payload cannot be cloned: the promise rejects and nothing waits.
      wire.send({ ...call, id })
      waiting.set(id, { resolve, reject })
    })

  return {
    perform: (request) => ask({ verb: 'perform', request }) as Promise<Receipt>,
    ask: (query, question) => ask({ verb: 'ask', query, ask: question }),
    watch(topic, onNews) {
      const known = listeners.get(topic)
      if (known === undefined) {
        listeners.set(topic, new Set([onNews]))
        sendTopics()
      } else {
        known.add(onNews)
      }
      return () => void listeners.get(topic)?.delete(onNews)
    },
  }
}
