/** Barcode readers as the desk sees them: the device host's events become scans and status. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DeviceHostClient } from '../../devices/device-host-client.ts'
import type { DeviceHostEvent, ForkDeviceHost } from '../../devices/device-host-client.ts'
import type { VirtualTag } from '../../devices/device-host-messages.ts'
import type { PadEvent } from '../../devices/rfid/pad-events.ts'
import type { DeviceStatus as HidStatus } from '../../devices/station-events.ts'
import { systemClock as deviceClock } from '../../devices/clock.ts'
import type { DeviceStatus } from '../../contract/topics.ts'
import { coveredText, hasIdNumberForm } from '../../domain/words/id-number.ts'
import type { Announcer } from './announce.ts'
import type { PadDesk } from './pad-desk.ts'
import type { ScanDesk } from './scan-desk.ts'

export interface Readers {
  readonly status: () => DeviceStatus
  /** False where no virtual scanner runs. */
  readonly virtualScan: (text: string, aim: string | null) => boolean
  /** Lays a tag on the virtual pad, or lifts it; false where no virtual pad runs. */
  readonly virtualTag: (tag: VirtualTag, isOn: boolean) => boolean
  /** False where there is no such recording. */
  readonly play: (capture: string) => boolean
  readonly isVirtual: boolean
  readonly close: () => Promise<void>
}

/** Beside the sources; a packaged desk has none and needs none. */
const recordings = fileURLToPath(new URL('../../devices/captures', import.meta.url))

export type ScannerSource = 'hid' | 'demo' | 'none'

export const noReaders: Readers = {
  status: () => ({ readers: [], isVirtual: false, captures: [], failure: null }),
  virtualScan: () => false,
  virtualTag: () => false,
  play: () => false,
  isVirtual: false,
  close: () => Promise.resolve(),
}

type Reader = DeviceStatus['readers'][number]

const readerOf = (of: HidStatus, isPad: boolean, seen: Reader | undefined): Reader => ({
  key: of.reader,
  name: `${of.manufacturer} ${of.product}`.trim(),
  model: of.model ?? '',
  state: of.state,
  advice: of.remedy?.kind ?? null,
  adviceText: of.remedy?.kind === 'udev-rule' ? of.remedy.rule : null,
  isPad,
  lastReportHex: seen?.lastReportHex ?? null,
  lastText: seen?.lastText ?? null,
  scansCount: seen?.scansCount ?? 0,
})

/** Starts the device host for `source`; `fork` is Electron's utility process where there is one. */
export function createReaders(
  source: ScannerSource,
  deps: {
    announcer: Announcer
    scanDesk: ScanDesk
    padDesk: PadDesk
    fork: ForkDeviceHost | null
  },
): Readers {
  if (source === 'none') return noReaders
  const isVirtual = source === 'demo'
  let captures: readonly string[] = []
  const readersByKey = new Map<string, DeviceStatus['readers'][number]>()
  let failure: DeviceStatus['failure'] = null

  const status = (): DeviceStatus => ({
    readers: [...readersByKey.values()],
    isVirtual,
    captures: [...captures],
    failure,
  })
  const hear = (event: DeviceHostEvent): void => {
    if (event.kind === 'scan') {
      const { scan } = event
      deps.scanDesk.take({ ...scan, source: isVirtual ? 'virtual' : 'hid', scanId: null })
      const seen = readersByKey.get(scan.reader)
      if (seen !== undefined) {
        readersByKey.set(scan.reader, {
          ...seen,
          lastText: coveredText(scan.text),
          // Whoever can read hex can read the number in it.
          lastReportHex: hasIdNumberForm(scan.text) ? null : Buffer.from(scan.raw).toString('hex'),
          scansCount: seen.scansCount + 1,
        })
      }
    } else if (event.kind === 'status' || event.kind === 'pad-status') {
      const { status: of } = event
      const seen = readersByKey.get(of.reader)
      readersByKey.set(of.reader, readerOf(of, event.kind === 'pad-status', seen))
    } else if (event.kind === 'port') {
      failure = event.isAvailable ? null : 'hid-unavailable'
    } else if (event.kind === 'host') {
      captures = event.captures
      failure = event.state === 'restarting' ? 'reader-service-restarting' : null
    } else {
      if (isOfPad(event)) deps.padDesk.hear(event)
      return
    }
    deps.announcer.announce('device-status', status())
  }
  const client = new DeviceHostClient({
    port: isVirtual ? 'replay' : 'node-hid',
    ...(isVirtual && existsSync(recordings) ? { capturesDir: recordings } : {}),
    clock: deviceClock,
    announce: hear,
    ...(deps.fork === null ? {} : { fork: deps.fork }),
  })
  deps.padDesk.useHost((job) => void client.takeTagJob(job))
  client.start()
  return {
    status,
    virtualScan: (text, aim) => isVirtual && client.virtualScan(text, aim),
    virtualTag: (tag, isOn) =>
      isVirtual && (isOn ? client.virtualTagOn(tag) : client.virtualTagOff(tag.uid)),
    play: (capture) => captures.includes(capture) && client.play(capture),
    isVirtual,
    close: () => client.stop(),
  }
}

const PAD_EVENTS: ReadonlySet<string> = new Set([
  'tag-on',
  'tag-off',
  'tag-unreadable',
  'tag-secured',
  'tag-written',
  'pad-settled',
] satisfies PadEvent['kind'][])

const isOfPad = (event: DeviceHostEvent): event is PadEvent => PAD_EVENTS.has(event.kind)
