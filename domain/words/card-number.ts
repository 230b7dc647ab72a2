import { z } from 'zod'
import { CODE_LENGTH_MAX, isCleanCode } from './code-text.ts'

/**
 * The number on a reader's card, physical or virtual. It is replaced when the card is, so it never
 * identifies the reader in records.
 */
export const CardNumber = z.string().max(CODE_LENGTH_MAX).refine(isCleanCode).brand<'CardNumber'>()
export type CardNumber = z.infer<typeof CardNumber>
