import { beforeEach, describe, expect, it, test } from 'vitest'
import { hexToBytes, readCaptures } from './capture.ts'
import { ManualClock, settle } from './clock.ts'
import {
  deviceKey,
  HidFailure,
  type HidConnection,
  type HidInfo,
  type HidPort,
} from './hid-port.ts'
import { HONEYWELL_LAYOUT } from './models/honeywell.ts'
import { encodePosReports } from './models/pos-report.ts'
import { HONEYWELL_DESCRIPTOR_HEX, ReplayPort, VIRTUAL_SCANNER } from './replay-port.ts'
import { QUEUE_LIMIT } from './scan-queue.ts'
import { ScannerStation, type ScannerStationOptions } from './scanner-station.ts'
import type { StationEvent } from './station-events.ts'

const DESCRIPTOR = hexToBytes(HONEYWELL_DESCRIPTOR_HEX)
const captures = readCaptures(new URL('captures', import.meta.url).pathname)
const VIRTUAL = deviceKey(VIRTUAL_SCANNER)
const ITEM = '04400510000001'

const second: HidInfo = {
  ...VIRTUAL_SCANNER,
  serialNumber: 'SECOND',
  path: 'replay:second',
}
const reportsOf = (text: string, aim = ']C0') =>
  encodePosReports(HONEYWELL_LAYOUT, new TextEncoder().encode(text), aim)

