/**
 * Several desks, one server, one seed: random work, random offline stretches, lost replies, cut
 * pulls; then everything heals, and the invariants of design/sync.md must hold.
 */
import { keyOf } from '../../domain/change.ts'
import { put } from '../../domain/change.ts'
import type { LedgerException, Loan, RecordKind, Records } from '../../domain/records.ts'
import { BRANCH, NOW, OTHER_BRANCH, aReader, anItem, theCity } from '../builders/city.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'
import { openSimDesk } from './sim-desk.ts'
import type { SimDesk } from './sim-desk.ts'
import { openSimServer } from './sim-server.ts'
import type { SimServer } from './sim-server.ts'

export interface SimulationResult {
  readonly seed: number
  readonly operations: number
  readonly exceptions: number
  readonly refused: number
  /** Empty where every invariant held. */
  readonly broken: readonly string[]
}

const DESKS = 3
const STEPS = 80
const items = [1, 2, 3, 4, 5].map((n) => ({ id: `item-${n}`, barcode: `0440051000000${n}` }))
const readers = [1, 2, 3].map((n) => ({ id: `reader-${n}`, cardNumber: `044005000010${n}` }))
const branches = [BRANCH, OTHER_BRANCH]

export async function simulate(seed: number): Promise<SimulationResult> {
  const random = seeded(seed)
  const time = { now: NOW }
  const now = (): number => time.now
  const server = await openSimServer(
    [
      ...theCity(),
      ...items.map((item) => put('item', anItem(item))),
      ...readers.map((reader) => put('reader', aReader(reader))),
    ],
    now,
  )
  let requests = 0
  const desks: SimDesk[] = []
  for (let index = 0; index < DESKS; index += 1) {
    const id = `desk-${index}`
    const branchId = branches[index % branches.length] ?? BRANCH
    await server.addDevice(id, branchId)
    desks.push(
      openSimDesk({
        id,
        branchId,
        server,
        skewMs: Math.floor((random.next() - 0.5) * 7_200_000),
        now,
        nextRequestId: () => `request-${(requests += 1)}`,
      }),
    )
  }
  for (const desk of desks) await desk.pull(500, 50)
  for (let step = 0; step < STEPS; step += 1) {
    time.now += Math.floor(random.next() * 3_600_000)
    await takeStep(random, random.pick(desks))
  }
  // Healing: two rounds, because the last desk's push is news to the first.
  for (let round = 0; round < 2; round += 1) {
    for (const desk of desks) {
      await desk.push(false)
      await desk.pull(500, 100)
    }
  }
  const broken = [...(await serverBroken(server)), ...(await desksBroken(server, desks))]
  const sent = desks.reduce((sum, desk) => sum + desk.stores.outbox.lastSeq(), 0)
  const result = { seed, operations: sent, ...(await tally(server, desks)), broken }
  for (const desk of desks) desk.close()
  await server.storage.close()
  return result
}

async function takeStep(random: Random, desk: SimDesk): Promise<void> {
  const dice = random.next()
  if (dice < 0.15) return desk.push(random.chance(0.3))
  if (dice < 0.3) return desk.pull(random.pick([1, 3, 500]), random.pick([1, 2, 50]))
  act(random, desk)
}

const reason = { reason: '模拟', approvedBy: null }

function act(random: Random, desk: SimDesk): void {
  const item = random.pick(items)
  const reader = random.pick(readers)
  const dice = random.next()
  if (dice < 0.45) {
    const overrides = random.chance(0.5)
      ? [
          { code: 'item-on-loan', ...reason },
          { code: 'already-on-loan-to-reader', ...reason },
        ]
      : []
    const barcode = random.chance(0.05) ? `0440059999999${random.pick([1, 2])}` : item.barcode
    const unknown = [{ code: 'unknown-item', ...reason }]
    const payload = { barcode, card: reader.cardNumber, dueOn: null }
    desk.act('loan.check-out', payload, [...overrides, ...unknown])
  } else if (dice < 0.75) {
    desk.act('loan.check-in', { barcode: item.barcode, returnedOn: null })
  } else if (dice < 0.85) {
    const loan = desk.stores.replica.row('item', item.id)?.openLoanId ?? null
    if (loan !== null) desk.act('loan.renew', { loan })
  } else if (dice < 0.9) {
    desk.act('item.mark-damaged', { item: item.id, note: '封面破损' })
  } else if (dice < 0.95) {
    const last = desk.stores.outbox.bySeq(desk.stores.outbox.lastSeq())
    if (last !== null) desk.act('operation.undo', { operation: last.id, reason: null })
  } else {
    const [exception] = desk.stores.replica.find('openExceptionsOfItem', [item.id, null])
    if (exception === undefined) return
    const settlement =
      exception.kind === 'open-loan-other'
        ? random.pick(['first-returned', 'first-has-it'])
        : 'accepted'
    desk.act('exception.settle', { exception: exception.id, settlement, comment: null })
  }
}

