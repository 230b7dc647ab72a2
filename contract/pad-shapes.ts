/** What lies on the pads, as the screens see it. */
import { z } from 'zod'
import { TagWrite, tagWriteQueries } from './tag-write-shapes.ts'
import { nothing, route } from './route.ts'

/** What a tag says that the gate goes by. */
export const TagSecurityShape = z.enum(['in-stock', 'on-loan', 'unknown'])

export const PadTag = z.strictObject({
  uid: z.string(),
  /** Key of the pad it lies on. */
  pad: z.string(),
  /** What the tag says; null where it says nothing that can be believed. */
  barcode: z.string().nullable(),
  /** Of the item here; null where this desk does not know it. */
  title: z.string().nullable(),
  model: z.enum(['iso-28560-2', 'iso-28560-3', 'iso-28560-4', '3m', 'blank', 'garbage', 'unread']),
  ownerIsil: z.string().nullable(),
  usage: z.string().nullable(),
  /** Null: not part of a set. */
  part: z.int().nullable(),
  parts: z.int().nullable(),
  security: TagSecurityShape.nullable(),
  afi: z.int().nullable(),
  dsfid: z.int().nullable(),
  /** Memory from block 0. */
  memoryHex: z.string().max(2_048),
  /** Why nothing is done with it; null where all is well. The words are in renderer/language. */
  trouble: z
    .enum([
      'unreadable',
      'not-a-library-tag',
      'blank',
      'two-of-one-item',
      'parts-missing',
      'not-offline',
    ])
    .nullable(),
  missingParts: z.array(z.int()),
  /** Its security is being changed. */
  isWorking: z.boolean(),
})
export type PadTag = z.infer<typeof PadTag>

/** A tag whose security does not say what its item's loan says. */
export const SecurityDebt = z.strictObject({
  uid: z.string(),
  barcode: z.string(),
  title: z.string().nullable(),
  wanted: z.enum(['in-stock', 'on-loan']),
  since: z.number(),
  /** It lies on a pad, and does not take it. */
  hasFailed: z.boolean(),
  /** Told by another service point or desk; null: owed since it lay on a pad of this one. */
  toldByBranchId: z.string().nullable(),
})
export type SecurityDebt = z.infer<typeof SecurityDebt>

export const PadStatus = z.strictObject({
  tags: z.array(PadTag),
  /** Nothing has moved for a while. */
  isSettled: z.boolean(),
  /** Oldest first. */
  debts: z.array(SecurityDebt),
  /** The last one that was put right, until its book is taken away. */
  /** Tags of this desk's tray, the newest first. */
  writes: z.array(TagWrite),
  repaired: z.strictObject({ barcode: z.string(), title: z.string().nullable() }).nullable(),
})
export type PadStatus = z.infer<typeof PadStatus>

export const padQueries = {
  ...tagWriteQueries,
  'pad-status': route({
    ask: nothing,
    answer: PadStatus,
    permission: 'use-devices',
    audit: 'none',
    effect: 'none',
  }),
  /** A reader came to the desk: these, which no screen had a use for, are scanned if they still lie there. */
  'offer-pad': route({
    ask: z.strictObject({ barcodes: z.array(z.string().max(64)).max(256) }),
    answer: z.strictObject({ offeredCount: z.int() }),
    permission: 'use-devices',
    audit: 'none',
    effect: 'desk',
  }),
  /** A set with parts missing is taken all the same. */
  'take-parts': route({
    ask: z.strictObject({ barcode: z.string().min(1).max(64), reason: z.string().min(1).max(200) }),
    answer: nothing,
    permission: 'use-devices',
    audit: 'desk',
    effect: 'desk',
  }),
  /** The virtual pad: lays an item's tag on it, or lifts it. */
  'virtual-tag': route({
    ask: z.strictObject({
      barcode: z.string().min(1).max(64),
      isOn: z.boolean(),
      /** What was written on it when it came; a blank one and another system's have no item. */
      content: z.enum(['item', 'blank', 'foreign']),
      part: z.int().min(1).max(99).nullable(),
      parts: z.int().min(1).max(99).nullable(),
    }),
    answer: nothing,
    permission: 'use-devices',
    audit: 'none',
    effect: 'desk',
  }),
} as const
