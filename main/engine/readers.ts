/** Readers as the desk sees them: the device host's events become scans and status. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DeviceHostClient } from '../../devices/device-host-client.ts'
import type { DeviceHostEvent, ForkDeviceHost } from '../../devices/device-host-client.ts'
import type { IdCard } from '../../devices/id-card/card-text.ts'
import type { VirtualTag } from '../../devices/device-host-messages.ts'
import type { Scan } from '../../devices/scan-assembler.ts'
import type { PadEvent } from '../../devices/rfid/pad-events.ts'
import { systemClock as deviceClock } from '../../devices/clock.ts'
import type { DeviceStatus } from '../../contract/topics.ts'
import { coveredText, hasIdNumberForm, maskedIdNumber } from '../../domain/words/id-number.ts'
import type { Announcer } from './announce.ts'
import type { PadDesk } from './pad-desk.ts'
import type { ScanDesk } from './scan-desk.ts'

export interface Readers {
  readonly status: () => DeviceStatus
  /** False where no virtual scanner runs. */
  readonly virtualScan: (text: string, aim: string | null) => boolean
  /** Lays a tag on the virtual pad, or lifts it; false where no virtual pad runs. */
  readonly virtualTag: (tag: VirtualTag, isOn: boolean) => boolean
  /** Lays an identity card on the virtual reader until it is read; false where none runs. */
  readonly virtualIdCard: (card: IdCard) => boolean
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
  virtualIdCard: () => false,
  play: () => false,
  isVirtual: false,
  close: () => Promise.resolve(),
}

type Reader = DeviceStatus['readers'][number]

const readsByStatus = {
  status: 'codes',
  'pad-status': 'tags',
  'id-card-status': 'id-cards',
} as const satisfies Record<string, Reader['reads']>

type StatusEvent = Extract<DeviceHostEvent, { kind: keyof typeof readsByStatus }>

const isStatus = (event: DeviceHostEvent): event is StatusEvent => event.kind in readsByStatus

const readerOf = ({ kind, status: of }: StatusEvent, seen: Reader | undefined): Reader => ({
  key: of.reader,
  name: `${of.manufacturer} ${of.product}`.trim(),
  model: of.model ?? '',
  state: of.state,
  advice: of.remedy?.kind ?? null,
  adviceText: of.remedy?.kind === 'udev-rule' ? of.remedy.rule : null,
  reads: readsByStatus[kind],
  unreadCardsCount: seen?.unreadCardsCount ?? 0,
  lastReportHex: seen?.lastReportHex ?? null,
  lastText: seen?.lastText ?? null,
  lastAim: seen?.lastAim ?? null,
  scansCount: seen?.scansCount ?? 0,
})

const afterScan = (seen: Reader, { text, raw, aim }: Scan): Reader => ({
  ...seen,
  lastText: coveredText(text),
  lastAim: aim,
  // Whoever can read hex can read the number in it.
  lastReportHex: hasIdNumberForm(text) ? null : Buffer.from(raw).toString('hex'),
  scansCount: seen.scansCount + 1,
})

/** What a card said is shown nowhere here: that it was read is enough. */
const afterCard = (
  seen: Reader,
  event: Extract<DeviceHostEvent, { kind: 'id-card' | 'id-card-unreadable' }>,
): Reader =>
  event.kind === 'id-card'
    ? {
        ...seen,
        lastText: maskedIdNumber(event.card.number),
        lastReportHex: null,
        scansCount: seen.scansCount + 1,
      }
    : { ...seen, unreadCardsCount: seen.unreadCardsCount + 1 }

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
  const sourceOfScans = isVirtual ? 'virtual' : 'hid'
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
      deps.scanDesk.take({ ...scan, source: sourceOfScans, scanId: null })
      const seen = readersByKey.get(scan.reader)
      if (seen !== undefined) readersByKey.set(scan.reader, afterScan(seen, scan))
    } else if (isStatus(event)) {
      const { reader } = event.status
      readersByKey.set(reader, readerOf(event, readersByKey.get(reader)))
    } else if (event.kind === 'id-card' || event.kind === 'id-card-unreadable') {
      if (event.kind === 'id-card') deps.scanDesk.takeIdCard(event.card, sourceOfScans)
      const seen = readersByKey.get(event.reader)
      if (seen !== undefined) readersByKey.set(event.reader, afterCard(seen, event))
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
    virtualIdCard: (card) => isVirtual && client.virtualIdCard(card),
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
