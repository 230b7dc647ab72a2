/** A CNMARC record of a book that no rule of quality objects to. */
import type { BibContent } from '../../domain/cataloguing-records.ts'

const LINES = [
  '001  012021000001',
  '010  $a978-7-5001-6208-7$dCNY32.00',
  '100  $a20211208d2022    em y0chiy50      ea',
  '1011 $achi$cfre',
  '102  $aCN$b110000',
  '105  $aa   z   000fy',
  '106  $ar',
  '2001 $a小王子$9xiao wang zi$f(法)圣埃克苏佩里著$g李玉民译',
  '210  $a北京$c中译出版社$d2022',
  '215  $a112页$c图$d21cm',
  '690  $aI565.88$v5',
  '701 0$c(法)$a圣埃克苏佩里$9sheng ai ke su pei li$4著',
  '702 0$a李玉民$9li yu min$4译',
  '801 0$aCN$bNLC$c20211208',
]

const fieldOf = (line: string): BibContent['fields'][number] => {
  const tag = line.slice(0, 3)
  if (tag < '010') return { tag, indicators: null, value: line.slice(5), subfields: [] }
  const parts = line.slice(6).split('$')
  const subfields = parts.map((part) => ({ code: part.slice(0, 1), value: part.slice(1) }))
  return { tag, indicators: line.slice(3, 5), value: null, subfields }
}

/** `lines`, such as `210  $a北京$d2022`, stand in the place of those with their tag, or in order. */
export function aGoodRecord(...lines: readonly string[]): BibContent {
  const tags = new Set(lines.map((line) => line.slice(0, 3)))
  const kept = LINES.filter((line) => !tags.has(line.slice(0, 3)))
  const all = [...kept, ...lines].toSorted((a, b) => (a.slice(0, 3) < b.slice(0, 3) ? -1 : 1))
  return { leader: '00000nam0 2200000   450 ', fields: all.map(fieldOf) }
}

export const withoutTag = (record: BibContent, tag: string): BibContent => ({
  ...record,
  fields: record.fields.filter((field) => field.tag !== tag),
})
