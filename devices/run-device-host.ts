import { hexToBytes, readCaptures, type Capture } from './capture.ts'
import type { Clock } from './clock.ts'
import type {
  DeskToHost,
  DeviceHostOptions,
  HostToDesk,
  MessageEnd,
  VirtualTag,
} from './device-host-messages.ts'
import type { HidPort } from './hid-port.ts'
import { EmulatedSamReader, VIRTUAL_ID_CARD_READER } from './id-card/emulated-sam-reader.ts'
import { IdCardStation } from './id-card/id-card-station.ts'
import { NodeHidPort } from './node-hid-port.ts'
import { ReplayPort } from './replay-port.ts'
import { EmulatedField, emulatedTag } from './rfid/emulated-field.ts'
import { EmulatedFeigPad, PAD_DESCRIPTOR_HEX, VIRTUAL_PAD } from './rfid/emulated-feig-pad.ts'
import { PadStation } from './rfid/pad-station.ts'
import { ScannerStation } from './scanner-station.ts'

export interface RunningDeviceHost {
  /** Closes the devices and says `stopped`; further calls give the same promise. */
  stop(): Promise<void>
}

const VIRTUAL_TEXT_MAX = 4096

/**
 * Runs the stations of scanners, pads and identity card readers at one end of a wire until `stop`. It
 * lives in a process of its own because a native driver can end the process it is in; the desk must
 * not go with it.
 */
export const runDeviceHost = async (
  end: MessageEnd<HostToDesk, DeskToHost>,
  options: DeviceHostOptions,
  clock: Clock,
): Promise<RunningDeviceHost> => {
  const captures: readonly Capture[] =
    options.port === 'replay' && options.capturesDir !== null
      ? readCaptures(options.capturesDir)
      : []
  const replay =
    options.port === 'replay' ? new ReplayPort({ clock, captures, plugged: 'all' }) : null
  const field = replay === null ? null : virtualField(replay)
  const idReader = replay === null ? null : virtualIdCardReader(replay)
  const port: HidPort = replay ?? new NodeHidPort({ clock })
  const announce = (event: Extract<HostToDesk, { kind: 'event' }>['event']): void => {
    end.post({ kind: 'event', event })
  }
  const station = new ScannerStation({ port, clock, announce })
  const pads = new PadStation({ port, clock, announce })
  const idCards = new IdCardStation({ port, clock, announce })
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= Promise.all([station.stop(), pads.stop(), idCards.stop()]).then(() => {
      end.post({ kind: 'stopped' })
    })
    return stopping
  }
  end.onMessage((message) => {
    if (message.kind === 'beep') void station.beep(message.reader, message.isGood)
    else if (message.kind === 'stop') void stop()
    else if (message.kind === 'tag-job') pads.take(message.job)
    else if (message.kind === 'virtual-tag-on' || message.kind === 'virtual-tag-off') {
      if (field === null) refuse(end, message.kind, NO_VIRTUAL)
      else if (message.kind === 'virtual-tag-off') field.lift(message.uid)
      else layDown(field, message.tag)
    } else if (message.kind === 'virtual-id-card') {
      if (idReader === null) refuse(end, message.kind, NO_VIRTUAL)
      else idReader.put(message.card)
    } else replayed(end, replay, captures, message)
  })
  await station.start()
  await pads.start()
  await idCards.start()
  end.post({ kind: 'started', captures: captures.map((capture) => capture.name) })
  return { stop }
}

const NO_VIRTUAL = 'this device host drives real devices'

const refuse = (
  end: MessageEnd<HostToDesk, DeskToHost>,
  request: DeskToHost['kind'],
  reason: string,
): void => {
  end.post({ kind: 'refused', request, reason })
}

/** The same chip with what was written to it, if it lay there before. */
const layDown = (field: EmulatedField, { uid, memory, afi }: VirtualTag): void => {
  field.put(field.lifted(uid) ?? emulatedTag(uid, memory, { afi }))
}

/** The virtual pad, plugged in beside the virtual scanner. */
const virtualField = (replay: ReplayPort): EmulatedField => {
  const field = new EmulatedField()
  replay.plug(VIRTUAL_PAD, hexToBytes(PAD_DESCRIPTOR_HEX), new EmulatedFeigPad(field))
  return field
}

/** The virtual identity card reader; whoever laid a card on it takes it away when it was read. */
const virtualIdCardReader = (replay: ReplayPort): EmulatedSamReader => {
  const reader = new EmulatedSamReader()
  reader.wasRead = () => {
    reader.lift()
  }
  replay.plug(VIRTUAL_ID_CARD_READER, hexToBytes(PAD_DESCRIPTOR_HEX), reader)
  return reader
}

const replayed = (
  end: MessageEnd<HostToDesk, DeskToHost>,
  replay: ReplayPort | null,
  captures: readonly Capture[],
  message: Extract<DeskToHost, { kind: 'virtual-scan' | 'play' }>,
): void => {
  if (replay === null) refuse(end, message.kind, NO_VIRTUAL)
  else if (message.kind === 'virtual-scan') {
    if (message.text.length > VIRTUAL_TEXT_MAX) refuse(end, message.kind, 'longer than any code')
    else replay.scan(message.text, { aim: message.aim })
  } else if (captures.some((capture) => capture.name === message.capture)) {
    void replay.play(message.capture)
  } else refuse(end, message.kind, `no recording named ${message.capture}`)
}
