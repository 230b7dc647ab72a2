/** Pads at byte level: our drivers against emulated pads, through the port that tests replay. */
import { beforeEach, describe, expect, it, test } from 'vitest'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
import { noElements } from '../../domain/rfid/tag-elements.ts'
import { hexToBytes } from '../capture.ts'
import { ManualClock } from '../clock.ts'
import type { HidInfo } from '../hid-port.ts'
import { ReplayPort, type DeviceEnds } from '../replay-port.ts'
import { EmulatedChafonPad } from './emulated-chafon-pad.ts'
import { EmulatedFeigPad, PAD_DESCRIPTOR_HEX, VIRTUAL_PAD } from './emulated-feig-pad.ts'
import { EmulatedField, emulatedTag, type EmulatedTag } from './emulated-field.ts'
import { EmulatedRrhPad } from './emulated-rrh-pad.ts'
import type { PadEvent } from './pad-events.ts'
import { PadStation } from './pad-station.ts'

const IN_STOCK = 0x07
const ON_LOAN = 0xc2

const memoryOf = (barcode: string): Uint8Array => {
  const elements = { ...noElements, primaryItemId: barcode, ownerIsil: 'CN-440300' }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: 112 })
  if (!encoded.ok) throw new Error(encoded.reason)
  return encoded.bytes
}

const uidOf = (n: number): string => `e00401500000${n.toString(16).padStart(4, '0')}`
const tagOf = (n: number, eas: boolean | null = null): EmulatedTag =>
  emulatedTag(uidOf(n), memoryOf(`0440051234${String(n).padStart(4, '0')}`), { eas })

const RRH: HidInfo = { ...VIRTUAL_PAD, vendorId: 0x1781, productId: 0x0c10, path: 'rrh' }
const CHAFON: HidInfo = {
  ...VIRTUAL_PAD,
  vendorId: 0xffff,
  productId: 0x0035,
  interface: 1,
  path: 'chafon',
}

let clock: ManualClock
let port: ReplayPort
let field: EmulatedField
let station: PadStation
let events: PadEvent[]

const plug = (info: HidInfo, ends: DeviceEnds): void =>
  port.plug(info, hexToBytes(PAD_DESCRIPTOR_HEX), ends)

const told = <K extends PadEvent['kind']>(kind: K): Extract<PadEvent, { kind: K }>[] =>
  events.filter((event): event is Extract<PadEvent, { kind: K }> => event.kind === kind)

const states = (): string[] => told('pad-status').map(({ status }) => status.state)

beforeEach(async () => {
  clock = new ManualClock(1_000_000)
  port = new ReplayPort({ clock, captures: [], plugged: 'virtual-only' })
  field = new EmulatedField()
  events = []
  station = new PadStation({
    port,
    clock,
    platform: 'linux',
    announce: (event) => {
      events.push(event)
    },
  })
  await station.start()
})

