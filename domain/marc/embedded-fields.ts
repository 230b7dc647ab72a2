/**
 * UNIMARC 4XX fields carry whole fields: `$1` + tag (+ indicators), then that field's subfields;
 * a control field has its value in the `$1` itself (reference/domain-cn.md 1.3).
 */
import type { MarcDataField, MarcField, MarcSubfield } from './marc-record.ts'

export type EmbeddedReading =
  | { ok: true; fields: MarcField[] }
  | { ok: false; fault: 'no-payload' | 'payload-unreadable' | 'no-subfields' }

const STRICT_PAYLOAD = /^\d{3}[ 0-9|#]{2}$/
/** `$12001$a…`, with an indicator lost, is common enough to be read. */
const LENIENT_PAYLOAD = /^\d{3}[ 0-9|#]{0,2}$/

export const readEmbedded = (
  field: MarcDataField,
  reading: 'strict' | 'lenient',
): EmbeddedReading => {
  const payload = reading === 'strict' ? STRICT_PAYLOAD : LENIENT_PAYLOAD
  const fields: { tag: string; indicators: string; subfields: MarcSubfield[]; value: string }[] = []
  for (const { code, value } of field.subfields) {
    if (code === '1') {
      const isControl = /^00\d/.test(value)
      if (!isControl && !payload.test(value)) {
        return { ok: false, fault: 'payload-unreadable' }
      }
      fields.push({
        tag: value.slice(0, 3),
        indicators: isControl ? '' : value.slice(3).padEnd(2, ' '),
        subfields: [],
        value: isControl ? value.slice(3) : '',
      })
    } else fields.at(-1)?.subfields.push({ code, value })
  }
  if (fields.length === 0) return { ok: false, fault: 'no-payload' }
  const isControl = ({ tag }: { tag: string }) => tag.startsWith('00')
  if (fields.some((inner) => !isControl(inner) && inner.subfields.length === 0)) {
    return { ok: false, fault: 'no-subfields' }
  }
  return {
    ok: true,
    fields: fields.map((inner) =>
      isControl(inner)
        ? { tag: inner.tag, value: inner.value }
        : { tag: inner.tag, indicators: inner.indicators, subfields: inner.subfields },
    ),
  }
}

/** The linked title, in the `$1` form or in UNIMARC's plain `$t` form. */
export const linkedTitle = (field: MarcDataField): string | null => {
  const embedded = readEmbedded(field, 'lenient')
  if (!embedded.ok) return field.subfields.find(({ code }) => code === 't')?.value ?? null
  for (const inner of embedded.fields) {
    if (!inner.tag.startsWith('2') && !inner.tag.startsWith('5')) continue
    if (!('subfields' in inner)) continue
    const title = inner.subfields.find(({ code }) => code === 'a')?.value
    if (title !== undefined) return title
  }
  return null
}
