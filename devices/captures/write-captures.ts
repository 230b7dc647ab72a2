/**
 * Writes the constructed captures: `node devices/captures/write-captures.ts`. Recorded ones are
 * never touched. The texts are codes of the sample city.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Capture, CapturedReport } from '../capture.ts'
import type { HidInfo } from '../hid-port.ts'
import { COUNT_LESS_LAYOUT } from '../models/count-less.ts'
import { HONEYWELL_LAYOUT } from '../models/honeywell.ts'
import { NEWLAND_LAYOUT } from '../models/newland.ts'
import { encodePosReports, type PosLayout } from '../models/pos-report.ts'
import { HONEYWELL_DESCRIPTOR_HEX, usualAim } from '../replay-port.ts'

const ORIGIN = 'constructed from the documented layout'

/** Between two books on a desk. */
const BETWEEN_SCANS_MS = 900
/** One full-speed interrupt interval as these scanners ask for it. */
const BETWEEN_REPORTS_MS = 8

const NEWLAND_DESCRIPTOR_HEX = [
  '058c0902a101',
  '0912a1028502150026ff007508',
  '95010501093b8102', // Byte Count
  '9538058c09fe820201', // 56 bytes: decoded data
  '9504810395010666ff09048102', // four reserved, one code id
  '058c25017501950809ff8102', // continued is bit 0
  'c0c0',
].join('')

const COUNT_LESS_DESCRIPTOR_HEX = [
  '058c0902a101',
  '0912a1028502150026ff007508',
  '950309fb09fc09fd8102', // symbology identifier 1 to 3
  '953809fe820201', // 56 bytes: decoded data
  '25017501950109ff8102', // continued: one bit …
  '95078103', // … and seven of padding
  'c0c0',
].join('')

interface Scanner {
  readonly folder: string
  readonly layout: PosLayout
  readonly descriptor: string
  readonly device: HidInfo
  /** The firmware that says "continued" for every full piece. */
  readonly hasContinuedBug: boolean
}

const posDevice = (
  vendorId: number,
  productId: number,
  serialNumber: string,
  names: { readonly manufacturer: string; readonly product: string },
): HidInfo => ({
  vendorId,
  productId,
  serialNumber,
  interface: 0,
  usagePage: 0x8c,
  usage: 0x02,
  ...names,
  path: `replay:${serialNumber}`,
})

const SCANNERS: readonly Scanner[] = [
  {
    folder: 'honeywell',
    layout: HONEYWELL_LAYOUT,
    descriptor: HONEYWELL_DESCRIPTOR_HEX,
    device: posDevice(0x0c2e, 0x0907, 'HW0001', {
      manufacturer: 'Honeywell',
      product: 'HID POS scanner',
    }),
    hasContinuedBug: false,
  },
  {
    folder: 'newland',
    layout: NEWLAND_LAYOUT,
    descriptor: NEWLAND_DESCRIPTOR_HEX,
    device: posDevice(0x1eab, 0x0210, 'NL0001', {
      manufacturer: 'Newland Auto-ID',
      product: 'HID POS scanner',
    }),
    hasContinuedBug: false,
  },
  {
    folder: 'count-less',
    layout: COUNT_LESS_LAYOUT,
    descriptor: COUNT_LESS_DESCRIPTOR_HEX,
    device: posDevice(0x1234, 0x5601, 'CL0001', {
      manufacturer: '',
      product: 'Barcode scanner',
    }),
    hasContinuedBug: false,
  },
  {
    folder: 'clone',
    layout: HONEYWELL_LAYOUT,
    descriptor: HONEYWELL_DESCRIPTOR_HEX,
    device: posDevice(0x1234, 0x5602, 'JL0001', {
      manufacturer: '',
      product: 'USB scanner',
    }),
    hasContinuedBug: true,
  },
]

const QR_120 = `CD:V:${'0440050000101.2026-11-22.'.repeat(5)}`.slice(0, 120)
const QR_56 = `CD:V:${'0440050000101.2026-11-22.'.repeat(3)}`.slice(0, 56)

interface Story {
  readonly file: string
  readonly meaning: string
  readonly texts: readonly string[]
}

const STORIES: readonly Story[] = [
  {
    file: 'reader-and-three-items',
    meaning: 'A reader card, then three items, one of them of the university town',
    texts: ['0440050000101', '04400510000001', '04400610000001', 'F4401000000001'],
  },
  {
    file: 'second-reader-and-isbn',
    meaning: 'Another reader card, then the ISBN on the back cover of a book',
    texts: ['0440060000102', '9787020002207'],
  },
  { file: 'qr-120', meaning: 'A virtual card of 120 bytes in three reports', texts: [QR_120] },
  { file: 'qr-56', meaning: 'A virtual card that fills exactly one report', texts: [QR_56] },
]

const reportsOf = (scanner: Scanner, texts: readonly string[]): CapturedReport[] =>
  texts.flatMap((text, n) => {
    const bytes = new TextEncoder().encode(text)
    return encodePosReports(scanner.layout, bytes, usualAim(text)).map((report, piece, all) => {
      const isFull = piece < all.length - 1 || bytes.length % scanner.layout.textLength === 0
      if (scanner.hasContinuedBug && isFull && scanner.layout.continued !== null) {
        report[scanner.layout.continued.at] = scanner.layout.continued.mask
      }
      let afterMs = BETWEEN_REPORTS_MS
      if (piece === 0) afterMs = n === 0 ? 0 : BETWEEN_SCANS_MS
      return { afterMs, hex: Buffer.from(report).toString('hex') }
    })
  })

for (const scanner of SCANNERS) {
  const folder = fileURLToPath(new URL(scanner.folder, import.meta.url))
  mkdirSync(folder, { recursive: true })
  for (const { file, meaning, texts } of STORIES) {
    const capture: Omit<Capture, 'name'> = {
      origin: ORIGIN,
      meaning,
      device: scanner.device,
      descriptor: scanner.descriptor,
      reports: reportsOf(scanner, texts),
      scans: texts,
    }
    writeFileSync(`${folder}/${file}.json`, `${JSON.stringify(capture, null, 2)}\n`)
  }
}
