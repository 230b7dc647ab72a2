/** `citydesk capture`: what a scanner sends, kept for a bug report, or played again. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  listDevices,
  machinePort,
  readCapture,
  recordDevice,
  replayCapture,
} from '../../main/engine/capture.ts'
import type { CaptureRefusal, ListedDevice } from '../../main/engine/capture.ts'
import { countOption, textOption, UnusableInput } from '../command.ts'
import type { Command, CommandEnvironment, CommandOutcome } from '../command.ts'

const DEFAULT_SECONDS = 20

const refusedWords: Readonly<Record<CaptureRefusal['reason'], string>> = {
  'hid-unavailable': 'HID devices cannot be reached on this machine',
  'no-device': 'that device is not connected; see citydesk capture --list',
  keyboard:
    'that device is a keyboard: what people type is not recorded; switch the scanner to HID-POS',
  denied: 'this user may not open the device',
  'device-failed': 'the device cannot be opened',
  silent: 'the device sent nothing; scan something while it records',
}

const refusedOutcome = ({ reason, says, rule }: CaptureRefusal): CommandOutcome => {
  const error = says === null ? refusedWords[reason] : `${refusedWords[reason]}: ${says}`
  const advice = rule === null ? [] : [`/etc/udev/rules.d/70-citydesk-hid.rules needs: ${rule}`]
  return {
    exit: reason === 'hid-unavailable' ? 2 : 1,
    json: { error, reason, rule },
    text: [error, ...advice].join('\n'),
  }
}

const deviceLine = ({ key, name, model, isKeyboard }: ListedDevice): string =>
  `${key}\t${name}\t${isKeyboard ? 'keyboard, never recorded' : (model ?? 'no reader model')}`

const noDevice: CommandOutcome = {
  exit: 1,
  json: { devices: [] },
  text: 'no HID device is connected',
}

/** The device asked for; else the only one that a reader model knows. */
const chosen = (devices: readonly ListedDevice[], key: string | null): string | null => {
  if (key !== null) return key
  const readers = devices.filter(({ model }) => model !== null)
  if (readers.length > 1) {
    throw new UnusableInput(`which one? --device ${readers.map(({ key }) => key).join(' | ')}`)
  }
  return readers[0]?.key ?? null
}

const record = async (
  key: string,
  folder: string,
  seconds: number,
  { log, signal }: CommandEnvironment,
): Promise<CommandOutcome> => {
  log(`recording ${key} for ${seconds} s; scan now, Ctrl+C ends it`)
  const recorded = await recordDevice(machinePort(), { key, forMs: seconds * 1000, signal })
  if (!recorded.ok) return refusedOutcome(recorded)
  const { capture, model, replacedCount } = recorded
  const { name: _name, ...content } = capture
  const into = join(folder, model ?? 'unknown')
  await mkdir(into, { recursive: true })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const file = join(into, `recorded-${stamp}.json`)
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`)
  const json = { file, model, reports: capture.reports.length, scans: capture.scans, replacedCount }
  const unknown =
    model === null ? ['no model reads this device: look at the file before you send it on'] : []
  const text = [
    `${file}: ${json.reports} reports, ${replacedCount} codes replaced`,
    ...capture.scans,
    ...unknown,
  ]
  return { exit: 0, json, text: text.join('\n') }
}

const replay = async (file: string): Promise<CommandOutcome> => {
  const text = await readFile(file, 'utf8')
  let capture: ReturnType<typeof readCapture>
  try {
    capture = readCapture(basename(file), JSON.parse(text))
  } catch (error) {
    throw new UnusableInput(error instanceof Error ? error.message : String(error))
  }
  const { model, scans, notices } = await replayCapture(capture)
  const isAsRecorded =
    scans.length === capture.scans.length && scans.every(({ text }, n) => text === capture.scans[n])
  const lines = [
    ...scans.map(({ text, aim }) => `${aim ?? '-'}\t${text}`),
    ...notices.map((kind) => `notice: ${kind}`),
    ...(model === null ? ['no model reads this device'] : []),
    ...(isAsRecorded ? [] : [`the file expects: ${JSON.stringify(capture.scans)}`]),
  ]
  return {
    exit: isAsRecorded ? 0 : 1,
    json: { model, scans, notices, isAsRecorded },
    text: lines.join('\n'),
  }
}

export const capture: Command = {
  name: 'capture',
  summary: 'Records what a scanner sends, with the codes of readers and items replaced.',
  help: `[--list] [--device KEY] [--out FOLDER] [--seconds N] | --replay FILE
  --list         the HID devices of this machine
  --device KEY   the one to record (default: the only scanner)
  --out FOLDER   where FOLDER/MODEL/recorded-….json goes (default: captures)
  --seconds N    how long, 1 to 500 (default: ${DEFAULT_SECONDS})
  --replay FILE  plays a recording through the reader models and prints the scans

JSON: { devices: [{ key, name, model, isKeyboard }] } · { file, model, reports, scans,
replacedCount } · { model, scans: [{ text, aim, atMs }], notices, isAsRecorded }.
Exit status 1: no device, or it may not be opened, or a recording that now reads otherwise; 2: HID
is not available here.`,
  options: {
    list: { type: 'boolean' },
    device: { type: 'string' },
    out: { type: 'string' },
    seconds: { type: 'string' },
    replay: { type: 'string' },
  },
  run: async (words, values, environment) => {
    if (words.length > 0) throw new UnusableInput('capture takes options only')
    const file = textOption(values, 'replay')
    if (file !== null) return replay(file)
    const seconds = countOption(values, 'seconds', DEFAULT_SECONDS)
    const listing = await listDevices(machinePort())
    if (!listing.ok) return refusedOutcome(listing)
    const { devices } = listing
    if (devices.length === 0) return noDevice
    if (values['list'] === true) {
      return { exit: 0, json: { devices }, text: devices.map(deviceLine).join('\n') }
    }
    const key = chosen(devices, textOption(values, 'device'))
    if (key === null) {
      const text = 'no scanner is connected that a reader model knows; --device records any other'
      return { exit: 1, json: { devices, error: text }, text }
    }
    return record(key, textOption(values, 'out') ?? 'captures', seconds, environment)
  },
}
