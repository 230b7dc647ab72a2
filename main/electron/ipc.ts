/**
 * Carries the pages' calls to the engine and its replies back. Each message is checked for where it
 * comes from, not just the first: a frame may have gone elsewhere in between.
 */
import type { IpcMain, IpcMainEvent, WebContents } from 'electron'
import type { Reply } from '../../contract/desk-api.ts'
import { CALL_CHANNEL, REPLY_CHANNEL } from '../../contract/shell-line.ts'
import type { ToPage } from '../../contract/shell-line.ts'
import { isAppUrl } from './app-protocol.ts'
import type { EngineLine, KeptEngine } from '../sync/keep-engine.ts'

type Sender = Pick<WebContents, 'id' | 'send' | 'once' | 'isDestroyed'>

export interface CallEvent {
  readonly sender: Sender
  readonly senderFrame: {
    readonly url: string
    readonly parent: unknown
  } | null
}

export type SenderTrouble = 'foreign-window' | 'detached-frame' | 'sub-frame' | 'foreign-page'

/** Null where the message comes from the top frame of one of our windows, showing our page. */
export function senderTrouble(
  { sender, senderFrame }: CallEvent,
  isOurWindow: (contentsId: number) => boolean,
): SenderTrouble | null {
  if (!isOurWindow(sender.id)) return 'foreign-window'
  // Null once the frame has navigated or is gone: nobody can tell any more whose message it was.
  if (senderFrame === null) return 'detached-frame'
  if (senderFrame.parent !== null) return 'sub-frame'
  return isAppUrl(senderFrame.url) ? null : 'foreign-page'
}

export interface CarryParts {
  readonly ipc: Pick<IpcMain, 'on'>
  readonly engine: Pick<KeptEngine, 'openLine' | 'onReady'>
  readonly isOurWindow: (contentsId: number) => boolean
  readonly audit: (what: string, detail: string) => void
}

interface Page {
  readonly sender: Sender
  line: EngineLine | null
}

export function carryPages({ ipc, engine, isOurWindow, audit }: CarryParts): void {
  const pages = new Map<number, Page>()

  function greet(sender: Sender): void {
    const known = pages.get(sender.id)
    // A new document numbers its calls from one again; late replies to the old one must not reach it.
    known?.line?.close()
    if (known === undefined) sender.once('destroyed', () => forget(sender.id))
    const page: Page = { sender, line: null }
    pages.set(sender.id, page)
    connect(page)
  }

  function connect(page: Page): void {
    page.line = engine.openLine(
      (reply) => tell(page.sender, reply as Reply),
      () => {
        page.line = null
        tell(page.sender, { line: 'closed' })
      },
    )
    if (page.line !== null) tell(page.sender, { line: 'open' })
  }

  function forget(contentsId: number): void {
    pages.get(contentsId)?.line?.close()
    pages.delete(contentsId)
  }

  engine.onReady(() => {
    for (const page of pages.values()) connect(page)
  })
  ipc.on(CALL_CHANNEL, (event: IpcMainEvent, message: unknown) => {
    const trouble = senderTrouble(event, isOurWindow)
    if (trouble !== null) return audit('call-refused', trouble)
    if (isHello(message)) return greet(event.sender)
    const line = pages.get(event.sender.id)?.line ?? null
    if (line === null) refuse(event.sender, message)
    else line.call(message)
  })
}

const isHello = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'line' in message && message.line === 'hello'

/** The page tries again by itself. A watch has no answer: it is repeated when the line opens. */
function refuse(sender: Sender, message: unknown): void {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null
  if (typeof id !== 'number') return
  tell(sender, { reply: 'failure', id, failure: 'engine-stopped', detail: '' })
}

function tell(sender: Sender, message: ToPage): void {
  if (!sender.isDestroyed()) sender.send(REPLY_CHANNEL, message)
}
