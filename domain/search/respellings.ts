/** Pinyin typed as it sounds, or with a slip of the finger → what may have been meant. */
import { fewestSyllables } from './pinyin.ts'

const LETTERS_MIN = 5
const LETTERS_MAX = 32
const RESPELLINGS_MAX = 40
/** Only these are left out often enough to be worth a search: the vowels, and the end of zh and ng. */
const LEFT_OUT = Array.from('aeiouhgn')
/** Sounds that many speakers do not tell apart; each pair holds both ways. */
const CONFUSED = [
  [/zh/g, 'z'],
  [/ch/g, 'c'],
  [/sh/g, 's'],
  [/z(?!h)/g, 'zh'],
  [/c(?!h)/g, 'ch'],
  [/s(?!h)/g, 'sh'],
  [/(?<=[aei])ng/g, 'n'],
  [/(?<=[aei])n(?!g)/g, 'ng'],
  [/l/g, 'n'],
  [/n/g, 'l'],
] as const

/** `word` with the text at `at`, `length` letters long, replaced. */
const replaced = (word: string, at: number, length: number, by: string): string =>
  word.slice(0, at) + by + word.slice(at + length)

function* confusions(word: string): Generator<string> {
  for (const [sound, other] of CONFUSED) {
    for (const hit of word.matchAll(sound)) yield replaced(word, hit.index, hit[0].length, other)
  }
}

function* undoubled(word: string): Generator<string> {
  for (const hit of word.matchAll(/([a-z])\1/g)) {
    yield replaced(word, hit.index, 2, hit[0].charAt(0))
  }
}

function* leftOut(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at += 1) {
    for (const letter of LEFT_OUT) yield replaced(word, at, 0, letter)
  }
}

export interface RespellingBudget {
  /** Asked before each spelling is looked at, and there may be some 260 of them. */
  readonly isSpent: () => boolean
}

/**
 * Other spellings of one word of Latin letters, one slip away, likeliest first, at most 40: confused
 * sounds (zh/z, ch/c, sh/s, n/ng, l/n), then a doubled letter, then a missing one by fewest
 * syllables. None for any other text and for words too short to say. Each is made when it is asked
 * for; only the missing letters are all looked at before the first of them, for their order.
 */
export function* respellings(text: string, { isSpent }: RespellingBudget): Generator<string> {
  const word = text.replaceAll(/[\s']/g, '')
  if (!/^[a-z]+$/.test(word) || word.length < LETTERS_MIN || word.length > LETTERS_MAX) return
  const given = new Set<string>([word])
  for (const spellings of [confusions(word), undoubled(word), byFewestSyllables(word, isSpent)]) {
    for (const spelling of spellings) {
      if (isSpent() || given.size > RESPELLINGS_MAX) return
      if (given.has(spelling) || fewestSyllables(spelling) === null) continue
      given.add(spelling)
      yield spelling
    }
  }
}

/** With one letter more. */
function* byFewestSyllables(word: string, isSpent: () => boolean): Generator<string> {
  const counted: { spelling: string; count: number }[] = []
  for (const spelling of leftOut(word)) {
    if (isSpent()) return
    const count = fewestSyllables(spelling)
    if (count !== null) counted.push({ spelling, count })
  }
  for (const { spelling } of counted.toSorted((a, b) => a.count - b.count)) yield spelling
}