describe('a FEIG pad', () => {
  let pad: EmulatedFeigPad

  beforeEach(async () => {
    pad = new EmulatedFeigPad(field)
    plug(VIRTUAL_PAD, pad)
    await clock.advance(10)
  })

  it('is found, opened, probed and ready', () => {
    expect(states()).toEqual(['found', 'opening', 'probing', 'ready'])
  })

  it('reads a stack, each tag once, and says when it is whole', async () => {
    for (let n = 1; n <= 8; n += 1) field.put(tagOf(n))
    await clock.advance(1_500)
    expect(told('tag-on').map(({ tag }) => tag.uid)).toEqual(
      Array.from({ length: 8 }, (_, n) => uidOf(n + 1)),
    )
    expect(told('tag-on')[0]?.tag).toMatchObject({ afi: IN_STOCK, dsfid: 6, blockCount: 28 })
    expect(told('tag-on')[0]?.tag.memory).toEqual(tagOf(1).memory)
    expect(told('pad-settled')).toEqual([
      { kind: 'pad-settled', pad: expect.any(String), count: 8 },
    ])
  })

  it('case 48: reads a stack of fifty over several pages; one that fails holds up no other', async () => {
    for (let n = 1; n <= 50; n += 1) field.put(tagOf(n))
    field.isWritable = (uid) => uid !== uidOf(3)
    await clock.advance(1_000)
    expect(told('tag-on')).toHaveLength(50)
    for (let n = 1; n <= 50; n += 1) {
      station.take({ kind: 'secure', uid: uidOf(n), afi: ON_LOAN, isArmed: false })
    }
    await clock.advance(200)
    expect(told('tag-secured').filter(({ outcome }) => outcome === 'done')).toHaveLength(49)
    await clock.advance(2_000)
    const failed = told('tag-secured').filter(({ outcome }) => outcome === 'failed')
    expect(failed.map(({ uid }) => uid)).toEqual([uidOf(3)])
    expect(states().slice(-2)).toEqual(['busy', 'ready'])
  })

  it('case 41: without an alarm bit the AFI alone is the security, and that is no error', async () => {
    field.put(tagOf(1))
    field.put(tagOf(2, true))
    await clock.advance(600)
    for (const n of [1, 2]) {
      station.take({ kind: 'secure', uid: uidOf(n), afi: ON_LOAN, isArmed: false })
    }
    await clock.advance(300)
    expect(told('tag-secured')).toEqual(
      [1, 2].map((n) => ({
        kind: 'tag-secured',
        uid: uidOf(n),
        wantedAfi: ON_LOAN,
        outcome: 'done',
        previousAfi: IN_STOCK,
      })),
    )
    expect([field.tag(uidOf(1))?.eas, field.tag(uidOf(2))?.eas]).toEqual([null, false])
  })

  it('case 40: an AFI that reads back otherwise is tried again, and then said to have failed', async () => {
    field.put(tagOf(1))
    field.deafToAfi.add(uidOf(1))
    await clock.advance(600)
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    await clock.advance(400)
    expect(told('tag-secured')).toEqual([])
    await clock.advance(1_000)
    expect(told('tag-secured')).toMatchObject([{ outcome: 'failed', previousAfi: IN_STOCK }])
    field.deafToAfi.clear()
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    await clock.advance(200)
    expect(told('tag-secured').at(-1)).toMatchObject({ outcome: 'done' })
  })

  it('case 38: lifted before its AFI was set, it is told as away; back, it can be asked again', async () => {
    field.put(tagOf(1))
    await clock.advance(600)
    field.lift(uidOf(1))
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    await clock.advance(1_000)
    expect(told('tag-off')).toHaveLength(1)
    expect(told('tag-secured')).toMatchObject([{ outcome: 'away' }])
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    expect(told('tag-secured')).toHaveLength(2)
    field.put(tagOf(1))
    await clock.advance(600)
    expect(told('tag-on').at(-1)).toMatchObject({ isReturn: true })
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    await clock.advance(200)
    expect(field.tag(uidOf(1))?.afi).toBe(ON_LOAN)
  })

  it('case 38: it is repaired on another pad', async () => {
    const other = new EmulatedField()
    plug({ ...VIRTUAL_PAD, serialNumber: 'OTHER', path: 'other' }, new EmulatedFeigPad(other))
    other.put(tagOf(1))
    await clock.advance(600)
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    await clock.advance(200)
    expect(told('tag-secured')).toMatchObject([{ outcome: 'done' }])
    expect(other.tag(uidOf(1))?.afi).toBe(ON_LOAN)
  })

  it('case 36: silent, its field is reset; still silent, it is opened anew, faulty, and recovers', async () => {
    pad.isSilent = true
    await clock.advance(30_000)
    expect(states()).toContain('faulty')
    pad.isSilent = false
    await clock.advance(10_000)
    expect(states().at(-1)).toBe('ready')
    field.put(tagOf(1))
    await clock.advance(600)
    expect(told('tag-on')).toHaveLength(1)
  })

  it('case 35: an answer that comes too late is not taken for the answer to the next', async () => {
    field.put(tagOf(1))
    await clock.advance(600)
    // The next inventory answers after its time is over, when the tag has long been lifted.
    pad.answersAfterMs = (command) => (command === 0xb0 ? 500 : 0)
    pad.deliverLater = (delayMs, reports) =>
      void clock.after(delayMs, () => {
        for (const report of reports) port.report(VIRTUAL_PAD.path, report)
      })
    await clock.advance(400)
    field.lift(uidOf(1))
    pad.answersAfterMs = () => 0
    await clock.advance(2_000)
    expect(told('tag-off')).toHaveLength(1)
    expect(told('tag-on')).toHaveLength(1)
  })

  it('writes a tag, reads it back, and sets what stands beside the memory', async () => {
    const before = new Uint8Array(112)
    field.put(emulatedTag(uidOf(1), before, { afi: 0, dsfid: 0 }))
    await clock.advance(600)
    const after = memoryOf('04400512340009')
    station.take({ kind: 'write', uid: uidOf(1), before, after, afi: IN_STOCK, dsfid: 6 })
    await clock.advance(300)
    expect(told('tag-written')).toEqual([
      { kind: 'tag-written', uid: uidOf(1), outcome: 'done', reason: null },
    ])
    expect(field.tag(uidOf(1))).toMatchObject({ afi: IN_STOCK, dsfid: 6, memory: after })
  })

  it('refuses to write over a content that the desk has not read', async () => {
    field.put(tagOf(1))
    await clock.advance(600)
    const [before, after] = [new Uint8Array(112), memoryOf('04400512340009')]
    station.take({ kind: 'write', uid: uidOf(1), before, after, afi: null, dsfid: null })
    await clock.advance(2_000)
    expect(told('tag-written')).toMatchObject([
      { outcome: 'failed', reason: 'another content than read' },
    ])
    expect(field.tag(uidOf(1))?.memory).toEqual(tagOf(1).memory)
  })

  it('case 47: unplugged in the middle of a write, the same write finishes after the replug', async () => {
    const before = memoryOf('04400512340001')
    const after = memoryOf('04400599990009')
    field.put(emulatedTag(uidOf(1), before))
    await clock.advance(600)
    let blocks = 0
    field.written = () => {
      blocks += 1
      if (blocks === 2) port.unplug(VIRTUAL_PAD.path)
    }
    const job = { kind: 'write', uid: uidOf(1), before, after, afi: null, dsfid: null } as const
    station.take(job)
    await clock.advance(1_000)
    expect(states().at(-1)).toBe('lost')
    expect(told('tag-written')).toMatchObject([{ outcome: 'away' }])
    expect(field.tag(uidOf(1))?.memory).not.toEqual(after)
    plug(VIRTUAL_PAD, new EmulatedFeigPad(field))
    await clock.advance(1_000)
    station.take(job)
    await clock.advance(300)
    expect(told('tag-written').at(-1)).toMatchObject({ outcome: 'done' })
    expect(field.tag(uidOf(1))?.memory).toEqual(after)
  })

  it('stops with nothing left running', async () => {
    field.put(tagOf(1))
    await clock.advance(600)
    await station.stop()
    expect(clock.pending).toBe(0)
    expect(told('tag-off')).toHaveLength(1)
  })
})

