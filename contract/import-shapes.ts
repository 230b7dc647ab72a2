/** A file of records before its import begins: what it seems to be. */
import { z } from 'zod'
import { MarcProfile } from '../domain/cataloguing-records.ts'
import { MARC_ENCODINGS } from '../domain/marc/marc-encodings.ts'
import { route } from './route.ts'

/** Base64 of 256 KiB. */
const CHUNK_LENGTH_MAX = 360_000

export const ImportChoices = z.strictObject({
  format: z.enum(['auto', 'iso2709', 'marcxml']),
  profile: z.enum(['auto', 'cnmarc', 'unimarc', 'marc21']),
  encoding: z.enum(['auto', ...MARC_ENCODINGS]),
})

const Counted = <T extends z.ZodType>(name: T) =>
  z.array(z.strictObject({ name, count: z.int().positive() }))

/** Of the records at the beginning of a file, the commonest first. */
export const ImportLook = z.strictObject({
  /** It is no file of records: a code of READING_FAULTS. */
  fault: z.string().nullable(),
  isPacked: z.boolean(),
  /** Looked at; the rest of the file may differ. */
  records: z.int().min(0),
  refusedCount: z.int().min(0),
  profiles: Counted(MarcProfile),
  /** As MARC_ENCODINGS names them; an XML file may name others. */
  encodings: Counted(z.string()),
  /** Some were told by their bytes alone: the titles show whether that was right. */
  isEncodingGuessed: z.boolean(),
  titles: z.array(z.string()),
})
export type ImportLook = z.infer<typeof ImportLook>

export const importRequests = {
  /** `headBase64`: how the file begins, at most 256 KiB of it. Nothing is kept. */
  'import-look': route({
    ask: z.strictObject({
      headBase64: z.string().max(CHUNK_LENGTH_MAX),
      isWhole: z.boolean(),
      ...ImportChoices.shape,
    }),
    answer: ImportLook,
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
