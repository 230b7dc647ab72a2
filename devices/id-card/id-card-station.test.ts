/** Identity card readers at byte level: our driver against conversations and an emulated module. */
import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { hexToBytes } from '../capture.ts'
import { ManualClock } from '../clock.ts'
import { ReplayPort, type DeviceEnds } from '../replay-port.ts'
import { PAD_DESCRIPTOR_HEX } from '../rfid/emulated-feig-pad.ts'
import type { IdCard } from './card-text.ts'
import { EmulatedSamReader, VIRTUAL_ID_CARD_READER } from './emulated-sam-reader.ts'
import type { IdCardEvent } from './id-card-events.ts'
import { sightIdCardReaders } from './id-card-models.ts'
import { IdCardStation } from './id-card-station.ts'

const somebody: IdCard = {
  kind: 'resident',
  number: '11010519491231002X',
  name: '范例',
  bornOn: CalendarDate.parse('1949-12-31'),
}

let clock: ManualClock
let port: ReplayPort
let station: IdCardStation
let events: IdCardEvent[]

const told = <K extends IdCardEvent['kind']>(kind: K): Extract<IdCardEvent, { kind: K }>[] =>
  events.filter((event): event is Extract<IdCardEvent, { kind: K }> => event.kind === kind)
const states = (): string[] => told('id-card-status').map(({ status }) => status.state)
const plug = (ends: DeviceEnds): void =>
  port.plug(VIRTUAL_ID_CARD_READER, hexToBytes(PAD_DESCRIPTOR_HEX), ends)

beforeEach(async () => {
  clock = new ManualClock(1_000_000)
  port = new ReplayPort({ clock, captures: [], plugged: 'virtual-only' })
  events = []
  station = new IdCardStation({
    port,
    clock,
    platform: 'linux',
    announce: (event) => events.push(event),
  })
  await station.start()
})

interface Conversation {
  readonly card: IdCard | null
  readonly turns: readonly { readonly asked: string; readonly answered: readonly string[] }[]
}

const folder = new URL('conversations/', import.meta.url)
const conversations = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    return [file.slice(0, -'.json'.length), JSON.parse(text) as Conversation] as const
  })

/** Answers each question with what was answered to it then, in order; the last one for ever. */
const replayed = ({ turns }: Conversation): DeviceEnds => {
  const left = [...turns]
  let last: (typeof turns)[number] | null = null
  return {
    written: (bytes) => {
      const asked = Buffer.from(bytes.subarray(1)).toString('hex')
      const at = left.findIndex((turn) => asked.startsWith(turn.asked))
      const turn = at === -1 ? last : (left.splice(0, at + 1).at(-1) ?? null)
      if (turn === null || !asked.startsWith(turn.asked)) return []
      last = turn
      return turn.answered.map(hexToBytes)
    },
    featureWritten: () => undefined,
    featureAsked: () => new Uint8Array(),
  }
}

describe('conversations', () => {
  test.each(conversations)('%s', async (name, conversation) => {
    plug(replayed(conversation))
    await clock.advance(2_000)
    expect(states().includes('ready')).toBe(name !== 'no-licence')
    expect(told('id-card').map(({ card }) => card)).toEqual(
      conversation.card === null ? [] : [conversation.card],
    )
  })

  it('there are enough of them', () => {
    expect(conversations.length).toBeGreaterThanOrEqual(7)
  })
})

describe('a card reader', () => {
  let sam: EmulatedSamReader

  beforeEach(async () => {
    sam = new EmulatedSamReader()
    plug(sam)
    await clock.advance(10)
  })

  it('is found, opened, asked for its state, and ready', () => {
    expect(states()).toEqual(['found', 'opening', 'probing', 'ready'])
  })

  it('reads a card once for each time that it is laid down', async () => {
    sam.put(somebody)
    await clock.advance(5_000)
    expect(told('id-card')).toMatchObject([{ card: somebody }])
    sam.lift()
    await clock.advance(1_500)
    sam.put(somebody)
    await clock.advance(1_500)
    expect(told('id-card')).toHaveLength(2)
  })

  it('keeps nothing of the photo, and tells no more of a card than a registration asks', async () => {
    sam.put(somebody)
    await clock.advance(1_000)
    expect(Object.keys(told('id-card')[0]?.card ?? {}).toSorted()).toEqual([
      'bornOn',
      'kind',
      'name',
      'number',
    ])
    expect(JSON.stringify(events)).not.toContain('5a5a')
  })

  it('says that a card cannot be read, once, and reads it when it is laid down again', async () => {
    sam.isReadable = () => false
    sam.put(somebody)
    await clock.advance(5_000)
    expect(told('id-card-unreadable')).toHaveLength(1)
    sam.lift()
    await clock.advance(1_500)
    sam.isReadable = () => true
    sam.put(somebody)
    await clock.advance(1_500)
    expect(told('id-card-unreadable')).toHaveLength(1)
    expect(told('id-card')).toHaveLength(1)
  })

  it('says so when a card is taken away before it was read', async () => {
    let tries = 0
    sam.isReadable = () => {
      tries += 1
      sam.lift()
      return false
    }
    sam.put(somebody)
    await clock.advance(5_000)
    expect(tries).toBe(1)
    expect(told('id-card-unreadable')).toHaveLength(1)
  })

  it('is given up when it falls silent, and comes back', async () => {
    sam.isSilent = true
    await clock.advance(30_000)
    expect(states()).toContain('faulty')
    sam.isSilent = false
    await clock.advance(20_000)
    expect(states().at(-1)).toBe('ready')
  })

  it('is lost when it is unplugged in the middle, without a word of a card', async () => {
    sam.isReadable = () => {
      port.unplug(VIRTUAL_ID_CARD_READER.path)
      return true
    }
    sam.put(somebody)
    await clock.advance(5_000)
    expect(states().at(-1)).toBe('lost')
    expect(told('id-card')).toEqual([])
    await station.stop()
    expect(clock.pending).toBe(0)
  })
})

describe('which devices are card readers', () => {
  test.each([
    ['the module’s own numbers', {}, true],
    ['a maker’s name for it', { vendorId: 1, productId: 2, product: '居民身份证阅读机具' }, true],
    ['a keyboard that calls itself one', { usagePage: 1, usage: 6, product: 'ID Card' }, false],
    ['a maker’s number for it', { vendorId: 1, productId: 2, product: 'CVR-100UC' }, true],
    ['a reader of chips', { vendorId: 1, productId: 2, product: 'ID Card Reader' }, false],
    ['a pad', { vendorId: 0x0ab1, product: '身份证' }, false],
    ['another vendor device', { vendorId: 1, productId: 2, product: 'Foot pedal' }, false],
  ])('%s', (_, over, isReader) => {
    const info = { ...VIRTUAL_ID_CARD_READER, ...over }
    expect(sightIdCardReaders([info], new Map())).toHaveLength(isReader ? 1 : 0)
  })
})
