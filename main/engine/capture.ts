/**
 * Recording what a scanner sends, for a bug report or a new reader model, and playing a recording
 * through the models. What a recording shows of readers and items is replaced before it is kept.
 */
import { parseCapture } from '../../devices/capture.ts'
import type { Capture, CapturedReport } from '../../devices/capture.ts'
import { ManualClock, settle, systemClock } from '../../devices/clock.ts'
import type { Clock } from '../../devices/clock.ts'
import { deviceKey, HidFailure } from '../../devices/hid-port.ts'
import type { HidConnection, HidInfo, HidPort } from '../../devices/hid-port.ts'
import { chooseModel } from '../../devices/models/index.ts'
import { NodeHidPort } from '../../devices/node-hid-port.ts'
import { parseReportDescriptor } from '../../devices/report-descriptor.ts'
import { ReplayPort } from '../../devices/replay-port.ts'
import { ScannerStation } from '../../devices/scanner-station.ts'
import { deniedRemedy } from '../../devices/denied-remedy.ts'
import type { StationEvent } from '../../devices/station-events.ts'
import { scrubReports } from './scrub-reports.ts'

/** An hour of a busy desk; a device that streams fills it in seconds and is cut off. */
const REPORTS_MAX = 5_000
const PAUSE_MAX_MS = 60_000
/** Longer than the silence that ends a code. */
const TAIL_MS = 2_000
const GENERIC_DESKTOP = 0x01
const KEYBOARD_USAGES: ReadonlySet<number> = new Set([0x06, 0x07])

export interface ListedDevice {
  /** `vid:pid:serial:interface:usage`. */
  readonly key: string
  readonly name: string
  /** Reader model; null: no model of ours reads it. */
  readonly model: string | null
  /** Keyboards are listed and never recorded: their reports are what people type. */
  readonly isKeyboard: boolean
}

/** Why there is no recording. */
export interface CaptureRefusal {
  readonly ok: false
  readonly reason:
    | 'hid-unavailable'
    | 'no-device'
    | 'keyboard'
    | 'denied'
    | 'device-failed'
    | 'silent'
  /** The system's own words, null where it had none. */
  readonly says: string | null
  /** The udev rule that would allow it. */
  readonly rule: string | null
}

export interface Recorded {
  readonly ok: true
  readonly capture: Capture
  readonly model: string | null
  /** Distinct codes that were replaced. */
  readonly replacedCount: number
}

export interface RecordRequest {
  readonly key: string
  readonly forMs: number
  /** Ends the recording early; what came until then is kept. */
  readonly signal: AbortSignal
  readonly clock?: Clock
}

export interface ReplayedScan {
  readonly text: string
  readonly aim: string | null
  readonly atMs: number
}

export interface Replayed {
  readonly model: string | null
  readonly scans: readonly ReplayedScan[]
  /** Whatever was not a scan, by its kind. */
  readonly notices: readonly string[]
}

/** The devices of this machine. */
export const machinePort = (): HidPort => new NodeHidPort({ clock: systemClock })

const refusal = (
  reason: CaptureRefusal['reason'],
  says: string | null = null,
  rule: string | null = null,
): CaptureRefusal => ({ ok: false, reason, says, rule })

const failureRefusal = (error: unknown, info: HidInfo | null): CaptureRefusal => {
  if (!(error instanceof HidFailure)) throw error
  if (error.kind === 'hid-unavailable') return refusal('hid-unavailable', error.message)
  if (error.kind !== 'denied' || info === null) return refusal('device-failed', error.message)
  const remedy = deniedRemedy(info.vendorId, process.platform)
  return refusal('denied', error.message, remedy.kind === 'udev-rule' ? remedy.rule : null)
}

const isKeyboard = (info: HidInfo): boolean =>
  info.usagePage === GENERIC_DESKTOP && KEYBOARD_USAGES.has(info.usage)

const modelOf = (info: HidInfo, descriptor: Uint8Array | null): string | null =>
  chooseModel(info, descriptor === null ? null : parseReportDescriptor(descriptor))?.name ?? null

/** Every HID collection the system lists. */
export const listDevices = async (
  port: HidPort,
): Promise<{ readonly ok: true; readonly devices: readonly ListedDevice[] } | CaptureRefusal> => {
  try {
    const devices: ListedDevice[] = []
    for (const info of await port.list()) {
      devices.push({
        key: deviceKey(info),
        name: `${info.manufacturer} ${info.product}`.trim(),
        model: modelOf(info, await port.readDescriptor(info)),
        isKeyboard: isKeyboard(info),
      })
    }
    return { ok: true, devices }
  } catch (error) {
    return failureRefusal(error, null)
  }
}

