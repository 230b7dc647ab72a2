/**
 * Many desks that listen, in one program: `live-client.ts ORDER-AS-JSON`. Says 'ready' when every
 * line has been welcomed; asked with the commits, answers with how late the news was.
 */
import { createPrivateKey } from 'node:crypto'
import type { LiveNews } from '../../../contract/sync-protocol.ts'
import { branchScope } from '../../../domain/scopes.ts'
import { lightAgent, lightDesk } from './light-desk.ts'
import type { DeskPlace } from './light-desk.ts'
import { now } from './shared-clock.ts'

export interface LiveOrder {
  readonly url: string
  readonly privateKey: string
  readonly desks: readonly DeskPlace[]
  /** Where the writer works. */
  readonly branchId: string
}

export interface Commit {
  readonly itemId: string
  /** Its number in the feed of the writer's service point. */
  readonly number: number
  /** ms of the shared clock. */
  readonly sentAt: number
  readonly answeredAt: number
}

export interface LiveFigures {
  /** ms, for each commit and each desk of the service point. */
  readonly afterSent: readonly number[]
  readonly afterAnswer: readonly number[]
  /** ms until the first desk of this program heard the commit among the city's brief facts. */
  readonly brief: readonly number[]
  readonly messages: number
  /** News that never came. */
  readonly missing: number
}

const order = JSON.parse(process.argv[2] ?? '') as LiveOrder
const scope = branchScope(order.branchId)
const key = createPrivateKey(order.privateKey)
const agent = lightAgent()

interface Heard {
  readonly head: number
  readonly at: number
}
const heard: Heard[][] = []
const briefAt = new Map<string, number>()
let messages = 0

/** The heads stand first: the rest is not read where nobody asks. */
const headsOf = (text: string): LiveNews['heads'] =>
  JSON.parse(text.slice('{"heads":'.length, text.indexOf(',"serverEpoch"'))) as LiveNews['heads']

function listen(place: DeskPlace, isFirst: boolean): Promise<void> {
  const mine: Heard[] = []
  if (place.branchId === order.branchId) heard.push(mine)
  const socket = lightDesk(order.url, place.id, key, agent).live()
  return new Promise((welcomed, failed) => {
    socket.on('error', failed)
    socket.on('close', (code) => failed(new Error(`closed with ${code}`)))
    socket.on('message', (bytes: Buffer) => {
      const at = now()
      messages += 1
      const text = bytes.toString('utf8')
      const head = headsOf(text)[scope]
      if (head !== undefined) mine.push({ head, at })
      if (isFirst) noteBrief(JSON.parse(text) as LiveNews, at)
      welcomed()
    })
  })
}

function noteBrief({ entries }: LiveNews, at: number): void {
  for (const { scope: of, changes } of entries) {
    if (of !== 'brief') continue
    for (const change of changes) {
      if ('put' in change && !briefAt.has(change.row.id)) briefAt.set(change.row.id, at)
    }
  }
}

function figuresFor(commits: readonly Commit[]): LiveFigures {
  const afterSent: number[] = []
  const afterAnswer: number[] = []
  let missing = 0
  for (const mine of heard) {
    let at = 0
    for (const { number, sentAt, answeredAt } of commits) {
      while (at < mine.length && (mine[at]?.head ?? 0) < number) at += 1
      const news = mine[at]
      if (news === undefined) {
        missing += 1
        continue
      }
      afterSent.push(news.at - sentAt)
      afterAnswer.push(news.at - answeredAt)
    }
  }
  const brief = commits.flatMap(({ itemId, answeredAt }) => {
    const at = briefAt.get(itemId)
    return at === undefined ? [] : [at - answeredAt]
  })
  return { afterSent, afterAnswer, brief, messages, missing }
}

/** More at once would time out behind one another. */
const OPENING_AT_ONCE = 50

for (let from = 0; from < order.desks.length; from += OPENING_AT_ONCE) {
  const next = order.desks.slice(from, from + OPENING_AT_ONCE)
  await Promise.all(next.map((place, at) => listen(place, from + at === 0)))
}
process.on('message', (commits: readonly Commit[]) => {
  process.send?.(figuresFor(commits), () => process.exit())
})
process.send?.('ready')
