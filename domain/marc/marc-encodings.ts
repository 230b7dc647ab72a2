/** What records are read in, the ones that a cataloguer meets most first. */
export const MARC_ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'marc-8',
  'iso-5426',
  'windows-1252',
] as const

export type MarcEncoding = (typeof MARC_ENCODINGS)[number]
