import { beforeEach, describe, expect, test } from 'vitest'
import { CALL_CHANNEL } from '../../contract/shell-line.ts'
import { FakeContents, FakeIpc, callFrom } from '../../test/packaging/fake-electron.ts'
import type { KeptEngine } from '../sync/keep-engine.ts'
import { carryPages } from './ipc.ts'
import type { CallEvent } from './ipc.ts'

/** Lines that remember what was called; the engine comes and goes as the test says. */
class FakeEngine implements Pick<KeptEngine, 'openLine' | 'onReady'> {
  isReady = true
  readonly lines: {
    calls: unknown[]
    isOpen: boolean
    reply: (reply: unknown) => void
    end: () => void
  }[] = []
  #tell = (): void => undefined

  openLine: KeptEngine['openLine'] = (onReply, onEnd) => {
    if (!this.isReady) return null
    const line = { calls: [] as unknown[], isOpen: true, reply: onReply, end: onEnd }
    this.lines.push(line)
    return {
      call: (call) => line.calls.push(call),
      close: () => {
        line.isOpen = false
      },
    }
  }

  onReady = (listener: () => void): void => {
    this.#tell = listener
  }

  dies(): void {
    this.isReady = false
    for (const line of this.lines) line.end()
  }

  returns(): void {
    this.isReady = true
    this.#tell()
  }
}

const OUR_WINDOW = 1
let engine: FakeEngine
let ipc: FakeIpc
let page: FakeContents
let audited: string[]
const ask = { verb: 'ask', id: 7, query: 'session', ask: null }
const emit = (event: CallEvent, message: unknown): boolean => ipc.emit(CALL_CHANNEL, event, message)

beforeEach(() => {
  engine = new FakeEngine()
  ipc = new FakeIpc()
  page = new FakeContents(OUR_WINDOW)
  audited = []
  carryPages({
    ipc: ipc.asIpcMain,
    engine,
    isOurWindow: (id) => id === OUR_WINDOW,
    audit: (what, detail) => audited.push(`${what} ${detail}`),
  })
})

test('there is one channel in', () => {
  expect(ipc.eventNames()).toEqual([CALL_CHANNEL])
})

describe('a message is refused and written down', () => {
  const app = 'citydesk://app/index.html'
  test.each<[string, string, CallEvent['senderFrame'], number]>([
    ['from an evil host', 'foreign-page', { url: 'https://evil.com/', parent: null }, 1],
    ['from a host like ours', 'foreign-page', { url: 'citydesk://app.evil/', parent: null }, 1],
    ['from our host in another scheme', 'foreign-page', { url: 'https://app/', parent: null }, 1],
    ['from about:blank', 'foreign-page', { url: 'about:blank', parent: null }, 1],
    ['from no address', 'foreign-page', { url: '', parent: null }, 1],
    ['from a file', 'foreign-page', { url: 'file:///index.html', parent: null }, 1],
    ['from a sub-frame of our page', 'sub-frame', { url: app, parent: {} }, 1],
    ['from a frame that is gone', 'detached-frame', null, 1],
    ['from contents that are no window of ours', 'foreign-window', { url: app, parent: null }, 2],
  ])('%s: %s', (_name, trouble, senderFrame, id) => {
    emit(callFrom(page), { line: 'hello' })
    const sender = id === OUR_WINDOW ? page : new FakeContents(id)
    emit(callFrom(sender, senderFrame), ask)
    emit(callFrom(sender, senderFrame), { line: 'hello' })
    expect(audited).toEqual([`call-refused ${trouble}`, `call-refused ${trouble}`])
    expect(engine.lines).toHaveLength(1)
    expect(engine.lines[0]?.calls).toEqual([])
  })
})

test('calls go to the engine as they came, replies to the page', () => {
  emit(callFrom(page), { line: 'hello' })
  emit(callFrom(page), ask)
  expect(engine.lines[0]?.calls).toEqual([ask])
  engine.lines[0]?.reply({ reply: 'answer', id: 7, answer: 'none' })
  expect(page.sent).toEqual([{ line: 'open' }, { reply: 'answer', id: 7, answer: 'none' }])
})

test('a page without an engine is told so, and again when there is one', () => {
  engine.isReady = false
  emit(callFrom(page), { line: 'hello' })
  emit(callFrom(page), ask)
  emit(callFrom(page), { verb: 'watch', topics: ['scan'] })
  emit(callFrom(page), 'nonsense')
  expect(page.sent).toEqual([{ reply: 'failure', id: 7, failure: 'engine-stopped', detail: '' }])
  engine.returns()
  expect(page.sent.at(-1)).toEqual({ line: 'open' })
})

test('an engine that dies closes the line, the next one opens it', () => {
  emit(callFrom(page), { line: 'hello' })
  engine.dies()
  engine.returns()
  emit(callFrom(page), ask)
  expect(page.sent).toEqual([{ line: 'open' }, { line: 'closed' }, { line: 'open' }])
  expect(engine.lines.map(({ calls }) => calls)).toEqual([[], [ask]])
})

test('a new document has a line of its own', () => {
  emit(callFrom(page), { line: 'hello' })
  emit(callFrom(page), { line: 'hello' })
  expect(engine.lines.map(({ isOpen }) => isOpen)).toEqual([false, true])
})

test('a window that is gone closes its line and gets nothing more', () => {
  emit(callFrom(page), { line: 'hello' })
  emit(callFrom(page), { line: 'hello' })
  page.destroy()
  expect(engine.lines.map(({ isOpen }) => isOpen)).toEqual([false, false])
  engine.lines[1]?.reply({ reply: 'news', topic: 'scan', news: {} })
  engine.returns()
  expect(engine.lines).toHaveLength(2)
  expect(page.sent).toEqual([{ line: 'open' }, { line: 'open' }])
})
