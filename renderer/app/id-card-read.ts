/** An identity card that was read: all the page ever knows of its number. */
import { z } from 'zod'
import type { ScanNews } from './scan-feed.ts'

const IdCardRead = z.strictObject({
  masked: z.string().max(30),
  /** Null where the check letter is wrong. */
  idNumberHash: z.string().length(64).nullable(),
})
export type IdCardRead = z.infer<typeof IdCardRead>

export const idCardOf = ({ text, idNumberHash }: ScanNews): IdCardRead => ({
  masked: text,
  idNumberHash,
})

/** What another screen handed over with the way to this one; an address never holds it. */
export function idCardHandedOver(state: unknown): IdCardRead | null {
  const parsed = z.looseObject({ idCard: IdCardRead }).safeParse(state)
  return parsed.success ? parsed.data.idCard : null
}
