/** AIM symbology identifiers (ISO/IEC 15424): what a scanner says of the symbols it read. */

/** By the letter behind the bracket; proper names, the same in every language. */
const namesByLetter: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  E: 'EAN / UPC',
  F: 'Codabar',
  I: 'Interleaved 2 of 5',
  Q: 'QR Code',
  d: 'Data Matrix',
  L: 'PDF417',
}

/** `]C0 · Code 128`; the identifier alone where it is none of these; null where there is none. */
export function meaningOfAim(aim: string | null): string | null {
  if (aim === null || aim === '') return null
  if (aim === ']C1') return `${aim} · GS1-128`
  const name = namesByLetter[aim.charAt(1)]
  return name === undefined ? aim : `${aim} · ${name}`
}
