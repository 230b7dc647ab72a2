/**
 * Scanners that pose as keyboards: which keystrokes of this window are a scan, and which are typing.
 *
 * Rule (reference/hid-rfid.md 1.2): a scan is the configured prefix, or at least 6 printable
 * characters with a median gap of at most 30 ms and none above 80 ms; in both cases Enter or Tab
 * follows within 80 ms. Measured scanners send a key every 7–16 ms; people take 60–200 ms.
 *
 * Keys are held back until that is decided, and given back if somebody was typing. The rule looks at
 * `code`, not `key`: an input method rewrites `key`, and Caps Lock turns its case.
 */

/** The part of a keydown event that counts. */
export interface Keystroke {
  readonly code: string
  readonly key: string
  readonly shift: boolean
  /** Ctrl, Alt or Meta was down. */
  readonly modified: boolean
  /** The system repeats a held key. */
  readonly repeat: boolean
  readonly isComposing: boolean
  /** Milliseconds of one clock, in the order of the keys. */
  readonly at: number
}

export interface WedgeSettings {
  /** `code`s the scanner is set up to send before a scan; null: it sends none. */
  readonly prefix: readonly string[] | null
}

interface WedgeKey {
  readonly stroke: Keystroke
  readonly char: string
  /** Went on to the input method at once; it cannot be held back, so it is not given back either. */
  readonly isPassed: boolean
}

export interface WedgeState {
  readonly settings: WedgeSettings
  readonly keys: readonly WedgeKey[]
  /** Last key of a burst that came as fast as a scanner and then stopped without Enter; else null. */
  readonly brokenAt: number | null
}

export type WedgeVerdict =
  /** Keep this key from the page (preventDefault) until a later verdict, or flushWedge, decides. */
  | { readonly kind: 'hold' }
  /** Somebody types. Put `replay` into the focused field, in order; if it lacks this key, hold it. */
  | { readonly kind: 'typing'; readonly replay: readonly Keystroke[] }
  /**
   * A scan ended with this key (preventDefault). `replay` was typed just before it. `isComposing`:
   * the input method has swallowed part of it and its unfinished text must be thrown away.
   */
  | {
      readonly kind: 'scan'
      readonly text: string
      readonly replay: readonly Keystroke[]
      readonly isComposing: boolean
    }
  /** Not ours: let the page have it. */
  | { readonly kind: 'pass' }

export interface WedgeStep {
  readonly state: WedgeState
  readonly verdict: WedgeVerdict
}

export const LENGTH_MIN = 6
export const LENGTH_MAX = 1024
export const MEDIAN_GAP_MS = 30
export const MAX_GAP_MS = 80

/**
 * A scan that stalls in the middle must not deliver its tail: eight digits of an item's code would
 * pass for an old reader card. What follows a broken burst so closely is given to the field.
 */
const BROKEN_MS = 500

const TERMINATORS: ReadonlySet<string> = new Set(['Enter', 'NumpadEnter', 'Tab'])
const SHIFTS: ReadonlySet<string> = new Set(['ShiftLeft', 'ShiftRight', 'CapsLock'])

/** Characters of the US layout, which is what scanners type unless set up otherwise. */
const CHARS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadDecimal: ['.', '.'],
  NumpadDivide: ['/', '/'],
  NumpadMultiply: ['*', '*'],
  NumpadSubtract: ['-', '-'],
  NumpadAdd: ['+', '+'],
}

/** null for a key that prints nothing. Caps Lock does not count: `code` and Shift say what was sent. */
const charOf = (stroke: Keystroke): string | null => {
  const { code, shift } = stroke
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^Numpad(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  return CHARS[code]?.[shift ? 1 : 0] ?? null
}

export const emptyWedge = (settings: WedgeSettings = { prefix: null }): WedgeState => ({
  settings,
  keys: [],
  brokenAt: null,
})

const emptied = (state: WedgeState): WedgeState => ({ ...state, keys: [], brokenAt: null })

const heldStrokes = (keys: readonly WedgeKey[]): readonly Keystroke[] =>
  keys.filter((key) => !key.isPassed).map((key) => key.stroke)

const gapsOf = (keys: readonly WedgeKey[]): number[] =>
  keys.slice(1).map((key, n) => key.stroke.at - (keys[n]?.stroke.at ?? key.stroke.at))

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  const high = sorted[Math.floor(sorted.length / 2)] ?? 0
  return (low + high) / 2
}

/**
 * How many keys at the start were typed just before the scan: each is followed by a pause, and the
 * scan after them is three times as fast. A pause behind fast keys is a scanner that stalled.
 */
const typedBefore = (keys: readonly WedgeKey[]): number => {
  const gaps = gapsOf(keys)
  const firstFast = gaps.findIndex((gap) => gap <= MEDIAN_GAP_MS)
  const rest = gaps.slice(Math.max(firstFast, 0))
  const isMuchFaster = gaps
    .slice(0, Math.max(firstFast, 0))
    .every((gap) => gap > 3 * medianOf(rest))
  return firstFast > 0 && rest.length >= LENGTH_MIN - 1 && isMuchFaster ? firstFast : 0
}

/** Held keys that came as fast as no person types. */
const isBurst = ({ keys }: WedgeState): boolean =>
  keys.length >= 3 && medianOf(gapsOf(keys)) <= MEDIAN_GAP_MS

/**
 * When to call flushWedge after a `hold`. A busy PC delivers keys late, though their own times are
 * right: inside a burst that costs patience, not the scan. Single keys are given back at once.
 */
