/** Encoding by scanning: a real outbox, our driver, and a pad at byte level that is cut off anywhere. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { hexToBytes } from '../../devices/capture.ts'
import { ManualClock } from '../../devices/clock.ts'
import { ReplayPort } from '../../devices/replay-port.ts'
import {
  EmulatedFeigPad,
  PAD_DESCRIPTOR_HEX,
  VIRTUAL_PAD,
} from '../../devices/rfid/emulated-feig-pad.ts'
import { EmulatedField, emulatedTag } from '../../devices/rfid/emulated-field.ts'
import { planWrite } from '../../devices/rfid/write-plan.ts'
import { PadStation } from '../../devices/rfid/pad-station.ts'
import { decodeTag } from '../../domain/rfid/decode-tag.ts'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
import { noElements } from '../../domain/rfid/tag-elements.ts'
import { tagOfItem } from '../../domain/rfid/tag-of-item.ts'
import { AFI_IN_STOCK, AFI_ON_LOAN } from '../../domain/rfid/tag-security.ts'
import { NOW, aReader } from '../../test/builders/city.ts'
import { localCity } from '../../test/builders/desk.ts'
import { createAnnouncer } from './announce.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { PadDesk } from './pad-desk.ts'
import { createScanDesk } from './scan-desk.ts'

const barcode = (n: number): string => `0440051000000${n}`
const uid = 'e004015012345678'
const twin = 'e004015012345679'

let home: string
let city: Headless
let clock: ManualClock
let field: EmulatedField
let station: PadStation | null
let padDesk: PadDesk
let scans: string[]

/** The desk and its pads, as after a start; what is in the outbox and on the tags is what was left. */
const open = async (): Promise<void> => {
  const announcer = createAnnouncer()
  announcer.listen((topic, news) => {
    if (topic === 'scan') scans.push(JSON.stringify(news))
  })
  const deskClock = { now: () => clock.now(), monotonic: () => clock.now() }
  const scanDesk = createScanDesk(announcer, deskClock, city.stores)
  const desk = new PadDesk({
    announcer,
    scanDesk,
    clock: deskClock,
    stores: city.stores,
    isOnline: () => true,
  })
  const port = new ReplayPort({ clock, captures: [], plugged: 'virtual-only' })
  port.plug(VIRTUAL_PAD, hexToBytes(PAD_DESCRIPTOR_HEX), new EmulatedFeigPad(field))
  const pads = new PadStation({ port, clock, announce: (event) => desk.hear(event) })
  desk.useHost((job) => {
    pads.take(job)
  })
  await pads.start()
  station = pads
  padDesk = desk
  await clock.advance(1_000)
}

/** Power cut: nobody is told anything, and only the outbox and the tags remain. */
const cutAndReopen = async (): Promise<void> => {
  const gone = station
  station = null
  await gone?.stop()
  await city.close()
  city = openHeadless(home, null, { now: () => clock.now(), monotonic: () => clock.now() })
  field.written = () => undefined
  field.isWritable = () => true
  await open()
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-tags-'))
  clock = new ManualClock(NOW)
  city = openHeadless(home, null, { now: () => clock.now(), monotonic: () => clock.now() })
  city.stores.replica.applyPage({
    entries: [{ scope: 'branch:local', number: 1, changes: await localCity() }],
    settled: [],
    redecide: () => [],
  })
  field = new EmulatedField()
  scans = []
  await open()
})
afterEach(async () => {
  await station?.stop()
  await city.close()
  rmSync(home, { recursive: true, force: true })
})

const blank = (of = uid) => emulatedTag(of, new Uint8Array(), { afi: 0, dsfid: 0 })
const memoryOf = (n: number): Uint8Array => {
  const item = { barcode: barcode(n), itemType: 'book', isForLoan: true } as const
  const encoded = tagOfItem(item, { memoryBytes: 112, blockBytes: 4 })
  if (!encoded.ok) throw new Error(encoded.reason)
  return encoded.bytes
}
const layDown = async (...tags: ReturnType<typeof emulatedTag>[]): Promise<void> => {
  for (const tag of tags) field.put(tag)
  await clock.advance(1_500)
}
const write = (n: number, overwriteUid: string | null = null) =>
  padDesk.write({ barcode: barcode(n), overwriteUid }).outcome
