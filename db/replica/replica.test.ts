import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { patch, put, remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { aSubject } from '../../domain/facts.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import {
  BRANCH,
  FEED,
  OTHER_BRANCH,
  aBib,
  aReader,
  aTitle,
  anItem,
  theCity,
} from '../../test/builders/city.ts'
import { openCatalogue } from '../catalogue/catalogue.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { openDatabase } from '../open.ts'
import { ReplicaGap } from './rebase.ts'
import { REPLICA_APPLICATION_ID, discardReplica, openReplica } from './replica.ts'
import type { Replica } from './replica.ts'

const key = randomBytes(32)
let folder = ''
let path = ''
let catalogue: Catalogue
let replica: Replica
const reopen = (): Replica => {
  replica?.close()
  replica = openReplica(path, key, { catalogue, logged: () => null, ownBranchId: () => BRANCH })
  return replica
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-replica-'))
  path = join(folder, 'replica.db')
  catalogue = openCatalogue(':memory:', null)
  replica = openReplica(path, key, { catalogue, logged: () => null, ownBranchId: () => BRANCH })
})
afterEach(() => {
  replica.close()
  catalogue.close()
  rmSync(folder, { recursive: true, force: true })
})

const page = (
  number: number,
  changes: readonly Change[],
  parts: { settled?: number[]; redecide?: (seq: number) => readonly Change[] } = {},
) =>
  replica.applyPage({
    entries: [{ scope: FEED, number, changes }],
    settled: parts.settled ?? [],
    redecide: parts.redecide ?? ((seq) => replica.pendingChanges(seq)?.changes ?? []),
  })
const local = (seq: number, ...changes: Change[]) => {
  replica.applyLocal({ seq, id: `desk-a.1.${seq}` }, changes)
}
const fill = () => page(1, [...theCity(), put('item', anItem()), put('reader', aReader())])
const shelf = () => replica.row('item', 'item-1')?.shelf

describe('local operations', () => {
  beforeEach(fill)

  test('show at once and are known by number, after a restart too', () => {
    local(1, patch('item', 'item-1', { shelf: 'mine' }))
    expect([shelf(), replica.localSeq()]).toEqual(['mine', 1])
    expect(replica.pendingChanges(1)).toEqual({
      changes: [patch('item', 'item-1', { shelf: 'mine' })],
      inverse: [patch('item', 'item-1', { shelf: 'A-01' })],
    })
    reopen()
    expect(replica.opened).toBe('as-it-was')
    expect([shelf(), replica.localSeq(), replica.pendingSeqs()]).toEqual(['mine', 1, [1]])
    expect(replica.cursors()).toEqual({ [FEED]: 1 })
  })

  test('the same number again is a defect', () => {
    local(1)
    expect(() => {
      local(1)
    }).toThrow('in the rows already')
  })

  test('one that cannot be applied leaves nothing', () => {
    const bad = { patch: 'item', id: 'item-1', set: { nothing: 1 }, add: {} } as unknown as Change
    expect(() => {
      local(1, patch('item', 'item-1', { shelf: 'mine' }), bad)
    }).toThrow('no field')
    expect([shelf(), replica.localSeq(), replica.pendingSeqs()]).toEqual(['A-01', 0, []])
    local(1, patch('item', 'item-1', { shelf: 'again' }))
    expect(shelf()).toBe('again')
  })

  test('inverses see the changes before them', () => {
    const changes = [
      put('item', anItem({ id: 'new' })),
      patch('item', 'new', { shelf: 'B' }),
      patch('reader', 'reader-1', {}, { openLoansCount: 1 }),
      remove('item', 'item-1'),
    ]
    expect(replica.inverseOf(changes)).toEqual([
      remove('item', 'new'),
      patch('item', 'new', { shelf: 'A-01' }),
      patch('reader', 'reader-1', {}, { openLoansCount: -1 }),
      put('item', anItem()),
    ])
  })
})

