/** A heading as a cataloguer enters it, and as the city keeps it. */
import { Authority } from '../../domain/authority-records.ts'
import { headingKey, textOfAuthority } from '../../domain/marc/heading-key.ts'

export const toldLuXun = {
  kind: 'person',
  indicators: ' 0',
  subfields: [
    { code: 'a', value: '鲁迅' },
    { code: '9', value: 'lu xun' },
    { code: 'f', value: '1881-1936' },
  ],
  variants: ['周树人', '周樟寿', 'Lu Hsün'],
  seeAlso: ['周作人'],
  note: null,
} as const

export const anAuthority = (parts: object = {}): Authority => {
  const told = { ...toldLuXun, id: 'authority-1', ...parts }
  return Authority.parse({
    headingKey: headingKey(textOfAuthority({ subfields: [...told.subfields] })),
    variantKeys: told.variants.map(headingKey),
    revision: 1,
    savedAt: 1_763_000_000_000,
    staffId: 'staff-lin',
    branchId: 'branch-futian',
    ...told,
  })
}
