/** Records as they are begun, a kind of material each (reference/domain-cn.md 1.2 to 1.5). */
import type { BibContent } from '../cataloguing-records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { begunField } from './begun-field.ts'
import type { BibField } from './bib-fields.ts'

export const templateKinds = ['book', 'serial', 'sound', 'video', 'old-book', 'electronic'] as const
export type TemplateKind = (typeof templateKinds)[number]

export interface TemplateAbout {
  readonly today: CalendarDate
  /** 001, which no other record has. */
  readonly number: string
  /** 801$b: who makes the record. */
  readonly agency: string
}

interface Template {
  /** Leader 06 to 08. */
  readonly type: string
  readonly tags: readonly string[]
  /** Subfields that differ from how a field is begun. */
  readonly written: Readonly<Record<string, Parts>>
  /** 100$a: type of date and readers, where they are not of a book of this year. */
  readonly date: string
}

const ALWAYS = ['100', '101', '102', '106', '200', '210', '215', '690', '701', '801']

type Parts = readonly (readonly [code: string, value: string])[]

/** Subfields in the order of the letters, empty but for those that are named. */
const parts = (codes: string, named: Readonly<Record<string, string>> = {}): Parts =>
  Array.from(codes, (code) => [code, named[code] ?? ''] as const)

/** What is no print: its medium stands in 200, its extent is of it, and who made it has another role. */
const ofMedium = (medium: string, extent: string, role: string): Template['written'] => ({
  '106': parts('a', { a: 'z' }),
  '200': parts('a9bf', { b: medium }),
  '215': parts('ad', { a: extent, d: '12cm' }),
  '701': parts('a94', { 4: role }),
})

/** Volumes are counted as they come, and their years are not this one. */
const VOLUMES = { '210': parts('acd'), '215': parts('ad', { a: '册', d: 'cm' }) }

const templates: Readonly<Record<TemplateKind, Template>> = {
  book: { type: 'am0', tags: ['010', '105'], written: {}, date: 'd' },
  serial: {
    type: 'as0',
    tags: ['011', '091', '092', '110', '207', '326', '711'],
    written: VOLUMES,
    date: 'a',
  },
  sound: {
    type: 'jm0',
    tags: ['071', '126', '127', '323'],
    written: ofMedium('录音制品', '1CD', '演唱'),
    date: 'd',
  },
  video: {
    type: 'gm0',
    tags: ['071', '115', '322', '323'],
    written: ofMedium('录像制品', '1DVD', '导演'),
    date: 'd',
  },
  'old-book': {
    type: 'am0',
    tags: ['105', '140', '141', '205', '305', '316', '317'],
    written: {
      ...VOLUMES,
      '106': parts('a', { a: 'z' }),
      '205': parts('a', { a: '刻本' }),
      '701': parts('a94', { 4: '撰' }),
    },
    date: 'f',
  },
  electronic: {
    type: 'lm0',
    tags: ['010', '135', '230', '336', '337', '856'],
    written: {
      '106': parts('a', { a: 'z' }),
      '200': parts('a9bf', { b: '电子资源' }),
      '215': parts('a', { a: '在线资源' }),
    },
    date: 'd',
  },
}

export function begunRecord(
  kind: TemplateKind,
  { today, number, agency }: TemplateAbout,
): BibContent {
  const { type, tags, written, date } = templates[kind]
  const known = kind === 'serial' ? ALWAYS.filter((tag) => tag !== '701') : ALWAYS
  const fieldOf = (tag: string): BibField => {
    const field = begunField(tag, today)
    const differing = written[tag]
    if (differing !== undefined) {
      return { ...field, subfields: differing.map(([code, value]) => ({ code, value })) }
    }
    return tag === '100' ? dated(field, date) : tag === '801' ? signed(field, agency) : field
  }
  const control = { tag: '001', indicators: null, value: number, subfields: [] }
  return {
    leader: `00000n${type} 2200000   450 `,
    fields: [control, ...[...known, ...tags].toSorted().map(fieldOf)],
  }
}

/** A serial runs on: its second year is 9999. Of an old book the years are looked up. */
function dated(field: BibField, type: string): BibField {
  const years = { a: ['    ', '9999'], f: ['    ', '    '] }[type]
  return {
    ...field,
    subfields: field.subfields.map(({ code, value }) => ({
      code,
      value: value.slice(0, 8) + type + (years?.join('') ?? value.slice(9, 17)) + value.slice(17),
    })),
  }
}

const signed = (field: BibField, agency: string): BibField => ({
  ...field,
  subfields: field.subfields.map((part) => (part.code === 'b' ? { ...part, value: agency } : part)),
})
