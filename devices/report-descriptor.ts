/**
 * HID report descriptors (USB HID 1.11, 6.2.2), as far as scanners need them.
 *
 * Hostile input: a descriptor comes from whatever was plugged in. Each step consumes at least one
 * byte, usage ranges are kept as ranges, and no count in the descriptor drives a loop.
 */

/** Linux refuses longer ones (HID_MAX_DESCRIPTOR_SIZE). */
export const DESCRIPTOR_LENGTH_MAX = 4096
/** Above any real report; a field that would end later is malformed. */
const REPORT_BITS_MAX = 65_536 * 8
const STACK_DEPTH_MAX = 16
const USAGES_PER_ITEM_MAX = 256

/** Usages `page:first` to `page:last`, inclusive. */
export interface UsageRange {
  readonly page: number
  readonly first: number
  readonly last: number
}

/** One Input or Output item: `count` fields of `bits` each, from `bitAt` behind the report id. */
export interface ReportField {
  readonly direction: 'input' | 'output'
  /** null where the device numbers no reports. */
  readonly reportId: number | null
  readonly bitAt: number
  readonly bits: number
  readonly count: number
  readonly isConstant: boolean
  /** In field order; the last usage serves all remaining fields. */
  readonly usages: readonly UsageRange[]
}

export interface ReportDescriptor {
  /** Page and usage of each top-level collection, in order. */
  readonly applications: readonly { readonly page: number; readonly usage: number }[]
  readonly fields: readonly ReportField[]
  /** False when it was cut, too long, or asked for the impossible; what was read up to there stands. */
  readonly isSound: boolean
}

interface Globals {
  readonly usagePage: number
  readonly reportSize: number
  readonly reportCount: number
  readonly reportId: number | null
}

interface Reading {
  globals: Globals
  stack: Globals[]
  usages: UsageRange[]
  usageMin: UsageRange | null
  depth: number
  bitsByReport: Map<string, number>
  applications: { page: number; usage: number }[]
  fields: ReportField[]
  isSound: boolean
}

const MAIN = 0
const GLOBAL = 1
const LOCAL = 2

const readMain = (reading: Reading, tag: number, value: number): void => {
  const { globals } = reading
  if (tag === 0x8 || tag === 0x9) {
    const direction = tag === 0x8 ? 'input' : 'output'
    const key = `${direction} ${globals.reportId ?? 'unnumbered'}`
    const bitAt = reading.bitsByReport.get(key) ?? 0
    const bitEnd = bitAt + globals.reportSize * globals.reportCount
    if (bitEnd > REPORT_BITS_MAX) {
      reading.isSound = false
    } else {
      reading.bitsByReport.set(key, bitEnd)
      reading.fields.push({
        direction,
        reportId: globals.reportId,
        bitAt,
        bits: globals.reportSize,
        count: globals.reportCount,
        isConstant: (value & 1) === 1,
        usages: reading.usages,
      })
    }
  } else if (tag === 0xa) {
    const usage = reading.usages[0]
    if (reading.depth === 0 && usage !== undefined) {
      reading.applications.push({ page: usage.page, usage: usage.first })
    }
    reading.depth += 1
  } else if (tag === 0xc) {
    reading.depth = Math.max(0, reading.depth - 1)
  }
  // Local items end with every main item, feature reports included.
  reading.usages = []
  reading.usageMin = null
}

const readGlobal = (reading: Reading, tag: number, value: number): void => {
  const { globals } = reading
  if (tag === 0x0) reading.globals = { ...globals, usagePage: value & 0xffff }
  else if (tag === 0x7) reading.globals = { ...globals, reportSize: value }
  else if (tag === 0x8) reading.globals = { ...globals, reportId: value & 0xff }
  else if (tag === 0x9) reading.globals = { ...globals, reportCount: value }
  else if (tag === 0xa) {
    if (reading.stack.length < STACK_DEPTH_MAX) reading.stack.push(globals)
    else reading.isSound = false
  } else if (tag === 0xb) {
    const popped = reading.stack.pop()
    if (popped === undefined) reading.isSound = false
    else reading.globals = popped
  }
}

