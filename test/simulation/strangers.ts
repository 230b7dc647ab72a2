/** Who else sends to the city: a program of another age, and someone who means harm. */
import { PROTOCOL_PUSH_MIN, PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import type { PushedOperation } from '../../contract/sync-protocol.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import type { DeskLog } from '../builders/desk-log.ts'
import type { Run } from './run.ts'
import { sealOf } from './signed-text.ts'
import type { MessageName, Reply } from './signed-text.ts'
import type { SimDesk } from './sim-desk.ts'

async function ask(
  run: Run,
  message: MessageName,
  device: string,
  request: object,
  secret = `secret of ${device}`,
): Promise<Reply | null> {
  const text = JSON.stringify(request)
  const nonce = `stranger-${run.random.int(0, 1e9)}`
  const plain = { message, device, text, at: run.timeline.now(), nonce }
  return await run.server.receive(0, { ...plain, seal: sealOf(secret, plain) })
}

const push = (
  run: Run,
  device: string,
  protocol: number,
  operations: readonly PushedOperation[],
  secret?: string,
): Promise<Reply | null> => ask(run, 'push', device, { protocol, operations }, secret)

/** I32: an honest key, and a feed that is not its own. */
async function pullOfOthers(run: Run, device: string): Promise<void> {
  const own = run.server.branchOf(device)
  const other = run.city.branchIds.find((id) => id !== own) ?? ''
  const cursors = { [`branch:${other}`]: 0, 'device:desk-0': 0 }
  const reply = await ask(run, 'pull', device, { protocol: PROTOCOL_VERSION, cursors, limit: 500 })
  if (reply?.status === 200) run.broken([`I32 ${device} was told of ${other}`])
}

/** I34: what an old program did is taken, the kinds that nobody knows are kept. */
export async function pushFromOldDesk(run: Run, log: DeskLog): Promise<void> {
  const { random, city, server } = run
  const device = `old-desk-${random.int(0, 1e6)}`
  await server.addDevice(device, random.pick(city.branchIds))
  const at = { device, wallMs: run.timeline.now() }
  const { barcode } = random.pick(city.items)
  const { card } = random.pick(city.readers)
  const operations = [
    log.next('loan.check-out', { barcode, card, dueOn: null }, at),
    log.raw({ ...at, kind: 'loan.teleport', payload: { barcode } }),
    log.next('loan.check-in', { barcode, returnedOn: null }, at),
  ]
  const reply = await push(run, device, PROTOCOL_PUSH_MIN, operations)
  if (reply === null || reply.status === 503) return
  const { outcomes = [] } = JSON.parse(reply.text) as { outcomes?: { outcome: string }[] }
  const said = outcomes.map(({ outcome }) => outcome)
  if (said[1] !== 'quarantined' || said.length !== 3 || said.includes('refused')) {
    run.broken([`I34 an old desk pushed three and heard ${reply.status} ${said.join(' ')}`])
  }
}

/** What is not what was hashed is kept for a person, and has no effect. */
async function pushTampered(run: Run): Promise<void> {
  const { random, city, server } = run
  const device = `tampered-${random.int(0, 1e6)}`
  await server.addDevice(device, random.pick(city.branchIds))
  const { barcode } = random.pick(city.items)
  const honest = openDeskLog(device).next('loan.check-in', { barcode, returnedOn: null })
  const altered = { body: { ...honest.body, wallMs: run.timeline.now() }, hash: honest.hash }
  await push(run, device, PROTOCOL_VERSION, [altered])
  // Of another history: the right number after the wrong operation.
  const other = openDeskLog(device)
  const payload = { barcode, returnedOn: null }
  const later = { wallMs: run.timeline.now() + 1 }
  const stray = [1, 2].map(() => other.next('loan.check-in', payload, later))
  await push(run, device, PROTOCOL_VERSION, stray.slice(1))
  await pullOfOthers(run, device)
  await pushGreedy(run)
}

const LEASE_MS = 7 * 86_400_000

/** I25: a program that asks nobody spends one lease twice, and another after its end. */
async function pushGreedy(run: Run): Promise<void> {
  const { random, city, server, timeline } = run
  const device = `greedy-${random.int(0, 1e6)}`
  await server.addDevice(device, random.pick(city.branchIds))
  const log = openDeskLog(device)
  const { id: reader, card } = random.pick(city.readers)
  const at = { wallMs: timeline.now() }
  const earned = { card, earning: 'activity', amount: 50, note: null }
  const spent = (lease: string) => ({
    reader,
    reward: 'bookmark',
    amount: 20,
    from: [{ lease: `${device}.1.${lease}.r1`, amount: 20 }],
    note: null,
  })
  await push(run, device, PROTOCOL_VERSION, [
    log.next('points.earn', earned, at),
    log.next('lease.request', { kind: 'points', reader, amount: 20 } as never, at),
    log.next('points.redeem', spent('2'), at),
    log.next('points.redeem', spent('2'), at),
    log.next('lease.request', { kind: 'points', reader, amount: 20 } as never, at),
    log.next('points.redeem', spent('5'), { wallMs: timeline.now() + LEASE_MS + 1_000 }),
  ])
}

/** Someone holds a desk's place on the wire and not its key, or its key and not its history. */
export async function pushAltered(run: Run, desk: SimDesk): Promise<void> {
  await pushTampered(run)
  const { outbox } = desk.stores ?? {}
  const last = outbox?.bySeq(outbox.lastSeq()) ?? null
  if (last === null) return
  const device = desk.plan.identity.deviceId
  const before = run.server.model.operations.get(last.id)
  const body = { ...(last.body as PushedOperation['body']), wallMs: 1 }
  const altered = { body, hash: last.hash }
  const unsigned = await push(run, device, PROTOCOL_VERSION, [altered], 'a guess')
  if (unsigned !== null && unsigned.status !== 401) {
    run.broken([`I31 a push under a wrong signature was answered ${unsigned.status}`])
  }
  // Below the end of the chain: the desk's own next number must not be taken from it.
  if (before === undefined) return
  await push(run, device, PROTOCOL_VERSION, [{ body, hash: `${last.hash.slice(1)}0` }])
  const after = run.server.model.operations.get(last.id)
  if (after?.hash !== before.hash) run.broken([`I4 ${last.id} was replaced by an altered one`])
}