describe('ScannerStation', () => {
  let clock: ManualClock
  let port: ReplayPort
  let events: StationEvent[]
  const station = (over: Partial<ScannerStationOptions> = {}) =>
    new ScannerStation({
      port,
      clock,
      platform: 'linux',
      announce: (event) => events.push(event),
      ...over,
    })
  const texts = () => events.flatMap((e) => (e.kind === 'scan' ? [e.scan.text] : []))
  const notices = () => events.flatMap((e) => (e.kind === 'notice' ? [e.notice] : []))
  const states = (reader: string = VIRTUAL) =>
    events.flatMap((e) =>
      e.kind === 'status' && e.status.reader === reader ? [e.status.state] : [],
    )

  beforeEach(() => {
    clock = new ManualClock(1_000_000)
    port = new ReplayPort({ clock, captures, plugged: 'virtual-only' })
    events = []
  })

  test.each(captures.map((capture) => [capture.name, capture] as const))(
    'reads capture %s',
    async (name, capture) => {
      port = new ReplayPort({ clock, captures, plugged: 'all' })
      await station().start()
      await settle()
      const playing = port.play(name)
      await clock.advance(20_000)
      await playing
      expect(texts()).toEqual(capture.scans)
      expect(clock.pending).toBe(0)
    },
  )

  it('finds, opens and is ready, by model', async () => {
    const own = station()
    await own.start()
    await settle()
    expect(states()).toEqual(['found', 'opening', 'ready'])
    expect(own.statuses()).toMatchObject([{ reader: VIRTUAL, model: 'honeywell', state: 'ready' }])
  })

  it('loses an unplugged scanner, discards its half code, and takes it back under a new path', async () => {
    const own = station()
    await own.start()
    await settle()
    port.report(VIRTUAL_SCANNER.path, reportsOf('x'.repeat(80), ']Q1').at(0)!)
    port.unplug(VIRTUAL_SCANNER.path)
    await settle()
    expect(notices()).toEqual([{ kind: 'partial-discarded', byteCount: 56, reason: 'gone' }])
    const moved = { ...VIRTUAL_SCANNER, path: 'replay:elsewhere' }
    port.plug(moved, DESCRIPTOR)
    await settle()
    expect(states()).toEqual(['found', 'opening', 'ready', 'lost', 'found', 'opening', 'ready'])
    for (const report of reportsOf(ITEM)) port.report(moved.path, report)
    expect(texts()).toEqual([ITEM])
    expect(own.statuses()).toHaveLength(1)
    await clock.advance(1_000)
    expect(texts()).toEqual([ITEM])
  })

  it('replugs 20 times without growing', async () => {
    const own = station()
    await own.start()
    for (let n = 0; n < 20; n += 1) {
      port.unplug(n === 0 ? VIRTUAL_SCANNER.path : `replay:${n}`)
      port.plug({ ...VIRTUAL_SCANNER, path: `replay:${n + 1}` }, DESCRIPTOR)
      await settle()
    }
    await settle()
    expect(own.statuses()).toMatchObject([{ reader: VIRTUAL, state: 'ready' }])
    for (const report of reportsOf(ITEM)) port.report('replay:20', report)
    expect(texts()).toEqual([ITEM])
  })

  it('keeps the pieces of two scanners apart', async () => {
    port.plug(second, DESCRIPTOR)
    await station().start()
    await settle()
    const long = 'q'.repeat(60)
    const pieces = reportsOf(long, ']Q1')
    port.report(VIRTUAL_SCANNER.path, pieces.at(0)!)
    for (const report of reportsOf(ITEM)) port.report(second.path, report)
    port.report(VIRTUAL_SCANNER.path, pieces.at(1)!)
    expect(texts()).toEqual([ITEM, long])
  })

  it('tells twins without a serial number apart', async () => {
    const twin = { ...VIRTUAL_SCANNER, path: 'replay:twin' }
    port.plug(twin, DESCRIPTOR)
    const own = station()
    await own.start()
    await settle()
    expect(own.statuses().map((status) => [status.reader, status.state])).toEqual([
      [VIRTUAL, 'ready'],
      [`${VIRTUAL}#2`, 'ready'],
    ])
  })

  it('takes a repeat within 400 ms as one scan, says so, and takes it again later', async () => {
    await station().start()
    await settle()
    port.scan(ITEM, { aim: null })
    await clock.advance(399)
    port.scan(ITEM, { aim: null })
    expect(texts()).toEqual([ITEM])
    expect(notices()).toEqual([{ kind: 'repeat-ignored', text: ITEM, count: 1 }])
    await clock.advance(400)
    port.scan(ITEM, { aim: null })
    port.scan('04400510000002', { aim: null })
    port.scan(ITEM, { aim: null })
    expect(texts()).toEqual([ITEM, ITEM, '04400510000002', ITEM])
  })

  it('makes one scan and few notices of a stuck trigger: 1,000 reports in a second', async () => {
    await station().start()
    await settle()
    for (let n = 0; n < 1_000; n += 1) {
      port.scan(ITEM, { aim: null })
      await clock.advance(1)
    }
    expect(texts()).toEqual([ITEM])
    expect(notices()).toHaveLength(10)
    expect(notices().at(-1)).toEqual({ kind: 'repeat-ignored', text: ITEM, count: 512 })
  })

  it('holds scans while a dialog waits, then delivers each once and in order', async () => {
    const own = station()
    await own.start()
    await settle()
    own.hold(true)
    for (const n of [1, 2, 3]) port.scan(`0440051000000${n}`, { aim: null })
    expect(texts()).toEqual([])
    expect(events.at(-1)).toEqual({ kind: 'waiting', count: 3 })
    own.hold(false)
    expect(texts()).toEqual(['04400510000001', '04400510000002', '04400510000003'])
    expect(events.at(-1)).toEqual({ kind: 'waiting', count: 0 })
    own.hold(false)
    expect(texts()).toHaveLength(3)
  })

  it('holds the rest again when a delivery opens the next dialog', async () => {
    const own = station({
      isHeld: true,
      announce: (event) => {
        events.push(event)
        if (event.kind === 'scan') own.hold(true)
      },
    })
    await own.start()
    await settle()
    for (const n of [1, 2, 3]) port.scan(`0440051000000${n}`, { aim: null })
    own.hold(false)
    expect(texts()).toEqual(['04400510000001'])
    expect(events.at(-1)).toEqual({ kind: 'waiting', count: 2 })
    own.hold(false)
    own.hold(false)
    expect(texts()).toEqual(['04400510000001', '04400510000002', '04400510000003'])
  })

  it('is bounded and loud with 300 scans and no consumer', async () => {
    const own = station({ isHeld: true })
    await own.start()
    await settle()
    for (let n = 0; n < 300; n += 1) port.scan(String(10_000_000 + n), { aim: null })
    const overflows = notices().filter((notice) => notice.kind === 'queue-overflow')
    expect(overflows).toHaveLength(300 - QUEUE_LIMIT)
    expect(overflows.at(-1)).toEqual({ kind: 'queue-overflow', droppedCount: 300 - QUEUE_LIMIT })
    own.hold(false)
    expect(texts()).toHaveLength(QUEUE_LIMIT)
    expect(texts().at(-1)).toBe(String(10_000_000 + QUEUE_LIMIT - 1))
  })

  it('ignores malformed reports, counts them aloud, and stays ready', async () => {
    const own = station()
    await own.start()
    await settle()
    for (const length of [0, 1, 9, 65_536]) {
      port.report(VIRTUAL_SCANNER.path, new Uint8Array(length).fill(0xff))
    }
    expect(texts()).toEqual([])
    expect(notices()).toEqual([
      { kind: 'report-ignored', reason: 'empty-report', count: 1 },
      { kind: 'report-ignored', reason: 'other-report-id', count: 1 },
      { kind: 'report-ignored', reason: 'other-report-id', count: 2 },
    ])
    port.scan(ITEM, { aim: null })
    expect(texts()).toEqual([ITEM])
    expect(own.statuses()[0]?.state).toBe('ready')
  })

  it('calls a scanner in keyboard mode foreign, but not the keyboard of one it can read', async () => {
    const keyboard = { ...VIRTUAL_SCANNER, usagePage: 1, usage: 6, interface: 1, path: 'kbd-own' }
    const foreign = { ...keyboard, vendorId: 0x05e0, productId: 0x1200, path: 'kbd-zebra' }
    const plain = { ...keyboard, vendorId: 0x046d, product: 'Keyboard', path: 'kbd-plain' }
    port.plug(keyboard, null)
    port.plug(foreign, null)
    port.plug(plain, null)
    const own = station()
    await own.start()
    await settle()
    expect(
      own.statuses().map(({ reader, state, remedy }) => [reader, state, remedy?.kind]),
    ).toEqual([
      [VIRTUAL, 'ready', undefined],
      [deviceKey(foreign), 'foreign', 'switch-to-hid-pos'],
    ])
  })

  it('beeps where the maker has a known beep, and only while ready', async () => {
    const newland = captures.find((capture) => capture.name.startsWith('newland/'))!
    port.plug(newland.device, hexToBytes(newland.descriptor ?? ''))
    const own = station()
    await own.start()
    await settle()
    expect(await own.beep(VIRTUAL, true)).toBe(true)
    expect(port.written(VIRTUAL_SCANNER.path)).toEqual([Uint8Array.of(4, 0x40)])
    expect(await own.beep(deviceKey(newland.device), true)).toBe(false)
    expect(port.written(newland.device.path)).toEqual([])
    port.unplug(VIRTUAL_SCANNER.path)
    expect(await own.beep(VIRTUAL, true)).toBe(false)
  })

  it('stops with nothing left running, and starts again', async () => {
    const own = station()
    await own.start()
    await settle()
    await own.stop()
    port.scan(ITEM, { aim: null })
    expect(texts()).toEqual([])
    expect(states().at(-1)).toBe('absent')
    expect(clock.pending).toBe(0)
    await own.start()
    await settle()
    port.scan(ITEM, { aim: null })
    expect(texts()).toEqual([ITEM])
  })

  describe('when opening fails', () => {
    let failures: HidFailure[]
    let openCount: number
    const failing = (): HidPort => ({
      list: () => port.list(),
      readDescriptor: (info) => port.readDescriptor(info),
      watch: (changed) => port.watch(changed),
      open: (info): Promise<HidConnection> => {
        openCount += 1
        const failure = failures.shift()
        return failure === undefined ? port.open(info) : Promise.reject(failure)
      },
    })
    beforeEach(() => {
      failures = []
      openCount = 0
    })

    it('tells the udev rule when denied, and is ready once it is permitted', async () => {
      failures = [new HidFailure('denied', 'Permission denied'), new HidFailure('denied', 'again')]
      const own = station({ port: failing() })
      await own.start()
      await settle()
      expect(own.statuses()).toMatchObject([
        {
          state: 'denied',
          reason: 'Permission denied',
          remedy: {
            kind: 'udev-rule',
            file: '/etc/udev/rules.d/70-citydesk-hid.rules',
            rule: 'KERNEL=="hidraw*", SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0c2e", TAG+="uaccess"',
          },
        },
      ])
      await clock.advance(8_000)
      await clock.advance(8_000)
      expect(states()).toEqual(['found', 'opening', 'denied', 'ready'])
      expect(own.statuses()[0]?.remedy).toBeNull()
    })

    it('backs off, is faulty after three failures, and recovers', async () => {
      failures = Array.from({ length: 4 }, () => new HidFailure('io', 'Input/output error'))
      await station({ port: failing() }).start()
      await settle()
      expect(openCount).toBe(1)
      await clock.advance(250)
      expect(openCount).toBe(2)
      await clock.advance(500)
      expect(states().at(-1)).toBe('faulty')
      await clock.advance(1_000)
      await clock.advance(2_000)
      expect(openCount).toBe(5)
      expect(states().at(-1)).toBe('ready')
    })

    it('calls a device that went before it was open absent', async () => {
      failures = [new HidFailure('gone', 'No such file or directory')]
      await station({ port: failing() }).start()
      await settle()
      expect(states()).toEqual(['found', 'opening', 'absent'])
    })

    it('closes a connection that comes after the station stopped', async () => {
      let release = (): void => undefined
      let closedCount = 0
      const slow: HidPort = {
        ...failing(),
        open: async (info) => {
          await new Promise<void>((done) => {
            release = done
          })
          const connection = await port.open(info)
          return {
            info,
            onReport: (listener) => {
              connection.onReport(listener)
            },
            onGone: (listener) => {
              connection.onGone(listener)
            },
            write: (bytes) => connection.write(bytes),
            writeFeature: (bytes) => connection.writeFeature(bytes),
            readFeature: (id, length) => connection.readFeature(id, length),
            close: () => {
              closedCount += 1
              return connection.close()
            },
          }
        },
      }
      const own = station({ port: slow })
      await own.start()
      await own.stop()
      release()
      await settle()
      expect(closedCount).toBe(1)
      expect(states().at(-1)).toBe('absent')
    })

    it('says once that devices cannot be reached at all, and does not throw', async () => {
      const none: HidPort = {
        ...failing(),
        list: () => Promise.reject(new HidFailure('hid-unavailable', 'libudev.so.1: missing')),
      }
      const own = station({ port: none })
      await own.start()
      await clock.advance(60_000)
      expect(events).toEqual([
        { kind: 'port', isAvailable: false, reason: 'libudev.so.1: missing' },
      ])
    })
  })
})