const readLocal = (reading: Reading, tag: number, value: number, size: number): void => {
  // A four-byte usage carries its own page in the upper half.
  const page = size === 4 ? value >>> 16 : reading.globals.usagePage
  const usage = value & 0xffff
  if (tag === 0x1) {
    reading.usageMin = { page, first: usage, last: usage }
    return
  }
  let range: UsageRange | null = null
  if (tag === 0x0) range = { page, first: usage, last: usage }
  else if (tag === 0x2 && reading.usageMin !== null && usage >= reading.usageMin.first) {
    range = { page: reading.usageMin.page, first: reading.usageMin.first, last: usage }
    reading.usageMin = null
  }
  if (range === null) return
  if (reading.usages.length < USAGES_PER_ITEM_MAX) reading.usages.push(range)
  else reading.isSound = false
}

const littleEndian = (bytes: Uint8Array, at: number, size: number): number => {
  let value = 0
  for (let i = size - 1; i >= 0; i -= 1) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

/** Never throws, whatever the bytes. */
export const parseReportDescriptor = (bytes: Uint8Array): ReportDescriptor => {
  const reading: Reading = {
    globals: { usagePage: 0, reportSize: 0, reportCount: 0, reportId: null },
    stack: [],
    usages: [],
    usageMin: null,
    depth: 0,
    bitsByReport: new Map(),
    applications: [],
    fields: [],
    isSound: bytes.length <= DESCRIPTOR_LENGTH_MAX,
  }
  const end = Math.min(bytes.length, DESCRIPTOR_LENGTH_MAX)
  let at = 0
  while (at < end && reading.isSound) {
    const prefix = bytes[at] ?? 0
    // Long item: prefix FE, then its length and tag. None is defined, all are skipped.
    const size = prefix === 0xfe ? (bytes[at + 1] ?? 0) + 2 : ([0, 1, 2, 4][prefix & 3] ?? 0)
    if (at + 1 + size > end) {
      reading.isSound = false
      break
    }
    if (prefix !== 0xfe) {
      const value = littleEndian(bytes, at + 1, size)
      const type = (prefix >> 2) & 3
      const tag = prefix >> 4
      if (type === MAIN) readMain(reading, tag, value)
      else if (type === GLOBAL) readGlobal(reading, tag, value)
      else if (type === LOCAL) readLocal(reading, tag, value, size)
    }
    at += 1 + size
  }
  return {
    applications: reading.applications,
    fields: reading.fields,
    isSound: reading.isSound,
  }
}

export interface FieldPlace {
  readonly field: ReportField
  /** First bit behind the report id. */
  readonly bitAt: number
  /** Neighbouring fields of that same usage from there on. */
  readonly run: number
}

/** The first input field with this usage, and how many follow it with the same one; null if none. */
export const findInput = (
  descriptor: ReportDescriptor,
  page: number,
  usage: number,
  reportId?: number | null,
): FieldPlace | null => {
  for (const field of descriptor.fields) {
    if (field.direction !== 'input' || field.isConstant) continue
    if (reportId !== undefined && field.reportId !== reportId) continue
    let index = 0
    for (const [n, range] of field.usages.entries()) {
      const width = range.last - range.first + 1
      const isLast = n === field.usages.length - 1
      if (range.page === page && usage >= range.first && usage <= range.last) {
        const own = index + (usage - range.first)
        if (own >= field.count) break
        const run = isLast && usage === range.last ? field.count - own : 1
        return { field, bitAt: field.bitAt + own * field.bits, run }
      }
      index += width
    }
  }
  return null
}

/** Length in bytes of an input report, its id byte included. */
export const inputReportLength = (
  descriptor: ReportDescriptor,
  reportId: number | null,
): number => {
  let bits = 0
  for (const field of descriptor.fields) {
    if (field.direction === 'input' && field.reportId === reportId) {
      bits = Math.max(bits, field.bitAt + field.bits * field.count)
    }
  }
  return Math.ceil(bits / 8) + (reportId === null ? 0 : 1)
}
