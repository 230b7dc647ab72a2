import type { CDPSession, Page } from 'playwright-core'

const sessions = new WeakMap<Page, Promise<CDPSession>>()

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

const SHIFT = 8
/** Measured scanners send a key every 7–16 ms. */
const KEY_SECONDS = 0.008

/** One key as Chromium's own protocol names it; digits and letters, which is all a label holds. */
function strokeOf(character: string) {
  const upper = character.toUpperCase()
  const isLetter = /^[A-Z]$/.test(upper)
  return {
    key: character,
    code: `${isLetter ? 'Key' : 'Digit'}${upper}`,
    windowsVirtualKeyCode: upper.charCodeAt(0),
    modifiers: isLetter && character === upper ? SHIFT : 0,
    text: character,
  }
}

const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, modifiers: 0, text: '\r' }

/**
 * Keys as a scanner that poses as a keyboard sends them, each with its own time and all on their way
 * before the first is answered: a busy machine must not make typing of a scan, as `keyboard.type`
 * would.
 */
export async function scanKeys(page: Page, code: string): Promise<void> {
  const session = await sessionOf(page)
  const strokes = [...Array.from(code, strokeOf), enter]
  const startedAt = Date.now() / 1000
  const sent = strokes.flatMap(({ text, ...stroke }, index) => {
    const timed = { ...stroke, timestamp: startedAt + index * KEY_SECONDS }
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...timed }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...timed }),
    ]
  })
  await Promise.all(sent)
}
