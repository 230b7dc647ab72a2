/** What readers of identity cards tell. Plain values: they cross a process boundary unchanged. */
import type { DeviceKey } from '../hid-port.ts'
import type { DeviceStatus } from '../station-events.ts'
import type { IdCard } from './card-text.ts'

export type IdCardEvent =
  | { readonly kind: 'id-card-status'; readonly status: DeviceStatus }
  /** Once for each time that it is laid down. */
  | {
      readonly kind: 'id-card'
      readonly reader: DeviceKey
      readonly at: number
      readonly card: IdCard
    }
  /** A card was there and could not be read: taken away too early, damaged, not an identity card. */
  | { readonly kind: 'id-card-unreadable'; readonly reader: DeviceKey; readonly at: number }