describe('pages', () => {
  beforeEach(fill)

  test('a foreign change moves the row under a pending one, which is decided again', () => {
    local(1, patch('item', 'item-1', { shelf: 'mine' }))
    const changed = page(2, [patch('item', 'item-1', { shelf: 'theirs', callNumber: 'X' })], {
      redecide: () => [patch('item', 'item-1', { shelf: `mine after ${shelf()}` })],
    })
    expect(shelf()).toBe('mine after theirs')
    expect(replica.pendingChanges(1)?.inverse).toEqual([
      patch('item', 'item-1', { shelf: 'theirs' }),
    ])
    expect(changed).toEqual({ kinds: ['item'], ids: ['item-1'] })
  })

  test('operations that share no key with the page are left alone', () => {
    local(1, patch('reader', 'reader-1', { note: 'mine' }))
    const redecided: number[] = []
    page(2, [patch('item', 'item-1', { shelf: 'theirs' })], {
      redecide: (seq) => {
        redecided.push(seq)
        return []
      },
    })
    expect(redecided).toEqual([])
    expect(replica.row('reader', 'reader-1')?.note).toBe('mine')
  })

  test('a refused operation is taken back, and what was built on it is decided again', () => {
    local(1, patch('item', 'item-1', { shelf: 'mine' }))
    local(2, patch('item', 'item-1', { callNumber: 'Y' }))
    replica.applyPage({
      entries: [],
      settled: [1],
      redecide: (seq) => replica.pendingChanges(seq)?.changes ?? [],
    })
    expect(replica.row('item', 'item-1')).toEqual(anItem({ callNumber: 'Y' }))
    expect(replica.pendingSeqs()).toEqual([2])
  })

  test('I14 known entries are passed over, a missing one is asked for', () => {
    page(1, [patch('item', 'item-1', { shelf: 'again' })])
    expect(shelf()).toBe('A-01')
    expect(() => page(3, [patch('item', 'item-1', { shelf: 'later' })])).toThrow(ReplicaGap)
    expect([shelf(), replica.cursors()[FEED]]).toEqual(['A-01', 1])
  })

  test('one that throws half way leaves nothing', () => {
    local(1, patch('item', 'item-1', { shelf: 'mine' }))
    expect(() =>
      page(2, [patch('item', 'item-1', { shelf: 'theirs' })], {
        redecide: () => {
          throw new Error('a defect in a rule')
        },
      }),
    ).toThrow('a defect in a rule')
    expect([shelf(), replica.cursors()[FEED], replica.pendingSeqs()]).toEqual(['mine', 1, [1]])
    page(2, [], { settled: [1] })
    expect(shelf()).toBe('A-01')
  })

  test('the way back for a title is what was known before its import', () => {
    const imported = [put('title', aTitle()), put('bib', aBib()), put('item', anItem({ id: 'i' }))]
    local(1, ...imported)
    catalogue.apply(imported, { cursor: null, localSeq: 1 })
    expect(replica.pendingChanges(1)?.changes).toEqual([put('item', anItem({ id: 'i' }))])
    const theirs = put('item', anItem({ id: 'i', shelf: 'theirs' }))
    page(2, [theirs], { redecide: () => imported })
    expect(replica.pendingChanges(1)?.inverse).toEqual([
      remove('title', 'title-1'),
      remove('bib', 'title-1'),
      put('item', anItem({ id: 'i', shelf: 'theirs' })),
    ])
  })
})

test('facts are gathered from the rows', () => {
  fill()
  const { barcode } = anItem()
  const { cardNumber } = aReader()
  const facts = replica.gather(aSubject({ barcode, card: cardNumber }), BRANCH)
  expect(facts.item).toEqual(anItem())
  expect(facts.reader).toEqual(aReader())
  expect(facts.library.id).toBe('044005')
})

test('a desk without policy cannot decide', () => {
  expect(() => replica.gather(aSubject({}), BRANCH)).toThrow('policy')
})

