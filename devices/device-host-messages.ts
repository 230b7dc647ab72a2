/** What passes between a desk and its device host. Plain values, structured-cloned. */
import type { DeviceKey } from './hid-port.ts'
import type { IdCard } from './id-card/card-text.ts'
import type { IdCardEvent } from './id-card/id-card-events.ts'
import type { TagUid } from './rfid/pad-driver.ts'
import type { PadEvent, TagJob } from './rfid/pad-events.ts'
import type { StationEvent } from './station-events.ts'

export interface DeviceHostOptions {
  readonly port: 'node-hid' | 'replay'
  /** Folder of recordings (`<model>/*.json`) for the replay port; null: the virtual scanner only. */
  readonly capturesDir: string | null
}

export type DeskToHost =
  | { readonly kind: 'beep'; readonly reader: DeviceKey; readonly isGood: boolean }
  /** Replay port only: scan a text with the virtual scanner. */
  | { readonly kind: 'virtual-scan'; readonly text: string; readonly aim: string | null }
  /** Replay port only: play a recording. */
  | { readonly kind: 'play'; readonly capture: string }
  | { readonly kind: 'tag-job'; readonly job: TagJob }
  /** Replay port only: lays a tag on the virtual pad, in place of one with its identifier. */
  | { readonly kind: 'virtual-tag-on'; readonly tag: VirtualTag }
  /** Replay port only: lifts it. */
  | { readonly kind: 'virtual-tag-off'; readonly uid: TagUid }
  /** Replay port only: lays an identity card on the virtual reader until it is read. */
  | { readonly kind: 'virtual-id-card'; readonly card: IdCard }
  | { readonly kind: 'stop' }

/** A tag for the virtual pad: an SLIX of 28 blocks, its memory from block 0. */
export interface VirtualTag {
  readonly uid: TagUid
  readonly memory: Uint8Array
  readonly afi: number
}

export type HostToDesk =
  /** The station runs; `captures` are the names `play` takes. */
  | { readonly kind: 'started'; readonly captures: readonly string[] }
  | { readonly kind: 'event'; readonly event: StationEvent | PadEvent | IdCardEvent }
  /** A request that cannot be done here: no virtual scanner, no such recording. */
  | { readonly kind: 'refused'; readonly request: DeskToHost['kind']; readonly reason: string }
  /** Everything is closed; the process ends next. */
  | { readonly kind: 'stopped' }

/** One end of the wire, whichever process API is behind it. */
export interface MessageEnd<Out, In> {
  post(message: Out): void
  onMessage(listener: (message: In) => void): void
}