export const flushAfterMs = (state: WedgeState): number => (isBurst(state) ? BROKEN_MS : MAX_GAP_MS)

/** Broken off: as fast as a scanner, but no terminator came. */
const abandoned = (state: WedgeState): WedgeState => {
  const last = state.keys.at(-1)
  const brokenAt = isBurst(state) && last !== undefined ? last.stroke.at : null
  return { ...state, keys: [], brokenAt }
}

const isTailOfBroken = (state: WedgeState): boolean => {
  const first = state.keys[0]
  return (
    first !== undefined && state.brokenAt !== null && first.stroke.at - state.brokenAt < BROKEN_MS
  )
}

const prefixLength = (state: WedgeState): number => {
  const prefix = state.settings.prefix
  if (prefix === null || prefix.length === 0) return 0
  return prefix.every((code, n) => state.keys[n]?.stroke.code === code) ? prefix.length : 0
}

interface Found {
  readonly text: string
  readonly scanned: readonly WedgeKey[]
  readonly typed: readonly WedgeKey[]
}

/** Judges the keys before a terminator. Gaps above the maximum never get here. */
const findScan = (state: WedgeState): Found | null => {
  const skipped = prefixLength(state)
  if (skipped > 0 && state.keys.length > skipped) {
    const scanned = state.keys.slice(skipped)
    return { text: scanned.map((key) => key.char).join(''), scanned, typed: [] }
  }
  if (isTailOfBroken(state)) return null
  const typedCount = typedBefore(state.keys)
  const scanned = state.keys.slice(typedCount)
  if (scanned.length < LENGTH_MIN) return null
  if (medianOf(gapsOf(scanned)) > MEDIAN_GAP_MS) return null
  // One key held down: some systems repeat it without saying so.
  const codes = new Set(scanned.map((key) => key.stroke.code))
  if (codes.size === 1) return null
  return {
    text: scanned.map((key) => key.char).join(''),
    scanned,
    typed: state.keys.slice(0, typedCount),
  }
}

const typingOrPass = (state: WedgeState, stroke: Keystroke, isPassed: boolean): WedgeStep => {
  const replay = [...heldStrokes(state.keys), ...(isPassed ? [] : [stroke])]
  const isNothingHeld = replay.length === (isPassed ? 0 : 1)
  return {
    state: emptied(state),
    verdict: isNothingHeld ? { kind: 'pass' } : { kind: 'typing', replay },
  }
}

const terminated = (state: WedgeState, stroke: Keystroke, isPassed: boolean): WedgeStep => {
  const found = state.keys.length === 0 ? null : findScan(state)
  if (found === null) return typingOrPass(state, stroke, isPassed)
  return {
    state: emptied(state),
    verdict: {
      kind: 'scan',
      text: found.text,
      replay: heldStrokes(found.typed),
      isComposing: isPassed || found.scanned.some((key) => key.isPassed),
    },
  }
}

/**
 * One keydown. Call flushWedge with a timer flushAfterMs after each `hold`, or the last keys
 * somebody typed stay unseen.
 */
export const judgeKeystroke = (before: WedgeState, stroke: Keystroke): WedgeStep => {
  if (SHIFTS.has(stroke.code)) return { state: before, verdict: { kind: 'pass' } }
  const last = before.keys.at(-1)
  const isLate = last !== undefined && stroke.at - last.stroke.at > MAX_GAP_MS
  const overdue = isLate ? heldStrokes(before.keys) : []
  const state = isLate ? abandoned(before) : before
  // Before composition is announced, a key that the input method took already shows as "Process".
  const isPassed = stroke.isComposing || stroke.key === 'Process'

  const step = judgeInTime(state, stroke, isPassed)
  if (overdue.length === 0) return step
  const { verdict } = step
  if (verdict.kind === 'hold') return { ...step, verdict: { kind: 'typing', replay: overdue } }
  const alsoReplay = isPassed ? [] : [stroke]
  return { ...step, verdict: { kind: 'typing', replay: [...overdue, ...alsoReplay] } }
}

const judgeInTime = (state: WedgeState, stroke: Keystroke, isPassed: boolean): WedgeStep => {
  if (stroke.modified || stroke.repeat) return typingOrPass(state, stroke, isPassed)
  if (TERMINATORS.has(stroke.code)) return terminated(state, stroke, isPassed)
  const isPrefix = state.settings.prefix?.[state.keys.length] === stroke.code
  const char = charOf(stroke) ?? (isPrefix ? '' : null)
  if (char === null || state.keys.length >= LENGTH_MAX) {
    return typingOrPass(state, stroke, isPassed)
  }
  return {
    state: { ...state, keys: [...state.keys, { stroke, char, isPassed }] },
    verdict: isPassed ? { kind: 'pass' } : { kind: 'hold' },
  }
}

/** Gives held keys back when nothing followed them in time; before that, changes nothing. */
export const flushWedge = (state: WedgeState, at: number): WedgeStep => {
  const last = state.keys.at(-1)
  if (last === undefined || at - last.stroke.at < MAX_GAP_MS) {
    return { state, verdict: { kind: state.keys.length > 0 ? 'hold' : 'pass' } }
  }
  const replay = heldStrokes(state.keys)
  return {
    state: abandoned(state),
    verdict: replay.length === 0 ? { kind: 'pass' } : { kind: 'typing', replay },
  }
}