describe('the file is disposable', () => {
  beforeEach(() => {
    fill()
    replica.close()
  })

  test('another schema is replaced by an empty replica', () => {
    const db = openDatabase({
      path,
      key,
      applicationId: REPLICA_APPLICATION_ID,
      access: 'exclusive',
    })
    db.exec(`UPDATE progress SET fingerprint = 'of an older program'`)
    db.close()
    reopen()
    expect(replica.opened).toBe('schema-changed')
    expect([replica.row('item', 'item-1'), replica.cursors()]).toEqual([null, {}])
  })

  test('it may be thrown away', () => {
    discardReplica(path)
    reopen()
    expect(replica.opened).toBe('new')
    expect(replica.row('item', 'item-1')).toBeNull()
  })

  test('a damaged one is set aside', () => {
    const bytes = readFileSync(path)
    bytes.fill(7, 8192, 20_000)
    writeFileSync(path, bytes)
    // What a crash leaves: without it nobody looks.
    writeFileSync(`${path}-wal`, '')
    reopen()
    expect(replica.opened).toBe('was-damaged')
    expect(replica.row('item', 'item-1')).toBeNull()
    expect(existsSync(`${path}.damaged`)).toBe(true)
  })

  test('another key does not throw it away', () => {
    const wrong = () =>
      openReplica(path, randomBytes(32), {
        catalogue,
        logged: () => null,
        ownBranchId: () => BRANCH,
      })
    expect(wrong).toThrow('wrong-key')
    reopen()
    expect([replica.opened, shelf()]).toEqual(['as-it-was', 'A-01'])
  })
})

describe('what the city tells of everybody', () => {
  beforeEach(fill)

  const brief = (number: number, changes: readonly Change[]) => ({
    scope: 'brief' as const,
    number,
    changes,
  })
  const elsewhere = anItem({
    id: 'item-9',
    homeBranchId: OTHER_BRANCH,
    atBranchId: OTHER_BRANCH,
    shelf: null,
  })
  const told = (entries: Parameters<Replica['applyPage']>[0]['entries']): void => {
    replica.applyPage({ entries, settled: [], redecide: () => [] })
  }

  test('an item elsewhere is known; the own one is left as the own branch tells it', () => {
    told([brief(1, [put('item', elsewhere), put('item', anItem({ shelf: 'late' }))])])
    expect(replica.row('item', 'item-9')).toEqual(elsewhere)
    expect(shelf()).toBe('A-01')
    expect(replica.cursors()).toEqual({ [FEED]: 1, brief: 1 })
  })

  test('an own item that moved away is told by the brief facts from then on', () => {
    const away = anItem({ homeBranchId: OTHER_BRANCH, atBranchId: OTHER_BRANCH, shelf: null })
    told([{ scope: FEED, number: 2, changes: [put('item', away)] }])
    told([brief(1, [put('item', { ...away, state: 'lost' })])])
    expect(replica.row('item', 'item-1')?.state).toBe('lost')
  })

  test('beneath an own operation that waits, the brief row is the base', () => {
    told([brief(1, [put('item', elsewhere)])])
    const mine = [patch('item', 'item-9', { shelf: 'mine' })]
    replica.applyLocal({ seq: 1, id: 'desk-a.1.1' }, mine)
    replica.applyPage({
      entries: [brief(2, [put('item', { ...elsewhere, state: 'lost' })])],
      settled: [],
      redecide: () => mine,
    })
    expect(replica.row('item', 'item-9')).toMatchObject({ state: 'lost', shelf: 'mine' })
    replica.applyPage({ entries: [], settled: [1], redecide: () => [] })
    expect(replica.row('item', 'item-9')).toMatchObject({ state: 'lost', shelf: null })
  })

  test('a blocked card is found by its hash', () => {
    const card = '0440050000099'
    const key = Buffer.from(replica.row('policy', 'city')?.cardHashKey ?? '', 'hex')
    const id = createHmac('sha256', key).update(card).digest('hex').slice(0, 32)
    const untilOn = CalendarDate.parse('2026-12-31')
    told([brief(1, [put('blocked-card', { id, untilOn })])])
    const facts = replica.gather(aSubject({ card }), BRANCH)
    expect([facts.reader, facts.unknownCardBlockedUntilOn]).toEqual([null, untilOn])
  })
})
