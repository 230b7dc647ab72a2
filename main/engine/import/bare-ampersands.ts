/**
 * An ampersand that begins no entity makes the parser wait for a semicolon, past the ends of many
 * records. It is given a character instead that is a fault in its own place, of the same length.
 */
const FAULT = '\u0000'

const PIECES = /<!\[CDATA\[|<!--|&(?!(?:[A-Za-z][\w.-]{0,30}|#\d{1,7}|#x[\da-fA-F]{1,6});)/g
/** What may go on in the next chunk. */
const UNFINISHED = /(?:&[\w#.-]{0,32}|<(?:!(?:\[[A-Z]{0,5}|-)?)?)$/

const ENDS: Readonly<Record<string, string>> = { '<![CDATA[': ']]>', '<!--': '-->' }

export interface BareAmpersands {
  /** The text as far as it can be judged; what is held back comes with the next. */
  readonly mark: (text: string) => string
  readonly held: () => string
  /** What is held back, at the end of the file. */
  readonly rest: () => string
}

export function createBareAmpersands(): BareAmpersands {
  let held = ''
  /** Within a comment or CDATA, where an ampersand is itself: what ends it. */
  let end: string | null = null

  const judged = (text: string): string => {
    let marked = ''
    let at = 0
    while (at < text.length) {
      if (end !== null) {
        const found = text.indexOf(end, at)
        const to = found === -1 ? text.length : found + end.length
        if (found !== -1) end = null
        marked += text.slice(at, to)
        at = to
        continue
      }
      PIECES.lastIndex = at
      const piece = PIECES.exec(text)
      if (piece === null) return marked + text.slice(at)
      marked += text.slice(at, piece.index) + (piece[0] === '&' ? FAULT : piece[0])
      end = ENDS[piece[0]] ?? null
      at = piece.index + piece[0].length
    }
    return marked
  }

  const mark = (text: string): string => {
    const all = held + text
    const keep = end === null ? (UNFINISHED.exec(all.slice(-40))?.[0].length ?? 0) : 2
    held = all.slice(Math.max(0, all.length - keep))
    return judged(all.slice(0, all.length - held.length))
  }

  return {
    mark,
    held: () => held,
    rest: () => {
      const last = held
      held = ''
      return judged(last)
    },
  }
}