/** Reports of an open connection until time, signal, unplugging or too many end it. */
const collect = (
  connection: HidConnection,
  clock: Clock,
  { forMs, signal }: RecordRequest,
): Promise<CapturedReport[]> =>
  new Promise((done) => {
    const reports: CapturedReport[] = []
    let lastAt: number | null = null
    const cancel = clock.after(forMs, () => finish())
    const finish = (): void => {
      cancel()
      signal.removeEventListener('abort', finish)
      done(reports)
    }
    signal.addEventListener('abort', finish, { once: true })
    connection.onReport((report) => {
      const at = clock.now()
      const afterMs = lastAt === null ? 0 : Math.min(PAUSE_MAX_MS, Math.max(0, at - lastAt))
      lastAt = at
      reports.push({ afterMs, hex: Buffer.from(report).toString('hex') })
      if (reports.length >= REPORTS_MAX) finish()
    })
    connection.onGone(finish)
    if (signal.aborted) finish()
  })

/** Records the device `key`, replaces what is personal, and says what the result reads as. */
export const recordDevice = async (
  port: HidPort,
  request: RecordRequest,
): Promise<Recorded | CaptureRefusal> => {
  const clock = request.clock ?? systemClock
  let info: HidInfo | undefined
  try {
    const infos = await port.list()
    info = infos.find((other) => deviceKey(other) === request.key)
    if (info === undefined) return refusal('no-device')
    const { path } = info
    // Linux gives one path to all collections of an interface: its reports come together.
    if (infos.some((other) => other.path === path && isKeyboard(other))) return refusal('keyboard')
    const descriptor = await port.readDescriptor(info)
    const connection = await port.open(info)
    const reports = await collect(connection, clock, request)
    await connection.close()
    if (reports.length === 0) return refusal('silent')
    return await scrubbed(info, descriptor, reports, clock)
  } catch (error) {
    return failureRefusal(error, info ?? null)
  }
}

const scrubbed = async (
  info: HidInfo,
  descriptor: Uint8Array | null,
  reports: readonly CapturedReport[],
  clock: Clock,
): Promise<Recorded> => {
  // The serial number and the place in the machine tell nobody how a scanner speaks.
  const device: HidInfo = { ...info, serialNumber: 'CAPTURED', path: 'replay:captured' }
  const { reports: clean, replacedCount } = scrubReports(info, descriptor, reports)
  const day = new Date(clock.now()).toISOString().slice(0, 10)
  const draft: Capture = {
    name: 'recorded',
    origin:
      `recorded on ${`${info.manufacturer} ${info.product}`.trim()}, ${day}; ` +
      'codes of readers and items are replaced (the same code always by the same), ISBN and ISSN are not',
    meaning: `${clean.length} reports`,
    device,
    descriptor: descriptor === null ? null : Buffer.from(descriptor).toString('hex'),
    reports: clean,
    scans: [],
  }
  const { scans, model } = await replayCapture(draft)
  return {
    ok: true,
    capture: { ...draft, scans: scans.map(({ text }) => text) },
    model,
    replacedCount,
  }
}

/** Plays a recording through the scanner station, as fast as it goes. */
export const replayCapture = async (capture: Capture): Promise<Replayed> => {
  const clock = new ManualClock(0)
  const port = new ReplayPort({ clock, captures: [capture], plugged: 'all' })
  const scans: ReplayedScan[] = []
  const notices: string[] = []
  const station = new ScannerStation({
    port,
    clock,
    announce: (event: StationEvent) => {
      if (event.kind === 'scan') {
        scans.push({ text: event.scan.text, aim: event.scan.aim, atMs: event.scan.at })
      } else if (event.kind === 'notice') notices.push(event.notice.kind)
    },
  })
  await station.start()
  await settle()
  const playing = port.play(capture.name)
  await clock.advance(capture.reports.reduce((sum, { afterMs }) => sum + afterMs, TAIL_MS))
  await playing
  await station.stop()
  const descriptor = capture.descriptor === null ? null : Buffer.from(capture.descriptor, 'hex')
  return { model: modelOf(capture.device, descriptor), scans, notices }
}

/** Throws an Error that names the recording and what is wrong with it. */
export const readCapture = (name: string, json: unknown): Capture => parseCapture(name, json)
