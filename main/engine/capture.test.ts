import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { hexToBytes, readCaptures } from '../../devices/capture.ts'
import type { Capture } from '../../devices/capture.ts'
import { ManualClock, settle } from '../../devices/clock.ts'
import { deviceKey } from '../../devices/hid-port.ts'
import type { HidInfo } from '../../devices/hid-port.ts'
import { HONEYWELL_LAYOUT } from '../../devices/models/honeywell.ts'
import { NEWLAND_LAYOUT } from '../../devices/models/newland.ts'
import { encodePosReports } from '../../devices/models/pos-report.ts'
import { NodeHidPort } from '../../devices/node-hid-port.ts'
import { HONEYWELL_DESCRIPTOR_HEX, VIRTUAL_SCANNER } from '../../devices/replay-port.ts'
import { classifyScan, defaultScanPolicy } from '../../domain/words/classify-scan.ts'
import { NativeHidStandIn } from '../../test/conformance/native-hid-stand-in.ts'
import { listDevices, recordDevice, replayCapture } from './capture.ts'
import { scrubReports } from './scrub-reports.ts'

const DESCRIPTOR = hexToBytes(HONEYWELL_DESCRIPTOR_HEX)
const SCANNER: HidInfo = { ...VIRTUAL_SCANNER, serialNumber: 'SN-4711', product: 'Xenon' }
const ITEM = '04400598765432'
const CARD = '0440058765432'
const OLD_CARD = '87654321'
const ISBN = '9787506365437'
const VIRTUAL_CARD = `CD:V:${'aZ9-kQ8.'.repeat(20)}`
const reportsOf = (text: string, aim: string) =>
  encodePosReports(HONEYWELL_LAYOUT, new TextEncoder().encode(text), aim)
const kindOf = (text: string) => classifyScan(defaultScanPolicy, { text, aim: null }).kind

describe('recordDevice', () => {
  let system: NativeHidStandIn
  let clock: ManualClock
  let port: NodeHidPort
  const start = (info: HidInfo, descriptor: Uint8Array | null = DESCRIPTOR): void => {
    system = new NativeHidStandIn(info, descriptor)
    clock = new ManualClock(Date.UTC(2026, 10, 22, 9))
    port = new NodeHidPort({
      clock,
      load: () => Promise.resolve(system.native),
      platform: 'linux',
      devFolder: system.devFolder,
      sysFolder: system.sysFolder,
    })
  }
  const key = () => deviceKey(system.device)
  /** Records while `act` plays the person at the scanner; goes on until the recording ends. */
  const recording = async (act: () => Promise<void>, signal = new AbortController().signal) => {
    const run = { isEnded: false }
    const recorded = recordDevice(port, { key: key(), forMs: 10_000, signal, clock }).finally(
      () => {
        run.isEnded = true
      },
    )
    // Looking at the device takes real input and output; the recording's alarm says that it runs.
    while (clock.pending === 0 && !run.isEnded) await settle()
    await act()
    while (!run.isEnded) await clock.advance(50)
    return recorded
  }
  const scan = async (text: string, aim: string): Promise<void> => {
    for (const report of reportsOf(text, aim)) {
      system.report(report)
      await clock.advance(8)
    }
    await clock.advance(900)
  }
  beforeEach(() => start(SCANNER))
  afterEach(() => system.dispose())

  it('lists devices with the model that reads them', async () => {
    await expect(listDevices(port)).resolves.toEqual({
      ok: true,
      devices: [{ key: key(), name: 'CityDesk Xenon', model: 'honeywell', isKeyboard: false }],
    })
  })

  it('keeps the form of every code and the number of none but a book’s', async () => {
    const recorded = await recording(async () => {
      await scan(ITEM, ']C0')
      await scan(CARD, ']C0')
      await scan(ISBN, ']E0')
      await scan(OLD_CARD, ']A0')
      await scan(VIRTUAL_CARD, ']Q1')
      await scan(ITEM, ']C0')
    })
    if (!recorded.ok) throw new Error(recorded.reason)
    const { scans, reports, device, origin } = recorded.capture
    expect(scans.map(kindOf)).toEqual([ITEM, CARD, ISBN, OLD_CARD, VIRTUAL_CARD, ITEM].map(kindOf))
    expect(scans.map((text) => text.length)).toEqual([14, 13, 13, 8, 165, 14])
    expect(scans[2]).toBe(ISBN)
    expect(scans[5]).toBe(scans[0])
    expect(recorded.replacedCount).toBe(4)
    expect(reports).toHaveLength(8)
    expect(device).toMatchObject({ serialNumber: 'CAPTURED', path: 'replay:captured' })
    expect(origin).toContain('2026-11-22')
    expect(origin).toContain('replaced')
    const kept = JSON.stringify(recorded.capture)
    for (const code of [ITEM, CARD, OLD_CARD, 'SN-4711', 'aZ9-kQ8']) {
      expect(kept).not.toContain(code)
      expect(kept).not.toContain(Buffer.from(code).toString('hex'))
    }
    const replayed = await replayCapture(recorded.capture)
    expect(replayed.model).toBe('honeywell')
    expect(replayed.scans.map(({ text }) => text)).toEqual(scans)
  })

  it('ends early when told to, and keeps what came until then', async () => {
    const abort = new AbortController()
    const recorded = await recording(async () => {
      await scan(ITEM, ']C0')
      abort.abort()
    }, abort.signal)
    expect(recorded).toMatchObject({ ok: true, model: 'honeywell' })
    expect(clock.now()).toBeLessThan(Date.UTC(2026, 10, 22, 9) + 10_000)
  })

  it('ends when the device goes', async () => {
    const recorded = await recording(async () => {
      await scan(CARD, ']C0')
      system.unplug()
    })
    expect(recorded).toMatchObject({ ok: true, model: 'honeywell' })
    expect(clock.now()).toBeLessThan(Date.UTC(2026, 10, 22, 9) + 10_000)
  })

  it('says why there is none', async () => {
    await expect(recording(() => Promise.resolve())).resolves.toMatchObject({ reason: 'silent' })
    system.deniedOpens = 100
    await expect(recording(() => Promise.resolve())).resolves.toMatchObject({
      reason: 'denied',
      says: expect.stringContaining('Permission denied'),
    })
    system.unplug()
    await expect(recording(() => Promise.resolve())).resolves.toMatchObject({ reason: 'no-device' })
    await expect(listDevices(port)).resolves.toEqual({ ok: true, devices: [] })
    const bare = new NodeHidPort({ clock, load: () => Promise.reject(new Error('no libudev')) })
    await expect(listDevices(bare)).resolves.toMatchObject({
      ok: false,
      reason: 'hid-unavailable',
      says: 'no libudev',
    })
  })

  it('never records a keyboard', async () => {
    system.dispose()
    start({ ...SCANNER, usagePage: 1, usage: 6 }, null)
    await expect(recording(() => Promise.resolve())).resolves.toMatchObject({ reason: 'keyboard' })
    expect(system.opened).toHaveLength(0)
  })
})

