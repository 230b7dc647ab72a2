import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  emptyWedge,
  flushAfterMs,
  flushWedge,
  judgeKeystroke,
  MAX_GAP_MS,
  type Keystroke,
  type WedgeSettings,
  type WedgeState,
} from './wedge.ts'

const CODES: Readonly<Record<string, string>> = { '\r': 'Enter', '\t': 'Tab', '-': 'Minus' }
const codeOf = (char: string): string => {
  if (/\d/.test(char)) return `Digit${char}`
  if (/[a-z]/i.test(char)) return `Key${char.toUpperCase()}`
  return CODES[char] ?? char
}
const stroke = (char: string, at: number, over: Partial<Keystroke> = {}): Keystroke => ({
  code: codeOf(char),
  key: char === '\r' ? 'Enter' : char,
  shift: /[A-Z]/.test(char),
  modified: false,
  repeat: false,
  isComposing: false,
  at,
  ...over,
})

/** Keys as a window gets them, with the flush timer the window would set. */
const play = (strokes: readonly Keystroke[], settings: WedgeSettings = { prefix: null }) => {
  let state: WedgeState = emptyWedge(settings)
  const scans: string[] = []
  let field = ''
  let didDiscardComposition = false
  const type = (keys: readonly Keystroke[]) => {
    field += keys.map((key) => key.key).join('')
  }
  for (const [n, key] of strokes.entries()) {
    const step = judgeKeystroke(state, key)
    state = step.state
    if (step.verdict.kind === 'pass') type([key])
    else if (step.verdict.kind === 'typing') type(step.verdict.replay)
    else if (step.verdict.kind === 'scan') {
      type(step.verdict.replay)
      scans.push(step.verdict.text)
      didDiscardComposition ||= step.verdict.isComposing
    }
    const next = strokes[n + 1]
    if (next === undefined || next.at - key.at > MAX_GAP_MS) {
      const flushed = flushWedge(state, key.at + MAX_GAP_MS)
      state = flushed.state
      if (flushed.verdict.kind === 'typing') type(flushed.verdict.replay)
    }
  }
  return { scans, field, didDiscardComposition }
}

const keys = (
  text: string,
  gapMs: number | readonly number[],
  from = 0,
  over: Partial<Keystroke> = {},
): Keystroke[] => {
  let at = from
  return Array.from(text, (char, n) => {
    if (n > 0) at += typeof gapMs === 'number' ? gapMs : (gapMs[(n - 1) % gapMs.length] ?? 0)
    return stroke(char, at, over)
  })
}

const ITEM = '04400510000001'