const kinds: readonly RecordKind[] = [
  'library',
  'branch',
  'calendar',
  'policy',
  'staff',
  'item',
  'reader',
  'loan',
  'fee',
  'exception',
]

/** The server's rows by key, folded from its feed: what a desk that reads everything must hold. */
async function serverRows(server: SimServer): Promise<Map<string, Records[RecordKind]>> {
  const ids = new Map<string, { kind: RecordKind; id: string }>()
  const { entries } = await server.storage.readFeed(
    { city: 0, catalogue: 0, circulation: 0 },
    100_000,
    1e9,
  )
  for (const { changes } of entries) {
    for (const change of changes) {
      const kind = 'put' in change ? change.put : 'patch' in change ? change.patch : change.remove
      const id = 'put' in change ? change.row.id : change.id
      ids.set(keyOf(kind, id), { kind, id })
    }
  }
  const rows = new Map<string, Records[RecordKind]>()
  for (const [key, { kind, id }] of ids) {
    const row = await server.storage.get(kind, id)
    if (row !== null) rows.set(key, row)
  }
  return rows
}

async function serverBroken(server: SimServer): Promise<string[]> {
  const rows = await serverRows(server)
  const broken: string[] = []
  const of = <K extends RecordKind>(kind: K): Records[K][] =>
    [...rows].filter(([key]) => key.startsWith(`${kind}:`)).map(([, row]) => row as Records[K])
  const open = of('loan').filter((loan) => loan.returnedAt === null)
  for (const item of of('item')) {
    const undisputed = open.filter((loan) => loan.itemId === item.id && !loan.isDisputed)
    if (undisputed.length > 1)
      broken.push(`I20 ${item.id} has ${undisputed.length} undisputed open loans`)
    const isOut = item.openLoanId !== null
    if (isOut !== (undisputed.length === 1))
      broken.push(`I20 ${item.id} openLoanId does not match its loans`)
  }
  for (const reader of of('reader')) {
    const count = open.filter((loan) => loan.readerId === reader.id).length
    if (count !== reader.openLoansCount) {
      broken.push(`aggregate ${reader.id} counts ${reader.openLoansCount}, has ${count}`)
    }
  }
  broken.push(...disputesBroken(open, of('exception')))
  return broken
}

function disputesBroken(open: readonly Loan[], exceptions: readonly LedgerException[]): string[] {
  const waiting = exceptions.filter(
    ({ kind, settledAt }) => kind === 'open-loan-other' && settledAt === null,
  )
  // A lending that arrives late is the disputed one itself; else it disputes the one before it.
  const named = new Set(waiting.flatMap(({ loanId, otherLoanId }) => [loanId, otherLoanId]))
  return open
    .filter((loan) => loan.isDisputed && !named.has(loan.id))
    .map((loan) => `I21 ${loan.id} is disputed and no open exception names it`)
}

async function desksBroken(server: SimServer, desks: readonly SimDesk[]): Promise<string[]> {
  const rows = await serverRows(server)
  const broken: string[] = []
  for (const { id, stores } of desks) {
    if (stores.outbox.pendingCount() > 0) broken.push(`I37 ${id} still has pending operations`)
    if (stores.outbox.unsettled().length > 0)
      broken.push(`I37 ${id} still has unsettled operations`)
    if (stores.replica.pendingSeqs().length > 0) broken.push(`I11 ${id} keeps pending rows`)
    for (const [key, row] of rows) {
      const [kind, ...rest] = key.split(':')
      if (!kinds.includes(kind as RecordKind)) continue
      const own = stores.replica.row(kind as RecordKind, rest.join(':'))
      if (JSON.stringify(sorted(own)) !== JSON.stringify(sorted(row))) {
        broken.push(`I10 ${id} ${key}: ${JSON.stringify(own)} is not ${JSON.stringify(row)}`)
      }
    }
    broken.push(...(await factsMissing(server, id, stores.outbox.lastSeq())))
  }
  return broken
}

/** I2, I3: every number of the desk has exactly one outcome on the server. */
async function factsMissing(server: SimServer, id: string, lastSeq: number): Promise<string[]> {
  const head = await server.storage.chainHead(id, 1)
  return head.lastSeq === lastSeq ? [] : [`I3 ${id} did ${lastSeq}, the server has ${head.lastSeq}`]
}

const sorted = (row: object | null): unknown =>
  row === null ? null : Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))

async function tally(server: SimServer, desks: readonly SimDesk[]) {
  const rows = await serverRows(server)
  const exceptions = [...rows.keys()].filter((key) => key.startsWith('exception:')).length
  const refused = desks.reduce(
    (sum, { stores }) =>
      sum + stores.outbox.since(0, 10_000).filter(({ outcome }) => outcome === 'refused').length,
    0,
  )
  return { exceptions, refused }
}