const readOf = (of = uid) => {
  const tag = field.tag(of) ?? field.lifted(of)
  if (tag === null) throw new Error('no such tag')
  return { ...decodeTag(tag), afi: tag.afi, dsfid: tag.dsfid }
}
const states = (): string[] => padDesk.status().writes.map(({ state }) => state)

describe('encoding by scanning', () => {
  it('writes the one blank tag, its format and its security last, and reads it back', async () => {
    await layDown(blank())
    expect(write(1)).toBe('writing')
    expect(states()).toEqual(['writing'])
    await clock.advance(2_000)
    expect(states()).toEqual(['done'])
    expect(readOf()).toMatchObject({
      model: 'iso-28560-2',
      elements: { primaryItemId: barcode(1), ownerIsil: 'CN-440300', typeOfUsage: '10' },
      problems: [],
      afi: AFI_IN_STOCK,
      dsfid: 6,
    })
    expect(padDesk.status().tags).toMatchObject([{ barcode: barcode(1), security: 'in-stock' }])
    // Nobody brought it to be lent.
    expect(scans).toEqual([])
  })

  it('leaves the gate open for an item that is on loan', async () => {
    const payload = { barcode: barcode(1), card: aReader().cardNumber, dueOn: null }
    city.perform({ kind: 'loan.check-out', payload, overrides: [], isDryRun: false })
    await layDown(blank())
    write(1)
    await clock.advance(2_000)
    expect(readOf().afi).toBe(AFI_ON_LOAN)
  })

  test.each([
    ['no tag', [], 'no-tag'],
    ['two tags', [blank(), blank(twin)], 'several-tags'],
    ['a tag that says so already', [emulatedTag(uid, memoryOf(1))], 'same'],
    ['the tag of another item', [emulatedTag(uid, memoryOf(2))], 'other-item'],
    ['another system’s tag', [emulatedTag(uid, hexToBytes('e15663223e6c39411062767a'))], 'foreign'],
    ['a tag too small for it', [{ ...blank(), memory: new Uint8Array(16) }], 'does-not-fit'],
  ] as const)('writes nothing with %s', async (_, tags, outcome) => {
    const before = tags.map(({ memory }) => Buffer.from(memory).toString('hex'))
    await layDown(...tags)
    expect(write(1)).toBe(outcome)
    await clock.advance(2_000)
    expect(tags.map(({ memory }) => Buffer.from(memory).toString('hex'))).toEqual(before)
  })

  it('writes nothing for a label that nobody knows', async () => {
    await layDown(blank())
    expect(padDesk.write({ barcode: '0440059999999', overwriteUid: uid })).toMatchObject({
      outcome: 'unknown-item',
    })
  })

  it('overwrites another item’s tag when it was asked', async () => {
    await layDown(emulatedTag(uid, memoryOf(2)))
    expect(write(1, uid)).toBe('writing')
    await clock.advance(2_000)
    expect(readOf().elements.primaryItemId).toBe(barcode(1))
  })

  it('G4 overwrites no other tag than the one it was asked about', async () => {
    await layDown(emulatedTag(twin, memoryOf(2)))
    expect(write(1, uid)).toBe('other-item')
  })

  it('G4 asks before one item gets a second tag in a tray', async () => {
    await layDown(blank())
    write(1)
    await clock.advance(2_000)
    field.lift(uid)
    await clock.advance(1_500)
    await layDown(blank(twin))
    expect(write(1)).toBe('item-has-tag')
    expect(write(2)).toBe('writing')
  })

  it('says that a tag does not take it, and writes it when it is laid down again', async () => {
    await layDown(blank())
    field.isWritable = (_, block) => block !== 2
    write(1)
    await clock.advance(5_000)
    expect(states()).toEqual(['failed'])
    expect(readOf().elements.primaryItemId).toBe(null)
    expect(write(2)).toBe('being-written')
    field.isWritable = () => true
    expect(write(1)).toBe('writing')
    await clock.advance(2_000)
    expect(states()).toEqual(['done'])
  })

  it('an AFI that reads back otherwise is no tag that was written', async () => {
    await layDown(blank())
    field.deafToAfi.add(uid)
    write(1)
    await clock.advance(5_000)
    expect(states()).toEqual(['failed'])
  })

  it('does not wait for a tag that another took the place of', async () => {
    await layDown(blank())
    field.isWritable = () => false
    write(1)
    await clock.advance(5_000)
    expect(padDesk.giveUpTag(uid)).toBe(true)
    expect(padDesk.giveUpTag(uid)).toBe(false)
    field.lift(uid)
    field.isWritable = () => true
    await clock.advance(1_500)
    await layDown(blank(twin))
    expect(write(1)).toBe('writing')
  })
})

