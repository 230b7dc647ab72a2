import { beforeEach, expect, test, vi } from 'vitest'
import type { Desk, PerformRequest } from '../contract/desk-api.ts'
import type { FromPage, ToPage } from '../contract/shell-line.ts'
import { createDesk } from './desk-line.ts'

const newListener = () => vi.fn<(news: unknown) => void>()
let desk: Desk
let sent: FromPage[]
let receive: (message: ToPage) => void

beforeEach(() => {
  sent = []
  desk = createDesk({
    send: (message) => {
      sent.push(structuredClone(message))
    },
    listen: (listener) => {
      receive = listener
    },
  })
})

const request: PerformRequest = {
  requestId: 'r-00000001',
  kind: 'loan.check-out',
  payload: {},
  overrides: [],
  isDryRun: false,
}

test('there are three functions, for ever', () => {
  expect(Object.keys(desk)).toEqual(['perform', 'ask', 'watch'])
})

test('says hello, then numbers its calls; answers find theirs', async () => {
  const performed = desk.perform(request)
  const asked = desk.ask('session', null)
  expect(sent).toEqual([
    { line: 'hello' },
    { verb: 'perform', id: 1, request },
    { verb: 'ask', id: 2, query: 'session', ask: null },
  ])
  receive({ reply: 'answer', id: 2, answer: 'b' })
  receive({ reply: 'answer', id: 1, answer: 'a' })
  receive({ reply: 'answer', id: 99, answer: 'nobody asked' })
  expect(await Promise.all([performed, asked])).toEqual(['a', 'b'])
})

test('a failure keeps its name and its place in the only text that crosses the bridge', async () => {
  const asked = desk.ask('x', null)
  receive({ reply: 'failure', id: 1, failure: 'bad-request', detail: 'payload.card: text' })
  await expect(asked).rejects.toThrow(/^bad-request: payload\.card: text$/)
})

test('calls in the air when the engine goes are given back', async () => {
  const asked = desk.ask('x', null)
  receive({ line: 'closed' })
  await expect(asked).rejects.toThrow(/^engine-stopped: $/)
  receive({ line: 'open' })
  receive({ reply: 'answer', id: 1, answer: 'of another life' })
  const again = desk.ask('x', null)
  receive({ reply: 'answer', id: 2, answer: 'yes' })
  expect(await again).toBe('yes')
})

test('news goes to those who watch its topic, as it is, until they stop', () => {
  const [one, two] = [newListener(), newListener()]
  const stop = desk.watch('scan', one)
  desk.watch('scan', two)
  receive({ reply: 'news', topic: 'scan', news: { number: 1 } })
  receive({ reply: 'news', topic: 'changed', news: {} })
  stop()
  receive({ reply: 'news', topic: 'scan', news: { number: 2 } })
  expect(one.mock.calls).toEqual([[{ number: 1 }]])
  expect(two.mock.calls).toEqual([[{ number: 1 }], [{ number: 2 }]])
})

test('what was watched is watched again when the engine is back', () => {
  receive({ line: 'open' })
  desk.watch('scan', newListener())
  desk.watch('changed', newListener())
  receive({ line: 'closed' })
  receive({ line: 'open' })
  expect(sent.slice(1)).toEqual([
    { verb: 'watch', topics: ['scan'] },
    { verb: 'watch', topics: ['scan', 'changed'] },
    { verb: 'watch', topics: ['scan', 'changed'] },
  ])
})

test('what cannot be sent rejects and waits for nothing', async () => {
  await expect(desk.ask('x', () => 'a function')).rejects.toThrow(/could not be cloned/)
  receive({ line: 'closed' })
  expect(sent).toEqual([{ line: 'hello' }])
})
