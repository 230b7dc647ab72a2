/**
 * The character code of owner institutions (ISIL) in ISO 28560-2: three sets with latches and
 * shifts. It begins in the upper-case set; five bits a character there and in lower case, four
 * among the digits; filled up with ones, which no reader mistakes: too few bits follow.
 */
import { BitReader, BitWriter } from './bits.ts'

type SetName = 'upper' | 'lower' | 'digit'

interface CodeSet {
  readonly width: number
  /** The character of each code, in order. */
  readonly characters: string
  /** Codes beyond the characters: where they lead, and whether for one character only. */
  readonly switches: Readonly<Record<number, { readonly to: SetName; readonly isShift: boolean }>>
}

const SETS: Readonly<Record<SetName, CodeSet>> = {
  upper: {
    width: 5,
    characters: '-ABCDEFGHIJKLMNOPQRSTUVWXYZ:',
    switches: {
      28: { to: 'lower', isShift: false },
      29: { to: 'lower', isShift: true },
      30: { to: 'digit', isShift: false },
      31: { to: 'digit', isShift: true },
    },
  },
  lower: {
    width: 5,
    characters: '-abcdefghijklmnopqrstuvwxyz/',
    switches: {
      28: { to: 'upper', isShift: false },
      29: { to: 'upper', isShift: true },
      30: { to: 'digit', isShift: false },
      31: { to: 'digit', isShift: true },
    },
  },
  digit: {
    width: 4,
    characters: '0123456789-:',
    switches: {
      12: { to: 'upper', isShift: false },
      13: { to: 'upper', isShift: true },
      14: { to: 'lower', isShift: false },
      15: { to: 'lower', isShift: true },
    },
  },
}

const ALL_SETS: readonly SetName[] = ['upper', 'lower', 'digit']
const ONES = [1, 1, 1, 1, 1, 1, 1]

export const isIsilText = (text: string): boolean => /^[A-Za-z0-9:/-]+$/.test(text)

const codeOf = (set: SetName, character: string): number | null => {
  const found = SETS[set].characters.indexOf(character)
  return found === -1 ? null : found
}

const switchTo = (from: SetName, to: SetName, isShift: boolean): number => {
  const found = Object.entries(SETS[from].switches).find(
    ([, target]) => target.to === to && target.isShift === isShift,
  )
  // Each set leads to both others by latch and by shift.
  if (found === undefined) throw new Error(`no way from ${from} to ${to}`)
  return Number(found[0])
}

/**
 * null for a text with other characters. One stray character is shifted to where the next one fits
 * the set before it, and latched to otherwise: the choice of the standard's own examples.
 */
export const encodeIsil = (text: string): Uint8Array | null => {
  if (!isIsilText(text)) return null
  const writer = new BitWriter()
  let current: SetName = 'upper'
  for (let n = 0; n < text.length; n += 1) {
    const character = text.charAt(n)
    const own = codeOf(current, character)
    if (own !== null) {
      writer.put(own, SETS[current].width)
      continue
    }
    const target = ALL_SETS.find((set) => codeOf(set, character) !== null)
    if (target === undefined) return null
    const next = text[n + 1]
    const isShift = next === undefined || codeOf(current, next) !== null
    writer.put(switchTo(current, target, isShift), SETS[current].width)
    writer.put(codeOf(target, character) ?? 0, SETS[target].width)
    if (!isShift) current = target
  }
  return writer.finish(ONES)
}

/** Every byte string reads as something; what is left over at its end is padding. */
export const decodeIsil = (bytes: Uint8Array): string => {
  const reader = new BitReader(bytes)
  let text = ''
  let current: SetName = 'upper'
  let shifted: SetName | null = null
  for (;;) {
    const set: CodeSet = SETS[shifted ?? current]
    const code = reader.take(set.width)
    if (code === null) return text
    const leads = set.switches[code]
    if (leads === undefined) {
      text += set.characters[code] ?? ''
      shifted = null
    } else if (leads.isShift) {
      shifted = leads.to
    } else {
      current = leads.to
      shifted = null
    }
  }
}
