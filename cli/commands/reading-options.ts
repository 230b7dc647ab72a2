/** Options of every command that reads a file of records. */
import { MARC_ENCODINGS } from '../../domain/marc/marc-encodings.ts'
import type { ReadingChoices } from '../../main/engine/import/record-reading.ts'
import { choice } from '../command.ts'
import type { OptionValues } from '../command.ts'

export const readingOptions = {
  format: { type: 'string' },
  profile: { type: 'string' },
  encoding: { type: 'string' },
} as const

export const readingHelp = `  --format auto|iso2709|marcxml            by how the file begins
  --profile auto|cnmarc|unimarc|marc21     record by record
  --encoding auto|utf-8|gb18030|big5|marc-8|iso-5426|windows-1252
                                           record by record`

export const readingChoices = (values: OptionValues): ReadingChoices => ({
  format: choice(values, 'format', ['auto', 'iso2709', 'marcxml'], 'auto'),
  profile: choice(values, 'profile', ['auto', 'cnmarc', 'unimarc', 'marc21'], 'auto'),
  encoding: choice(values, 'encoding', ['auto', ...MARC_ENCODINGS], 'auto'),
})
