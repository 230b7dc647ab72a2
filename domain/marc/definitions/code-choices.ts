/** Lists of codes as lines: the code, a blank, what it means in Chinese, ` / `, and in English. */

export interface Wording {
  readonly zh: string
  readonly en: string
}

export interface CodeChoice extends Wording {
  /** As it is written in the record; a blank is a blank. */
  readonly code: string
}

const LINE = /^(\S+) (.+) \/ (.+)$/u

/** `#` in a code stands for a blank. Throws at a line that is none. */
export const readCodes = (list: string): readonly CodeChoice[] =>
  list
    .trim()
    .split('\n')
    .map((line) => {
      const [, code, zh, en] = LINE.exec(line) ?? []
      if (code === undefined || zh === undefined || en === undefined) {
        throw new Error(`no code: ${line}`)
      }
      return { code: code.replaceAll('#', ' '), zh, en }
    })