describe('wedge', () => {
  test.each([
    ['a scan at 7 ms with Enter', keys(`${ITEM}\r`, 7)],
    ['a scan with outliers of 16 ms', keys(`${ITEM}\r`, [7, 8, 7, 16])],
    ['a scan at 30 ms', keys(`${ITEM}\r`, 30)],
    ['a scan with Tab', keys(`${ITEM}\t`, 7)],
    ['one gap of 80 ms', keys(`${ITEM}\r`, [7, 7, 7, 7, 7, 7, 80, 7, 7, 7, 7, 7, 7, 7])],
  ])('takes %s', (_name, strokes) => {
    expect(play(strokes)).toEqual({ scans: [ITEM], field: '', didDiscardComposition: false })
  })

  test.each([
    ['typing at 120 ms', keys('0440051\r', 120), '0440051Enter'],
    ['fast typing at 60 ms', keys('0440051\r', 60), '0440051Enter'],
    ['a median just above 30 ms', keys('0440051\r', 31), '0440051Enter'],
    ['a gap of 81 ms', keys(`${ITEM}\r`, [7, 7, 7, 7, 81, 7, 7, 7, 7]), `${ITEM}Enter`],
    ['five characters', keys('12345\r', 7), '12345Enter'],
    ['a scan without a terminator', keys(ITEM, 7), ITEM],
    ['a terminator 81 ms late', [...keys(ITEM, 7), stroke('\r', 13 * 7 + 81)], `${ITEM}Enter`],
    ['one key held at 30 ms, unsaid', keys('aaaaaaaaaa\r', 30), 'aaaaaaaaaaEnter'],
    [
      'one key held, said',
      [stroke('a', 0), ...keys('aaaaaaa', 30, 30, { repeat: true }), stroke('\r', 300)],
      'aaaaaaaaEnter',
    ],
    ['Enter alone', keys('\r', 0), 'Enter'],
    ['a shortcut', [stroke('1', 0), stroke('2', 5), stroke('k', 10, { modified: true })], '12k'],
    ['Backspace', [stroke('1', 0), stroke('x', 9, { code: 'Backspace', key: '⌫' })], '1⌫'],
  ])('gives %s back to the field, in order', (_name, strokes, field) => {
    expect(play(strokes)).toMatchObject({ scans: [], field })
  })

  it('never delivers the tail of a scan that stalled: eight digits would be a reader card', () => {
    for (let stallAt = 1; stallAt < ITEM.length; stallAt += 1) {
      for (const stallMs of [60, 81, 200, 400]) {
        const strokes = keys(`${ITEM}\r`, 7).map((key, n) =>
          n < stallAt ? key : { ...key, at: key.at + stallMs },
        )
        const { scans, field } = play(strokes)
        const isWhole = scans.length === 1 && scans[0] === ITEM && field === ''
        const isTyped = scans.length === 0 && field === `${ITEM}Enter`
        // One or two keys alone look like typing; what follows is then too long for a card.
        const isLongTail = stallAt <= 2 && (scans[0] ?? '').length >= 12
        expect(isWhole || isTyped || isLongTail, `${stallAt} keys, ${stallMs} ms`).toBe(true)
      }
    }
  })

  it('keeps three typed characters and takes the scan that follows', () => {
    const typed = keys('abc', 120)
    for (const pauseMs of [45, 79, 81, 300]) {
      const strokes = [...typed, ...keys(`${ITEM}\r`, 7, 240 + pauseMs)]
      expect(play(strokes)).toMatchObject({ scans: [ITEM], field: 'abc' })
    }
  })

  it('takes two scans in a row', () => {
    const strokes = [...keys(`${ITEM}\r`, 7), ...keys('F4401000000001\r', 7, 110)]
    expect(play(strokes)).toMatchObject({ scans: [ITEM, 'F4401000000001'], field: '' })
  })

  it('reads code and Shift, so Caps Lock and full-width keys change nothing', () => {
    const strokes = keys('F4401000000001\r', 7).map((key) => ({
      ...key,
      key: key.key === 'F' ? 'f' : key.key === '1' ? '１' : key.key,
    }))
    expect(play(strokes).scans).toEqual(['F4401000000001'])
    const lower = keys('f4401000000001\r', 7).map((key) => ({ ...key, key: key.key.toUpperCase() }))
    expect(play(lower).scans).toEqual(['f4401000000001'])
  })

  it('lets Shift pass without ending a scan', () => {
    const strokes = keys('F4401000000001\r', 7)
    strokes.splice(1, 0, stroke('x', 2, { code: 'ShiftLeft', key: '' }))
    expect(play(strokes)).toMatchObject({ scans: ['F4401000000001'], field: '' })
  })

  it('takes a scan from under an input method and says that its text must go', () => {
    const composing = keys(`${ITEM}\r`, 7, 0, { isComposing: true, key: 'Process' })
    expect(play(composing)).toMatchObject({ scans: [ITEM], didDiscardComposition: true })
  })

  it('leaves pinyin to the input method', () => {
    const composing = keys('shenzhen\r', 120, 0, { isComposing: true })
    expect(play(composing)).toEqual({
      scans: [],
      field: 'shenzhenEnter',
      didDiscardComposition: false,
    })
  })

  it('takes anything behind the prefix the scanner is set up with', () => {
    const settings = { prefix: ['F9', 'Backquote'] }
    const prefixed = (text: string, gapMs: number) => [
      stroke('', 0, { code: 'F9', key: '' }),
      stroke('`', 5, { code: 'Backquote' }),
      ...keys(text, gapMs, 10),
    ]
    expect(play(prefixed('12\r', 60), settings)).toMatchObject({ scans: ['12'], field: '' })
    expect(play(prefixed('\r', 7), settings).scans).toEqual([])
    expect(play(keys(`${ITEM}\r`, 7), settings).scans).toEqual([ITEM])
  })

  it('loses no key: each is in a scan, is typed, or ended a scan', () => {
    const anyKey = fc.record({
      char: fc.constantFrom(...Array.from('0123456789abF-\r\t')),
      gapMs: fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 200 })),
    })
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 60 }), (typed) => {
        let at = 0
        const strokes = typed.map(({ char, gapMs }) => {
          at += gapMs
          return stroke(char, at, { key: char })
        })
        const { scans, field } = play(strokes)
        const shown = field.length + scans.reduce((sum, text) => sum + text.length + 1, 0)
        expect(shown).toBe(strokes.length)
        for (const text of scans) expect(text.length).toBeGreaterThanOrEqual(6)
      }),
      { numRuns: 300 },
    )
  })
})

test('waits for the rest of a burst that a busy PC delivers late, and not for a person', () => {
  const held = (gapMs: number) =>
    Array.from('044005').reduce(
      (state, char, n) => judgeKeystroke(state, stroke(char, 1000 + n * gapMs)).state,
      emptyWedge({ prefix: null }),
    )
  expect(flushAfterMs(held(10))).toBeGreaterThan(MAX_GAP_MS)
  expect(flushAfterMs(held(60))).toBe(MAX_GAP_MS)
  expect(flushAfterMs(emptyWedge({ prefix: null }))).toBe(MAX_GAP_MS)
})
