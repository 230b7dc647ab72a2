/** The shapes of what is charged by hand: policy as data. */
import { z } from 'zod'

export const FeeCause = z.enum(['overdue', 'damage', 'loss', 'rfid-tag', 'label', 'card', 'other'])
export type FeeCause = z.infer<typeof FeeCause>

/** A return charges `overdue` by itself. */
export const ChargedCause = FeeCause.exclude(['overdue'])
export type ChargedCause = z.infer<typeof ChargedCause>

const Fen = z.int().min(0).max(100_000_000)

export const Charges = z.strictObject({
  /** A cause without a line is charged by nobody. Beyond the bounds the branch head answers. */
  lines: z
    .array(
      z.strictObject({
        cause: ChargedCause.exclude(['loss']),
        /** What the form proposes. */
        usualFen: Fen,
        minFen: Fen,
        maxFen: Fen,
      }),
    )
    .max(50),
  /** Of the price, or of `priceUnknownFen` where the record has none. */
  loss: z.strictObject({
    factorMin: z.number().min(0).max(100),
    factorMax: z.number().min(0).max(100),
    priceUnknownFen: Fen,
  }),
  /** So much circulation staff waives alone. */
  waiveMaxFen: Fen,
})
export type Charges = z.infer<typeof Charges>

/** How money came or went: the desk records it, other machines move it. */
export const Tender = z.enum(['cash', 'card', 'wechat', 'alipay'])
export type Tender = z.infer<typeof Tender>
