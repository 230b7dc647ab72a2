/** Puts the wedge rule between the window's keys and the page (reference/hid-rfid.md 1.2). */
import { emptyWedge, flushAfterMs, flushWedge, judgeKeystroke } from './wedge.ts'
import type { Keystroke, WedgeVerdict } from './wedge.ts'

const strokeOf = (event: KeyboardEvent): Keystroke => ({
  code: event.code,
  key: event.key,
  shift: event.shiftKey,
  modified: event.ctrlKey || event.altKey || event.metaKey,
  repeat: event.repeat,
  isComposing: event.isComposing,
  at: event.timeStamp,
})

/** Returns the way to stop. */
export function captureWedge(onScan: (text: string) => void): () => void {
  let state = emptyWedge()
  let timer: ReturnType<typeof setTimeout> | null = null

  const settle = (verdict: WedgeVerdict): void => {
    if (verdict.kind === 'typing') for (const stroke of verdict.replay) replayStroke(stroke)
    if (verdict.kind === 'hold') wait()
  }
  const wait = (): void => {
    if (timer !== null) clearTimeout(timer)
    // One millisecond more: timers may fire a fraction early, and the rule compares exactly.
    timer = setTimeout(
      () => {
        const step = flushWedge(state, performance.now())
        state = step.state
        settle(step.verdict)
      },
      flushAfterMs(state) + 1,
    )
  }

  const onKey = (event: KeyboardEvent): void => {
    // Replayed strokes come through here once more.
    if (!event.isTrusted) return
    const stroke = strokeOf(event)
    const step = judgeKeystroke(state, stroke)
    state = step.state
    const { verdict } = step
    if (verdict.kind === 'pass') return
    // Held keys go in before this one; this one then takes its native way, so that Enter still submits.
    if (verdict.kind === 'typing' && verdict.replay.at(-1) === stroke) {
      const earlier = verdict.replay.slice(0, -1)
      for (const held of earlier) replayStroke(held)
      // A scan that broke: its Enter must not press the button that happens to have the focus.
      const isBrokenScan = stroke.key === 'Enter' && earlier.length > 0
      if (isBrokenScan && !isEditable(document.activeElement ?? document.body)) swallow(event)
      return
    }
    swallow(event)
    if (verdict.kind === 'scan') {
      for (const typed of verdict.replay) replayStroke(typed)
      if (verdict.isComposing) dropComposition()
      onScan(verdict.text)
      return
    }
    settle(verdict)
    wait()
  }
  window.addEventListener('keydown', onKey, { capture: true })
  return () => {
    window.removeEventListener('keydown', onKey, { capture: true })
    if (timer !== null) clearTimeout(timer)
  }
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

const isEditable = (element: Element): boolean =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !/^(checkbox|radio|button|file)$/.test(element.type)) ||
  (element instanceof HTMLElement && element.isContentEditable)

/** What the key would have done: listeners first, then the text, or the click of a space bar. */
function replayStroke({ code, key, shift }: Keystroke): void {
  const target = document.activeElement ?? document.body
  const again = new KeyboardEvent('keydown', {
    code,
    key,
    shiftKey: shift,
    bubbles: true,
    cancelable: true,
  })
  if (!target.dispatchEvent(again) || key.length !== 1) return
  if (isEditable(target)) {
    // The only call that edits like a key: undo, selection and React's own events included.
    document.execCommand('insertText', false, key)
  } else if (key === ' ' && target instanceof HTMLElement && target !== document.body) {
    target.click()
  }
}

/** An input method that swallowed part of a scan lets go of it when the field loses the focus. */
function dropComposition(): void {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLElement)) return
  activeElement.blur()
  activeElement.focus()
}
