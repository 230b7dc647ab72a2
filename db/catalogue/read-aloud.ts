/** A text of hanzi as it is read aloud, by the phrase dictionary and, of a person, the surnames. */
import { pinyin } from 'pinyin-pro'

export interface ReadPart {
  /** One hanzi, or a run of Latin letters and digits; punctuation is not read. */
  readonly source: string
  /** Without tones, `ü` as it is written; of a run the run itself. */
  readonly chosen: string
  /** Every reading that the hanzi has, the chosen one among them; one where there is no doubt. */
  readonly readings: readonly string[]
}

const HAN = /\p{Script=Han}/u
const RUN = /^[A-Za-z0-9]$/u

export function readAloud(text: string, isName: boolean): ReadPart[] {
  const found: ReadPart[] = []
  let run = ''
  const endRun = (): void => {
    if (run !== '') found.push({ source: run, chosen: run, readings: [run] })
    run = ''
  }
  for (const part of pinyin(text.normalize('NFC'), {
    toneType: 'none',
    type: 'all',
    ...(isName ? { surname: 'head' } : {}),
  })) {
    if (!part.isZh && RUN.test(part.origin)) {
      run += part.origin
      continue
    }
    endRun()
    if (!part.isZh) {
      // The dictionary has no reading: the hanzi stands among the syllables, where M11 points at it.
      if (HAN.test(part.origin)) found.push(unread(part.origin))
      continue
    }
    const readings = [part.pinyin, ...part.polyphonic.map(withoutTone)]
    found.push({ source: part.origin, chosen: part.pinyin, readings: [...new Set(readings)] })
  }
  endRun()
  return found
}

const unread = (source: string): ReadPart => ({ source, chosen: source, readings: [source] })

/** Tones are marks over vowels; the two dots of ü are none. */
const withoutTone = (syllable: string): string =>
  syllable
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030c]/gu, '')
    .normalize('NFC')