describe('scrubReports', () => {
  const asReports = (reports: readonly Uint8Array[]) =>
    reports.map((bytes) => ({ afterMs: 8, hex: Buffer.from(bytes).toString('hex') }))
  const textOf = (reports: readonly { readonly hex: string }[]): string =>
    Buffer.from(reports.map(({ hex }) => hex).join(''), 'hex').toString('latin1')

  it('blanks what an earlier code left behind a shorter one', () => {
    const [report] = reportsOf('978', ']C0')
    if (report === undefined) throw new Error('no report')
    report.set(Buffer.from(`${CARD}tokenABC`), 20)
    const { reports } = scrubReports(SCANNER, DESCRIPTOR, asReports([report]))
    expect(textOf(reports)).toContain('0000000000000xxxxxXXX')
  })

  it('replaces a code that never ended, one that was cut, and one in other encodings', () => {
    const [cut] = reportsOf(VIRTUAL_CARD, ']Q1')
    const wide = reportsOf('０４４００５９８７６５４３２', ']C0')
    const name = encodePosReports(HONEYWELL_LAYOUT, Buffer.from('d5c5c8fd', 'hex'), ']Q1')
    const { reports } = scrubReports(SCANNER, DESCRIPTOR, [
      ...asReports([...wide, ...name]),
      ...asReports(cut === undefined ? [] : [cut]),
    ])
    const left = textOf(reports).replaceAll(/[\u0000-\u001f]/g, '')
    expect(left).not.toMatch(/[\u0080-\u00ff]/)
    expect(left).not.toContain('kQ8')
  })

  it('takes runs of letters and digits from a device that no model knows', () => {
    const other: HidInfo = { ...SCANNER, usagePage: 0xff00, usage: 1 }
    const bytes = Uint8Array.of(1, 0x9a, ...Buffer.from(`tag ${ITEM}`), 0xe0, 4)
    const { reports, replacedCount } = scrubReports(other, null, asReports([bytes]))
    expect(textOf(reports)).toBe(`\u0001\u009atag ${'0'.repeat(14)}\u00e0\u0004`)
    expect(replacedCount).toBe(0)
  })

  it('leaves no card and no barcode in any report of any layout', () => {
    const layouts = [
      { info: SCANNER, layout: HONEYWELL_LAYOUT },
      { info: { ...SCANNER, vendorId: 0x1eab }, layout: NEWLAND_LAYOUT },
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.array(
          fc.oneof(
            fc.stringMatching(/^044005[1-9]{8}$/),
            fc.stringMatching(/^0440[1-9]{9}$/),
            fc.stringMatching(/^[1-9]{8}$/),
            fc.stringMatching(/^CD:V:[1-9a-w]{60,200}$/),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        ({ info, layout }, codes) => {
          const sent = codes.flatMap((code) => encodePosReports(layout, Buffer.from(code), ']C0'))
          const { reports } = scrubReports(info, null, asReports(sent))
          const left = textOf(reports)
          // The tail of each: heads are the network's, and a replacement may end in any digit.
          for (const code of codes) expect(left).not.toContain(code.slice(-8))
          expect(reports.map(({ hex }) => hex.length)).toEqual(sent.map(({ length }) => 2 * length))
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('replayCapture', () => {
  const captures = readCaptures(new URL('../../devices/captures', import.meta.url).pathname)
  it('has recordings to play', () => {
    expect(captures.length).toBeGreaterThan(0)
  })
  test.each(captures.map((capture): [string, Capture] => [capture.name, capture]))(
    'reads %s as it says',
    async (_name, capture) => {
      const { scans } = await replayCapture(capture)
      expect(scans.map(({ text }) => text)).toEqual(capture.scans)
    },
  )
})
