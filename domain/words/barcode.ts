import { z } from 'zod'
import { CODE_LENGTH_MAX, foldFullWidth, isCleanCode, stripTerminators } from './code-text.ts'

/**
 * The code printed on an item's label. Text, never a number: leading zeros count and the
 * university town's codes begin with a letter (F44010…). No check digit exists
 * (reference/domain-cn.md 2.5).
 */
export const ItemBarcode = z
  .string()
  .max(CODE_LENGTH_MAX)
  .refine(isCleanCode)
  .brand<'ItemBarcode'>()
export type ItemBarcode = z.infer<typeof ItemBarcode>

/**
 * The code a person meant when a scanner or a keyboard gave `text`: terminators and surrounding
 * blanks removed, full-width digits and letters folded. It repairs nothing else; the caller keeps
 * `text` as the original. The result may still be refused by ItemBarcode or CardNumber.
 */
export const normaliseBarcode = (text: string): string =>
  foldFullWidth(stripTerminators(text)).trim()
