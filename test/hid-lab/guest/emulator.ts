/**
 * The emulated devices, in a process of their own: their clock must not stand still while the lab
 * blocks itself on purpose. It ends by a signal only, since a pending read of /dev/uhid would hang a
 * normal exit.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { HONEYWELL_LAYOUT } from '../../../devices/models/honeywell.ts'
import { encodePosReports } from '../../../devices/models/pos-report.ts'
import { EmulatedFeigPad } from '../../../devices/rfid/emulated-feig-pad.ts'
import { EmulatedField } from '../../../devices/rfid/emulated-field.ts'
import type {
  EmulatorAnswer,
  EmulatorAsk,
  NumberedAsk,
  PluggedDevice,
} from './emulator-messages.ts'
import { labTag } from './lab-tag.ts'
import { UhidDevice } from './uhid-device.ts'

const devices = new Map<string, UhidDevice>()
const fields = new Map<string, EmulatedField>()

const unplug = (name: string): void => {
  deviceOf(name).destroy()
  devices.delete(name)
}

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

const deviceOf = (name: string): UhidDevice => {
  const device = devices.get(name)
  if (device === undefined) throw new Error(`no device ${name}`)
  return device
}

const sendStamped = async (device: UhidDevice, count: number, gapMs: number): Promise<void> => {
  const first = performance.now()
  for (let n = 0; n < count; n += 1) {
    const text = `${String(n).padStart(6, '0')}-${process.hrtime.bigint()}`
    for (const report of encodePosReports(HONEYWELL_LAYOUT, Buffer.from(text), ']C0')) {
      device.input(report)
    }
    // Against the start, so that a slow machine does not stretch the pace.
    const wait = first + (n + 1) * gapMs - performance.now()
    if (gapMs > 0) await pause(Math.max(0, wait))
  }
}

const plug = (name: string, { descriptor, tagCount, ...identity }: PluggedDevice): void => {
  const field = new EmulatedField()
  for (let n = 1; n <= (tagCount ?? 0); n += 1) field.put(labTag(n))
  const pad = tagCount === null ? null : new EmulatedFeigPad(field)
  const device = new UhidDevice(
    { ...identity, descriptor: bytesOf(descriptor) },
    {
      written: (bytes) => {
        for (const report of pad?.written(bytes) ?? []) device.input(report)
      },
      featureSet: () => undefined,
      featureAsked: (reportId) => Uint8Array.of(reportId, 0x5a),
    },
  )
  devices.set(name, device)
  fields.set(name, field)
}

const perform = async (ask: EmulatorAsk): Promise<void> => {
  if (ask.do === 'plug') {
    plug(ask.device, ask.identity)
  } else if (ask.do === 'report') {
    for (const { afterMs, hex } of ask.reports) {
      if (afterMs > 0) await pause(afterMs)
      deviceOf(ask.device).input(bytesOf(hex))
    }
  } else if (ask.do === 'stamped') await sendStamped(deviceOf(ask.device), ask.count, ask.gapMs)
  else if (ask.do === 'unplug') unplug(ask.device)
  else {
    let blocks = 0
    const field = fields.get(ask.device)
    if (field === undefined) throw new Error(`no pad ${ask.device}`)
    field.written = () => {
      blocks += 1
      if (blocks === ask.afterBlocks) unplug(ask.device)
    }
  }
}

process.on('message', ({ number, ask }: NumberedAsk) => {
  const answer = (error: string | null): void => {
    const said: EmulatorAnswer = { number, error }
    process.send?.(said)
  }
  perform(ask).then(
    () => answer(null),
    (error: unknown) => answer(String(error)),
  )
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
