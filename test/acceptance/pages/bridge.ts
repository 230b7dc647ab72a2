/** The line between a page and its engine, for work of a whole day: what a screen would ask for. */
import type { JSHandle, Page } from 'playwright-core'
import type { PerformRequest, Receipt, Reply } from '../../../contract/desk-api.ts'
import type { OperationKind, PayloadOf, SummaryOf } from '../../../domain/operations/index.ts'

interface PageLine {
  readonly perform: (request: PerformRequest) => Promise<Reply>
}

export class Bridge {
  readonly #line: JSHandle<PageLine>
  #done = 0

  constructor(line: JSHandle<PageLine>) {
    this.#line = line
  }

  /** Operations that were done over it. */
  get done(): number {
    return this.#done
  }

  /** What a rule asks about is answered for: the book is in the hand. Throws where it was refused. */
  async perform<K extends OperationKind>(kind: K, payload: PayloadOf<K>): Promise<SummaryOf<K>> {
    const asked = await this.#call(kind, payload, [])
    const receipt =
      asked.outcome === 'needs-override' ? await this.#call(kind, payload, asked.findings) : asked
    if (receipt.outcome !== 'done') throw new Error(`${kind}: ${JSON.stringify(receipt.findings)}`)
    this.#done += 1
    return receipt.summary as SummaryOf<K>
  }

  async #call(
    kind: OperationKind,
    payload: unknown,
    findings: Receipt['findings'],
  ): Promise<Receipt> {
    const overrides = findings
      .filter(({ level }) => level === 'override')
      .map(({ code }) => ({ code, reason: '书在手上', second: null }))
    const requestId = crypto.randomUUID()
    const request = { requestId, kind, payload, overrides, isDryRun: false }
    const reply = await this.#line.evaluate((line, one) => line.perform(one), request)
    if (reply.reply !== 'answer') throw new Error(`${kind}: ${JSON.stringify(reply)}`)
    return reply.answer as Receipt
  }
}

/** Beside the page's own line, under its token: somebody is signed in already. */
export async function bridgeOf(page: Page): Promise<Bridge> {
  const line = await page.evaluateHandle(async (): Promise<PageLine> => {
    const token = sessionStorage.getItem('citydesk.token') ?? ''
    const socket = new WebSocket(`ws://${location.host}/ws`, ['citydesk.v1', token])
    const waiting = new Map<number, (reply: Reply) => void>()
    socket.addEventListener('message', ({ data: text }) => {
      const reply = JSON.parse(String(text)) as Reply
      if (reply.reply !== 'news') waiting.get(reply.id)?.(reply)
    })
    await new Promise((opened) => socket.addEventListener('open', opened, { once: true }))
    let last = 0
    return {
      perform: (request) =>
        new Promise((answer) => {
          const id = (last += 1)
          waiting.set(id, answer)
          socket.send(JSON.stringify({ verb: 'perform', id, request }))
        }),
    }
  })
  return new Bridge(line)
}