/** Another item's tag, with all that an earlier system wrote behind the identifier. */
const fullTag = () => {
  const elements = {
    ...noElements,
    primaryItemId: '0440069999999',
    ownerIsil: 'CN-440300',
    title: 'A title of another library',
    shelfLocation: 'QA268.L55',
  }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: 112 })
  if (!encoded.ok) throw new Error(encoded.reason)
  return emulatedTag(uid, encoded.bytes)
}
/** Its blocks that differ, the first of them twice; then the AFI. */
const WRITES = planWrite(fullTag().memory, memoryOf(1), 4).length + 1

describe('case 42, 47: a tag that is left half written', () => {
  test.each(Array.from({ length: WRITES }, (_, n) => n))(
    'the power goes before write %i: nothing is believed of it, and it is finished later',
    async (n) => {
      await layDown(fullTag())
      let left = n
      field.isWritable = () => (left -= 1) >= 0
      write(1, uid)
      await clock.advance(400)
      const torn = readOf()
      expect([null, '0440069999999', barcode(1)]).toContain(torn.elements.primaryItemId)
      await cutAndReopen()
      // It lay there all the time: it is finished by itself, and the screen says so.
      await clock.advance(3_000)
      expect(states()).toEqual(['done'])
      expect(readOf()).toMatchObject({
        elements: { primaryItemId: barcode(1) },
        problems: [],
        afi: AFI_IN_STOCK,
      })
      expect(scans.filter((scan) => scan.includes(barcode(1)))).toEqual([])
    },
  )

  it('lifted in the middle it stays in sight, over a restart, and is finished when it comes back', async () => {
    await layDown(fullTag())
    field.written = (_, block) => {
      if (block === 3) field.lift(uid)
    }
    write(1, uid)
    await clock.advance(3_000)
    expect(states()).toEqual(['interrupted'])
    expect(readOf().elements.primaryItemId).toBe(null)
    await cutAndReopen()
    expect(padDesk.status().writes).toMatchObject([{ barcode: barcode(1), state: 'interrupted' }])
    const tag = field.lifted(uid)
    if (tag === null) throw new Error('no tag')
    await layDown(tag)
    await clock.advance(2_000)
    expect(states()).toEqual(['done'])
    expect(readOf().elements.primaryItemId).toBe(barcode(1))
  })

  it('is left alone when somebody else wrote it meanwhile', async () => {
    await layDown(blank())
    field.isWritable = (_, block) => block !== 1
    write(1)
    await clock.advance(5_000)
    field.lift(uid)
    await clock.advance(1_500)
    field.isWritable = () => true
    await layDown(emulatedTag(uid, memoryOf(3)))
    expect(states()).toEqual(['overtaken'])
    expect(readOf().elements.primaryItemId).toBe(barcode(3))
  })
})
