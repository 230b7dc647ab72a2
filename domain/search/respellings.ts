/** Pinyin typed as it sounds, or with a slip of the finger → what may have been meant. */
import { splitSyllables } from './pinyin.ts'

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

const confusions = (word: string): string[] =>
  CONFUSED.flatMap(([sound, other]) =>
    [...word.matchAll(sound)].map((hit) => replaced(word, hit.index, hit[0].length, other)),
  )

const undoubled = (word: string): string[] =>
  [...word.matchAll(/([a-z])\1/g)].map((hit) => replaced(word, hit.index, 2, hit[0].charAt(0)))

const leftOut = (word: string): string[] =>
  Array.from({ length: word.length + 1 }, (_none, at) =>
    LEFT_OUT.map((letter) => replaced(word, at, 0, letter)),
  ).flat()

/** Syllables it is read as; null where it cannot be read, or ends within a syllable. */
function syllablesCount(word: string): number | null {
  const [split] = splitSyllables(word, 1)
  return split === undefined || split.partial !== null ? null : split.whole.length
}

/**
 * Other spellings of one word of Latin letters, one slip away, likeliest first, at most 40: confused
 * sounds (zh/z, ch/c, sh/s, n/ng, l/n), then a doubled letter, then a missing one by fewest
 * syllables. Empty for any other text and for words too short to say.
 */
export function respellings(text: string): readonly string[] {
  const word = text.replaceAll(/[\s']/g, '')
  if (!/^[a-z]+$/.test(word) || word.length < LETTERS_MIN || word.length > LETTERS_MAX) return []
  const isReadable = (spelling: string): boolean => syllablesCount(spelling) !== null
  const likely = [...confusions(word), ...undoubled(word)].filter(isReadable)
  const missing = leftOut(word)
    .map((spelling) => ({ spelling, count: syllablesCount(spelling) ?? Infinity }))
    .filter(({ count }) => count !== Infinity)
    .toSorted((a, b) => a.count - b.count)
    .map(({ spelling }) => spelling)
  return [...new Set([...likely, ...missing])].slice(0, RESPELLINGS_MAX)
}
