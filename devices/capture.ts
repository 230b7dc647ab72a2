/** Recorded reports: fixtures for tests, and the demo's scanners. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HidInfo } from './hid-port.ts'

export interface CapturedReport {
  /** Pause before this report. */
  readonly afterMs: number
  readonly hex: string
}

export interface Capture {
  /** `<model>/<file without .json>`. */
  readonly name: string
  /** Where it comes from: recorded on which device, or constructed. */
  readonly origin: string
  readonly meaning: string
  readonly device: HidInfo
  /** Report descriptor; null where the recording system showed none. */
  readonly descriptor: string | null
  readonly reports: readonly CapturedReport[]
  /** The texts these reports must yield, in order. */
  readonly scans: readonly string[]
}

const INFO_TEXTS = ['serialNumber', 'manufacturer', 'product', 'path'] as const
const INFO_NUMBERS = ['vendorId', 'productId', 'interface', 'usagePage', 'usage'] as const

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isHidInfo = (value: unknown): value is HidInfo =>
  isRecord(value) &&
  INFO_TEXTS.every((key) => typeof value[key] === 'string') &&
  INFO_NUMBERS.every((key) => Number.isInteger(value[key]))

const isHex = (value: unknown): value is string =>
  typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-f]*$/i.test(value)

const isReport = (value: unknown): value is CapturedReport =>
  isRecord(value) &&
  isHex(value['hex']) &&
  typeof value['afterMs'] === 'number' &&
  value['afterMs'] >= 0 &&
  value['afterMs'] <= 60_000

/** Throws an Error that names the capture and what is wrong with it. */
export const parseCapture = (name: string, json: unknown): Capture => {
  const fail = (what: string): never => {
    throw new Error(`capture ${name}: ${what}`)
  }
  if (!isRecord(json)) return fail('not an object')
  const { origin, meaning, device, descriptor, reports, scans } = json
  if (typeof origin !== 'string' || typeof meaning !== 'string') return fail('origin or meaning')
  if (!isHidInfo(device)) return fail('device')
  if (descriptor !== null && !isHex(descriptor)) return fail('descriptor')
  if (!Array.isArray(reports) || !reports.every(isReport)) return fail('reports')
  if (!Array.isArray(scans) || !scans.every((text) => typeof text === 'string')) {
    return fail('scans')
  }
  return { name, origin, meaning, device, descriptor, reports, scans }
}

export const hexToBytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** Every capture below `folder` (`<model>/*.json`), by name. Throws if one is malformed. */
export const readCaptures = (folder: string): readonly Capture[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((model) =>
      readdirSync(join(folder, model.name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => {
          const text = readFileSync(join(folder, model.name, file), 'utf8')
          return parseCapture(`${model.name}/${file.slice(0, -'.json'.length)}`, JSON.parse(text))
        }),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