describe('an RRHFOEM04 pad', () => {
  it('reads, secures and writes, a hundred milliseconds between commands', async () => {
    plug(RRH, new EmulatedRrhPad(field))
    field.put(tagOf(1))
    field.put(tagOf(2, true))
    await clock.advance(6_000)
    expect(told('tag-on').map(({ tag }) => tag.uid)).toEqual([uidOf(1), uidOf(2)])
    expect(told('tag-on')[1]?.tag).toMatchObject({ afi: IN_STOCK, dsfid: 6, blockCount: 28 })
    expect(told('tag-on')[1]?.tag.memory).toEqual(tagOf(2).memory)
    station.take({ kind: 'secure', uid: uidOf(2), afi: ON_LOAN, isArmed: false })
    await clock.advance(3_000)
    expect(told('tag-secured')).toMatchObject([{ outcome: 'done', previousAfi: IN_STOCK }])
    expect(field.tag(uidOf(2))).toMatchObject({ afi: ON_LOAN, eas: false })
    const [before, after] = [tagOf(1).memory, memoryOf('04400599990009')]
    station.take({ kind: 'write', uid: uidOf(1), before, after, afi: null, dsfid: null })
    await clock.advance(20_000)
    expect(told('tag-written')).toMatchObject([{ outcome: 'done' }])
    expect(field.tag(uidOf(1))?.memory).toEqual(after)
  })
})

describe('a Chafon pad, which cannot tell tags apart', () => {
  const before = new Uint8Array(112)
  const after = memoryOf('04400512340009')
  const job = { kind: 'write', uid: uidOf(1), before, after, afi: null, dsfid: null } as const

  beforeEach(async () => {
    plug(CHAFON, new EmulatedChafonPad(field))
    field.put(emulatedTag(uidOf(1), before))
    await clock.advance(600)
  })

  it('writes to the only tag', async () => {
    expect(told('tag-on').map(({ tag }) => tag.uid)).toEqual([uidOf(1)])
    station.take(job)
    await clock.advance(300)
    expect(told('tag-written')).toMatchObject([{ outcome: 'done' }])
    expect(field.tag(uidOf(1))?.memory).toEqual(after)
  })

  it('case 43: refuses where two lie on it, and neither is touched', async () => {
    field.put(emulatedTag(uidOf(2), before))
    station.take(job)
    await clock.advance(3_000)
    expect(told('tag-written')).toMatchObject([
      { outcome: 'failed', reason: '2 tags are on the pad' },
    ])
    for (const n of [1, 2]) expect(field.tag(uidOf(n))?.memory).toEqual(before)
  })

  test('it cannot secure, and says so by failing', async () => {
    station.take({ kind: 'secure', uid: uidOf(1), afi: ON_LOAN, isArmed: false })
    await clock.advance(2_000)
    expect(told('tag-secured')).toMatchObject([{ outcome: 'failed' }])
  })
})
