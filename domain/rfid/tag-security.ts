/** What the bytes beside a tag's memory say: AFI (application family) and DSFID (data format). */

/** In stock: the gate alarms. */
export const AFI_IN_STOCK = 0x07
/** On loan; also reader cards, and items of libraries that do not secure by AFI. */
export const AFI_ON_LOAN = 0xc2
/** ISO/IEC 15962 format 6 (library), no directory. */
export const DSFID_LIBRARY = 0x06

/** A third value is nobody's word for "secured". */
export type TagSecurity = 'in-stock' | 'on-loan' | 'unknown'

export const readAfi = (afi: number): TagSecurity => {
  if (afi === AFI_IN_STOCK) return 'in-stock'
  return afi === AFI_ON_LOAN ? 'on-loan' : 'unknown'
}
