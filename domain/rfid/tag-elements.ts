/** The data elements of ISO 28560-1 and their relative object identifiers. */
import { z } from 'zod'

/** OID 0 (the UHF identifier) and 2 (the content parameter) are made, not given; they have no name. */
export const ELEMENT_OIDS = {
  primaryItemId: 1,
  ownerIsil: 3,
  setInfo: 4,
  typeOfUsage: 5,
  shelfLocation: 6,
  onixMediaFormat: 7,
  marcMediaFormat: 8,
  supplierId: 9,
  orderNumber: 10,
  illBorrowerIsil: 11,
  illTransaction: 12,
  gs1ProductId: 13,
  alternativeUniqueItemId: 14,
  localA: 15,
  localB: 16,
  title: 17,
  localProductId: 18,
  otherMediaFormat: 19,
  supplyStage: 20,
  invoiceNumber: 21,
  alternativeItemId: 22,
  alternativeOwner: 23,
  ownerSubsidiary: 24,
  alternativeIllBorrower: 25,
  localC: 26,
} as const
export type ElementName = keyof typeof ELEMENT_OIDS

export const elementNames = Object.keys(ELEMENT_OIDS) as readonly ElementName[]

const namesByOid = new Map<number, ElementName>(
  elementNames.map((name) => [ELEMENT_OIDS[name], name]),
)
export const elementName = (oid: number): ElementName | null => namesByOid.get(oid) ?? null

/** Texts as they stand on the tag; null: the tag has none. */
export type TagElements = Readonly<Record<ElementName, string | null>>

export const noElements: TagElements = Object.fromEntries(
  elementNames.map((name) => [name, null]),
) as TagElements

export const ElementNames = z.enum(elementNames as [ElementName, ...ElementName[]])

/** Elements as a person or a program gives them: those that are not named are null. */
export const GivenElements = z
  .partialRecord(ElementNames, z.string().max(200).nullable())
  .transform((given): TagElements => ({ ...noElements, ...given }))

/** "1203": this is part 3 of 12. */
export interface TagSet {
  readonly parts: number
  readonly part: number
}

/** Two numbers of equal length: how many, which. null where the text is not that. */
export const readSetInfo = (text: string): TagSet | null => {
  if (!/^\d+$/.test(text) || text.length % 2 !== 0 || text.length > 6) return null
  const parts = Number(text.slice(0, text.length / 2))
  const part = Number(text.slice(text.length / 2))
  return parts >= 1 && part >= 1 && part <= parts ? { parts, part } : null
}

export const setInfoText = ({ parts, part }: TagSet): string => {
  const digits = String(parts).length
  return `${parts}${String(part).padStart(digits, '0')}`
}

/** Which elements follow, as a bit map: its first bit stands for OID 3. */
export const encodeContentParameter = (oids: readonly number[]): Uint8Array => {
  const listed = oids.filter((oid) => oid >= 3)
  const bytes = new Uint8Array(listed.length === 0 ? 0 : ((Math.max(...listed) - 3) >> 3) + 1)
  for (const oid of listed) {
    const bit = oid - 3
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  }
  return bytes
}

export const decodeContentParameter = (bytes: Uint8Array): readonly number[] =>
  Array.from(bytes).flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7]
      .filter((bit) => (byte & (0x80 >> bit)) !== 0)
      .map((b) => 3 + at * 8 + b),
  )
