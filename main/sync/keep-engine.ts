/**
 * Keeps one engine process alive for a shell and carries lines to it. A dead engine is a short
 * pause: its lines end, the pages say "reconnecting", the next engine is there within seconds.
 */
import type { EngineToShell, ShellToEngine, StartFailure } from './desk-messages.ts'

const BACKOFF_FIRST_MS = 100
/** With the engine's own start this stays below the three seconds a desk may be without it. */
const BACKOFF_MAX_MS = 1_000
/** An engine that lived this long starts the back-off anew. */
const STEADY_MS = 10_000
const STOP_MS_MAX = 5_000

export interface EngineLine {
  readonly call: (call: unknown) => void
  readonly close: () => void
}

/** An engine's process, however the shell starts one. */
export interface EngineChild {
  readonly pid: number | null
  readonly post: (message: ShellToEngine) => void
  readonly kill: () => void
}

/** Starts an engine with its options; `onExit` is called once, and nothing may follow it. */
export type StartEngine = (
  onMessage: (message: EngineToShell) => void,
  onExit: () => void,
) => EngineChild

export interface KeptEngine {
  /** Null while no engine serves; `onEnd` when the engine behind the line died. */
  readonly openLine: (onReply: (reply: unknown) => void, onEnd: () => void) => EngineLine | null
  /** Calls back each time an engine begins to serve. */
  readonly onReady: (listener: () => void) => void
  /** Null while none runs. */
  readonly pid: () => number | null
  readonly stop: () => Promise<void>
}

interface OpenLine {
  readonly onReply: (reply: unknown) => void
  readonly onEnd: () => void
}

/** `onFailed`: it could not start and will not by itself. */
export function keepEngine(
  start: StartEngine,
  onFailed: (failure: StartFailure, detail: string) => void,
): KeptEngine {
  const keeper = new Keeper(start, onFailed)
  keeper.begin()
  return keeper
}

class Keeper implements KeptEngine {
  readonly #start: StartEngine
  readonly #onFailed: (failure: StartFailure, detail: string) => void
  readonly #lines = new Map<number, OpenLine>()
  readonly #readyListeners: (() => void)[] = []
  #child: EngineChild | null = null
  #isReady = false
  #isStopping = false
  #lastLine = 0
  #backoffMs = BACKOFF_FIRST_MS
  #onGone = (): void => undefined

  constructor(start: StartEngine, onFailed: (failure: StartFailure, detail: string) => void) {
    this.#start = start
    this.#onFailed = onFailed
  }

  begin(): void {
    const startedAt = performance.now()
    this.#child = this.#start(
      (message) => this.#hear(message),
      () => this.#end(performance.now() - startedAt),
    )
  }

  pid(): number | null {
    return this.#child?.pid ?? null
  }

  onReady(listener: () => void): void {
    this.#readyListeners.push(listener)
  }

  openLine(onReply: (reply: unknown) => void, onEnd: () => void): EngineLine | null {
    if (!this.#isReady) return null
    const line = (this.#lastLine += 1)
    this.#lines.set(line, { onReply, onEnd })
    this.#post({ to: 'open', line })
    return {
      call: (call) => this.#post({ to: 'call', line, call }),
      close: () => {
        if (this.#lines.delete(line)) this.#post({ to: 'close', line })
      },
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    const engine = this.#child
    if (engine === null) return
    const gone = Promise.withResolvers<void>()
    this.#onGone = gone.resolve
    this.#post({ to: 'stop' })
    const force = setTimeout(() => engine.kill(), STOP_MS_MAX)
    await gone.promise
    clearTimeout(force)
  }

  #hear(message: EngineToShell): void {
    switch (message.from) {
      case 'ready':
        this.#isReady = true
        for (const tell of this.#readyListeners) tell()
        return
      case 'reply':
        this.#lines.get(message.line)?.onReply(message.reply)
        return
      case 'failed':
        this.#isStopping = true
        this.#onFailed(message.failure, message.detail)
    }
  }

  #end(livedMs: number): void {
    this.#isReady = false
    this.#child = null
    const cut = [...this.#lines.values()]
    this.#lines.clear()
    for (const line of cut) line.onEnd()
    this.#onGone()
    if (livedMs > STEADY_MS) this.#backoffMs = BACKOFF_FIRST_MS
    setTimeout(() => this.#isStopping || this.begin(), this.#backoffMs)
    this.#backoffMs = Math.min(this.#backoffMs * 2, BACKOFF_MAX_MS)
  }

  #post(message: ShellToEngine): void {
    this.#child?.post(message)
  }
}
