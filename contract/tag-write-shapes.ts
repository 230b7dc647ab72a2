/** Encoding by scanning, as the screen sees it. */
import { z } from 'zod'
import { nothing, route } from './route.ts'

/** One tag of the tray. */
export const TagWrite = z.strictObject({
  uid: z.string(),
  barcode: z.string(),
  /** Null where this desk does not know it. */
  title: z.string().nullable(),
  state: z.enum([
    'writing',
    /** Written and read back. */
    'done',
    /** It lies there, and does not take it. */
    'failed',
    /** Lifted in the middle, or the desk stopped: finished when it lies on a pad again. */
    'interrupted',
    /** Somebody else wrote it meanwhile: it is left as it is. */
    'overtaken',
  ]),
  at: z.number(),
})
export type TagWrite = z.infer<typeof TagWrite>

export const TagWriteAnswer = z.enum([
  'writing',
  /** It says so already. */
  'same',
  'no-tag',
  'several-tags',
  'unreadable',
  'unknown-item',
  'being-written',
  'does-not-fit',
  'reader-card',
  // What a person may overwrite all the same.
  'other-item',
  'foreign',
  'item-has-tag',
])
export type TagWriteAnswer = z.infer<typeof TagWriteAnswer>

export const tagWriteQueries = {
  /** Writes the one tag on the pad for this item. `uid` of the answer: the tag that it is about. */
  'write-tag': route({
    ask: z.strictObject({
      barcode: z.string().min(1).max(64),
      /** The tag whose content may go: it was asked about, and another in its place was not. */
      overwriteUid: z.string().max(32).nullable(),
    }),
    answer: z.strictObject({ outcome: TagWriteAnswer, uid: z.string().nullable() }),
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'desk',
  }),
  /** A tag that was left half written is not waited for any more: another took its place. */
  'give-up-tag': route({
    ask: z.strictObject({ uid: z.string().min(1).max(32) }),
    answer: nothing,
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'desk',
  }),
} as const
