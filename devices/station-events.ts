/** What the scanner station tells. Plain values: they cross a process boundary unchanged. */
import type { DeviceKey } from './hid-port.ts'
import type { IgnoredReason } from './models/reader-model.ts'
import type { AssemblyNotice, Scan } from './scan-assembler.ts'

export type DeviceState =
  /** Was seen, is not there, and was not in use when it went. */
  | 'absent'
  /** Listed; about to be opened, or waiting to be tried again. */
  | 'found'
  | 'opening'
  /** Open; asked what it is before it is trusted. */
  | 'probing'
  | 'ready'
  /** Ready, and in the middle of something that must not be cut short. */
  | 'busy'
  /** Was in use and went without being closed. */
  | 'lost'
  /** There, but this user may not open it: see `remedy`. */
  | 'denied'
  /** A scanner that poses as a keyboard: readable only as keystrokes. */
  | 'foreign'
  /** Failed to open three times. It is still tried now and then. */
  | 'faulty'

/** What a person can do about it. The screen has the words; these are the facts they need. */
export type Remedy =
  | { readonly kind: 'udev-rule'; readonly file: string; readonly rule: string }
  | { readonly kind: 'close-other-program' }
  | { readonly kind: 'switch-to-hid-pos' }

export interface DeviceStatus {
  readonly reader: DeviceKey
  readonly state: DeviceState
  /** Name of the reader model, null while unknown or for a foreign device. */
  readonly model: string | null
  readonly vendorId: number
  readonly productId: number
  readonly manufacturer: string
  readonly product: string
  /** The system's own words for a failure; null where all is well. */
  readonly reason: string | null
  readonly remedy: Remedy | null
  readonly changedAt: number
}

export type StationNotice =
  | AssemblyNotice
  /** The same code from the same device again at once; `count` within this run of repeats. */
  | { readonly kind: 'repeat-ignored'; readonly text: string; readonly count: number }
  /** Reports that are not codes; told at 1, 2, 4, 8 … so that a broken device cannot flood. */
  | { readonly kind: 'report-ignored'; readonly reason: IgnoredReason; readonly count: number }
  /** The queue was full: this scan is lost and must be read again. */
  | { readonly kind: 'queue-overflow'; readonly droppedCount: number }

export type StationEvent =
  | { readonly kind: 'scan'; readonly scan: Scan }
  | { readonly kind: 'status'; readonly status: DeviceStatus }
  | {
      readonly kind: 'notice'
      readonly reader: DeviceKey
      readonly at: number
      readonly notice: StationNotice
    }
  /** Scans that wait while deliveries are held. */
  | { readonly kind: 'waiting'; readonly count: number }
  /** Whether devices can be reached at all on this machine; `reason` is the loader's own text. */
  | { readonly kind: 'port'; readonly isAvailable: boolean; readonly reason: string | null }
