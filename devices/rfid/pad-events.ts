/** What the pads tell. Plain values: they cross a process boundary unchanged. */
import type { DeviceKey } from '../hid-port.ts'
import type { DeviceStatus } from '../station-events.ts'
import type { TagFacts, TagUid } from './pad-driver.ts'

/** A tag as it was read whole. */
export interface TagImage extends TagFacts {
  readonly uid: TagUid
  readonly memory: Uint8Array
}

export type JobOutcome =
  /** Written and read back. */
  | 'done'
  /** The tag is on no pad. Nothing more is tried until it is asked again. */
  | 'away'
  /** It was there, and did not take it, though tried again and again. */
  | 'failed'

export type PadEvent =
  | { readonly kind: 'pad-status'; readonly status: DeviceStatus }
  /** Put down and read; told again when the same tag comes back within its visit. */
  | {
      readonly kind: 'tag-on'
      readonly pad: DeviceKey
      readonly at: number
      readonly tag: TagImage
      readonly isReturn: boolean
    }
  /** It is there and cannot be read: shielded, broken, moved too fast. */
  | { readonly kind: 'tag-unreadable'; readonly pad: DeviceKey; readonly uid: TagUid }
  | { readonly kind: 'tag-off'; readonly pad: DeviceKey; readonly uid: TagUid }
  /** Nothing moves any more: `count` tags are the whole stack. */
  | { readonly kind: 'pad-settled'; readonly pad: DeviceKey; readonly count: number }
  | {
      readonly kind: 'tag-secured'
      readonly uid: TagUid
      readonly wantedAfi: number
      readonly outcome: JobOutcome
      /** What it was before; null where it was not reached. */
      readonly previousAfi: number | null
    }
  | {
      readonly kind: 'tag-written'
      readonly uid: TagUid
      readonly outcome: JobOutcome
      /** What went wrong, in the driver's words; null where nothing did. */
      readonly reason: string | null
    }

/** What a desk asks of a tag that lies on one of its pads. */
export type TagJob =
  | {
      readonly kind: 'secure'
      readonly uid: TagUid
      readonly afi: number
      readonly isArmed: boolean
    }
  /** `before` is the image the desk has journaled; another one on the tag ends the job. */
  | {
      readonly kind: 'write'
      readonly uid: TagUid
      readonly before: Uint8Array
      readonly after: Uint8Array
      readonly afi: number | null
      readonly dsfid: number | null
    }
