import { readCaptures, type Capture } from './capture.ts'
import type { Clock } from './clock.ts'
import type {
  DeskToHost,
  DeviceHostOptions,
  HostToDesk,
  MessageEnd,
} from './device-host-messages.ts'
import type { HidPort } from './hid-port.ts'
import { NodeHidPort } from './node-hid-port.ts'
import { ReplayPort } from './replay-port.ts'
import { ScannerStation } from './scanner-station.ts'

export interface RunningDeviceHost {
  /** Closes the devices and says `stopped`; further calls give the same promise. */
  stop(): Promise<void>
}

const VIRTUAL_TEXT_MAX = 4096

/**
 * Runs a scanner station at one end of a wire until `stop`. It lives in a process of its own
 * because a native driver can end the process it is in; the desk must not go with it.
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
  const port: HidPort = replay ?? new NodeHidPort({ clock })
  const station = new ScannerStation({
    port,
    clock,
    announce: (event) => {
      end.post({ kind: 'event', event })
    },
  })
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= station.stop().then(() => {
      end.post({ kind: 'stopped' })
    })
    return stopping
  }
  end.onMessage((message) => {
    if (message.kind === 'beep') void station.beep(message.reader, message.isGood)
    else if (message.kind === 'stop') void stop()
    else replayed(end, replay, captures, message)
  })
  await station.start()
  end.post({ kind: 'started', captures: captures.map((capture) => capture.name) })
  return { stop }
}

const replayed = (
  end: MessageEnd<HostToDesk, DeskToHost>,
  replay: ReplayPort | null,
  captures: readonly Capture[],
  message: Extract<DeskToHost, { kind: 'virtual-scan' | 'play' }>,
): void => {
  const refuse = (reason: string): void => {
    end.post({ kind: 'refused', request: message.kind, reason })
  }
  if (replay === null) refuse('this device host drives real devices')
  else if (message.kind === 'virtual-scan') {
    if (message.text.length > VIRTUAL_TEXT_MAX) refuse('longer than any code')
    else replay.scan(message.text, { aim: message.aim })
  } else if (captures.some((capture) => capture.name === message.capture)) {
    void replay.play(message.capture)
  } else refuse(`no recording named ${message.capture}`)
}
