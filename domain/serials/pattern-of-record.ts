/** What a serial's own record says of its pattern: CNMARC 110 (UNIMARC codes), position 1, and 326. */
import { firstValue } from '../marc/marc-record.ts'
import type { MarcRecord } from '../marc/marc-record.ts'
import type { Frequency } from './pattern-shapes.ts'

/** UNIMARC 110, frequency. Those without a pattern of ours here are set up by hand. */
const byCode: Readonly<Record<string, Frequency>> = {
  a: 'daily',
  c: 'weekly',
  d: 'fortnightly',
  e: 'semi-monthly',
  f: 'monthly',
  g: 'bimonthly',
  h: 'quarterly',
  j: 'half-yearly',
  k: 'yearly',
  o: 'ten-day',
  y: 'irregular',
}

/** As cataloguers write it in 326; the longer words first, for 月刊 ends several. */
const byWord: readonly (readonly [string, Frequency])[] = [
  ['双月刊', 'bimonthly'],
  ['半月刊', 'semi-monthly'],
  ['双周刊', 'fortnightly'],
  ['半年刊', 'half-yearly'],
  ['旬刊', 'ten-day'],
  ['周刊', 'weekly'],
  ['月刊', 'monthly'],
  ['季刊', 'quarterly'],
  ['年刊', 'yearly'],
  ['日报', 'daily'],
  ['日刊', 'daily'],
  ['不定期', 'irregular'],
]

/** Null where it says nothing that can be read. */
export function frequencyOf(record: MarcRecord): Frequency | null {
  const coded = byCode[firstValue(record, '110', 'a')?.charAt(1) ?? '']
  if (coded !== undefined) return coded
  const text = firstValue(record, '326', 'a') ?? ''
  return byWord.find(([word]) => text.includes(word))?.[1] ?? null
}
