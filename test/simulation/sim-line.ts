/** The line between a desk and the city: slow, deaf on one side, broken, or somebody else's. */
import { PROTOCOL_VERSION, ServerRefusal, messages } from '../../contract/sync-protocol.ts'
import type { LiveNews } from '../../contract/sync-protocol.ts'
import { TransportFailure } from '../../main/sync/transport.ts'
import type { Transport, TransportOptions } from '../../main/sync/transport.ts'
import type { Random } from './random.ts'
import type { MessageName, Reply, SignedText } from './signed-text.ts'
import type { SimServer } from './sim-server.ts'
import { sealOf } from './signed-text.ts'
import type { LineTrouble } from './swarm.ts'
import type { Timeline } from './timeline.ts'

/** As in main/sync/transport.ts. */
const REQUEST_MS_MAX = 20_000

export interface LineState {
  /** Requests reach the city. */
  isUp: boolean
  /** Answers reach the desk. */
  isDown: boolean
}

export interface LineParts {
  readonly timeline: Timeline
  readonly random: Random
  readonly server: () => SimServer
  readonly secret: () => string
  readonly state: LineState
  /** Gone when everything heals. */
  readonly trouble: () => LineTrouble | null
  /** The nodes that run. */
  readonly nodes: () => readonly number[]
  readonly pageMax: () => number
  readonly batchMax: () => number
  /** Every answer that the city gave, before the line has it. */
  readonly onAnswer: (asked: SignedText, reply: Reply, answer: unknown) => void
  readonly trace: (what: string) => void
  readonly listen: (onNews: (news: LiveNews) => void, onEnd: () => void) => { close: () => void }
}

export function simTransport(parts: LineParts, options: TransportOptions): Transport {
  const { timeline, random } = parts
  let nonces = 0
  return {
    send(message, request) {
      const name = message as MessageName
      const text = JSON.stringify({ protocol: PROTOCOL_VERSION, ...cut(parts, name, request) })
      const at = Math.round(options.clock.now() + options.clockOffsetMs())
      const nonce = `nonce-${(nonces += 1)}-${random.int(0, 1e9)}`
      const plain = { message: name, device: options.deviceId ?? '', text, at, nonce }
      const asked = { ...plain, seal: sealOf(parts.secret(), plain) }
      return new Promise((resolve, reject) => {
        const giveUp = timeline.after(REQUEST_MS_MAX, `${name} given up`, () => {
          reject(new TransportFailure('timed-out', name))
        })
        const take = (reply: Reply): void => {
          giveUp()
          try {
            resolve(readReply(name, reply, timeline.now()) as never)
          } catch (error) {
            reject(error)
          }
        }
        travel(parts, asked, take)
      })
    },
    live: (onNews, onEnd) => parts.listen(onNews, onEnd),
    range: () => Promise.reject(new TransportFailure('unreachable', 'no snapshots here')),
  }
}

/** Small pages and batches, so that runs are cut in the middle. */
function cut(parts: LineParts, name: MessageName, request: object): object {
  if (name === 'pull') return { ...request, limit: parts.pageMax() }
  if (name !== 'push') return request
  const { operations } = request as { operations: readonly unknown[] }
  return { operations: operations.slice(0, parts.batchMax()) }
}

function travel(parts: LineParts, asked: SignedText, take: (reply: Reply) => void): void {
  const { timeline, random } = parts
  const trouble = parts.trouble()
  const copies = trouble !== null && random.chance(trouble.duplicate) ? 2 : 1
  for (let copy = 0; copy < copies; copy += 1) {
    if (trouble !== null && random.chance(trouble.drop)) continue
    timeline.after(delayOf(parts), `${asked.device} ${asked.message} arrives`, () => {
      if (!parts.state.isUp) return
      void arrive(parts, bent(parts, asked), take)
    })
  }
}

/** Mostly ms; with a bad line now and then minutes, hours, days. */
function delayOf({ random, trouble }: LineParts): number {
  const most = trouble()?.delayMaxMs ?? 50
  return Math.exp(random.next() * Math.log(most))
}

/** What a proxy in between makes of it. */
function bent({ random, trouble }: LineParts, asked: SignedText): SignedText {
  const bad = trouble()
  if (bad === null) return asked
  if (random.chance(bad.truncate)) return { ...asked, text: cutShort(random, asked.text) }
  if (random.chance(bad.rewrite)) return { ...asked, text: rewritten(random, asked.text) }
  return asked
}

const cutShort = (random: Random, text: string): string =>
  text.slice(0, Math.floor(random.next() * text.length))

function rewritten(random: Random, text: string): string {
  const at = random.int(0, text.length - 1)
  return `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`
}

async function arrive(
  parts: LineParts,
  asked: SignedText,
  take: (reply: Reply) => void,
): Promise<void> {
  const { timeline, random } = parts
  const nodes = parts.nodes()
  if (nodes.length === 0) return
  const node = random.pick(nodes)
  const reply = await timeline.outside(() => parts.server().receive(node, asked))
  if (reply === null) return
  parts.onAnswer(asked, reply, JSON.parse(reply.text))
  const trouble = parts.trouble()
  if (trouble !== null && random.chance(trouble.replyLost)) return
  const hole = trouble !== null && random.chance(trouble.rewrite / 2) ? holed(random, reply) : null
  const isPage = trouble !== null && random.chance(trouble.rewrite)
  const isCut = trouble !== null && random.chance(trouble.truncate)
  const heard = isPage
    ? { status: 200, text: '<html>Welcome to the guest network</html>' }
    : isCut
      ? { ...reply, text: cutShort(random, reply.text) }
      : (hole ?? reply)
  timeline.after(delayOf(parts), `${asked.device} ${asked.message} answered`, () => {
    if (parts.state.isDown) take(heard)
  })
}

/** A page that lost an entry on its way, between its first and its last. */
function holed(random: Random, reply: Reply): Reply {
  const answer = JSON.parse(reply.text) as { entries?: unknown[] }
  if ((answer.entries?.length ?? 0) < 2) return reply
  answer.entries?.splice(random.int(0, (answer.entries?.length ?? 0) - 2), 1)
  return { ...reply, text: JSON.stringify(answer) }
}

/** As main/sync/transport.ts reads an answer. Throws TransportFailure. */
function readReply(name: MessageName, { status, text }: Reply, serverMs: number): unknown {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    throw new TransportFailure('not-our-server', 'answer broken off')
  }
  if (status !== 200) {
    const refused = ServerRefusal.safeParse(answer)
    if (!refused.success) throw new TransportFailure('not-our-server', 'refusal')
    const { refusal, detail } = refused.data
    // The Date header tells whole seconds.
    throw new TransportFailure(refusal, detail, { serverMs: Math.floor(serverMs / 1000) * 1000 })
  }
  const parsed = messages[name].response.safeParse(answer)
  if (!parsed.success) throw new TransportFailure('not-our-server', `answer to ${name}`)
  return parsed.data
}
