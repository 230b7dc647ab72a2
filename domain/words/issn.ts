/** ISSN (ISO 3297): seven digits and a mod-11 check character, written `1234-567X`. */

export const issnCheckDigit = (first7: string): string => {
  let sum = 0
  for (let index = 0; index < 7; index += 1) sum += Number(first7.charAt(index)) * (8 - index)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

/** `1234-5679`, or null where the text is not a valid ISSN. Tolerates full-width and no hyphen. */
export const normaliseIssn = (raw: string): string | null => {
  const plain = raw.slice(0, 64).normalize('NFKC').toUpperCase()
  const match = /^\s*(?:ISSN[:\s]*)?(\d{4})[\s\-‐‑‒–—−]?(\d{3})([\dX])(?![\dX])/.exec(plain)
  if (match === null) return null
  const first7 = `${match[1] ?? ''}${match[2] ?? ''}`
  const check = match[3] ?? ''
  return issnCheckDigit(first7) === check
    ? `${first7.slice(0, 4)}-${first7.slice(4)}${check}`
    : null
}
