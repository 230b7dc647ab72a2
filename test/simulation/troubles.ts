/** What goes wrong, and when: each trouble of the seed a few times at moments of its own. */
import { patch } from '../../domain/change.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import { TODAY } from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import { NodeClock } from './node-clock.ts'
import type { Run } from './run.ts'
import { pushAltered, pushFromOldDesk } from './strangers.ts'
import type { SimDesk } from './sim-desk.ts'
import type { Trouble } from './swarm.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export function planTroubles(run: Run, spanMs: number): void {
  for (const [trouble, count] of run.swarm.troubles) {
    for (let time = 0; time < count; time += 1) {
      run.timeline.after(run.random.next() * spanMs, trouble, () => befall(trouble, run))
    }
  }
}

function befall(trouble: Trouble, run: Run): void {
  if (run.isHealed) return
  const { random, timeline } = run
  const desk = random.pick(run.desks)
  switch (trouble) {
    case 'offline':
    case 'one-way':
    case 'everyone-back':
      return offline(trouble, run, desk)
    case 'desk-killed':
      desk.arm(random.int(1, 40))
      // Where it does nothing for a while, it is killed doing nothing.
      timeline.after(random.int(1, 30) * MINUTE_MS, `${desk.plan.name} killed`, () => {
        if (run.isHealed) return
        desk.died()
        restart(run, desk)
      })
      return
    case 'server-killed':
      return killServer(run)
    case 'disk-full':
      desk.fillDisk(true)
      timeline.after(random.int(1, 120) * MINUTE_MS, 'room again', () => desk.fillDisk(false))
      return
    case 'replica-lost':
      desk.lose('replica.db')
      return restart(run, desk)
    case 'catalogue-lost':
      desk.lose('catalogue.db')
      return restart(run, desk)
    case 'outbox-lost':
      desk.lose('outbox.db')
      return restart(run, desk)
    case 'replica-flipped':
      desk.flipBit('replica.db')
      return restart(run, desk)
    case 'clock-jumps':
    case 'clock-steps-back':
      return moveClock(trouble, run, desk)
    case 'desk-cloned':
    case 'desk-rolled-back':
      return copied(trouble, run, desk)
    case 'server-restored':
      return restoreServer(run)
    case 'altered-operation':
      return void timeline.outside(() => pushAltered(run, desk).catch(run.unlessServer))
    case 'old-desk':
      return void timeline.outside(() =>
        pushFromOldDesk(run, openDeskLog('old-desk')).catch(run.unlessServer),
      )
    case 'poison': {
      const item = random.pick(run.city.items).id
      run.perform(desk, 'item.mark-damaged', { item, note: '毒' })
      return
    }
    case 'policy-changed':
    case 'reader-blocked':
      return void timeline.outside(() => decree(trouble, run).catch(run.unlessServer))
    case 'desk-revoked':
      return void timeline.outside(() => run.server.revoke(desk.plan.identity.deviceId))
    case 'same-scan':
      return sameScan(run)
    case 'store-busy':
      run.isStoreBusy = true
      timeline.after(random.int(1, 30) * MINUTE_MS, 'store free', () => {
        run.isStoreBusy = false
      })
  }
}

function restart(run: Run, desk: SimDesk, first: () => void = () => undefined): void {
  const again = run.random.chance(0.3) ? run.random.int(1, 30) : null
  run.timeline.after(run.random.int(1, 60) * MINUTE_MS, `${desk.plan.name} starts`, () => {
    desk.start(run.isHealed ? null : again)
    if (!desk.isUp) restart(run, desk)
    else if (!run.isHealed) first()
  })
}

/** Before it meets the city: a hold, and an item that is kept for it. Their log is told anew. */
function keepForOne(run: Run, desk: SimDesk): void {
  const [reader] = run.city.readers
  const [item] = run.city.items
  if (reader === undefined || item === undefined) return
  const pickupBranch = desk.plan.identity.branchId
  const hold = { title: 'title-1', item: null, card: reader.card, pickupBranch, neededByOn: null }
  const overrides = ['hold-limit-reached', 'title-on-loan-to-reader', 'reader-blocked'].map(
    (code) => ({ code, reason: '模拟', approvedBy: null }),
  )
  run.perform(desk, 'hold.place', hold, overrides)
  run.perform(desk, 'loan.check-in', { barcode: item.barcode, returnedOn: null })
}

function offline(how: 'offline' | 'one-way' | 'everyone-back', run: Run, desk: SimDesk): void {
  const { random, timeline } = run
  const desks = how === 'everyone-back' ? run.desks : [desk]
  const isDeafOnly = how === 'one-way'
  const isHeard = isDeafOnly && random.chance(0.5)
  for (const one of desks) {
    if (!isDeafOnly || !isHeard) one.line.isUp = false
    if (!isDeafOnly || isHeard) one.line.isDown = false
    // A half-open line says nothing for a while.
    if (random.chance(0.5)) one.endLine()
  }
  const longest = random.pick([
    10 * MINUTE_MS,
    2 * HOUR_MS,
    DAY_MS,
    (run.swarm.hours * HOUR_MS) / 3,
  ])
  timeline.after(random.next() * longest, 'line back', () => {
    for (const one of desks) {
      one.line.isUp = true
      one.line.isDown = true
      one.endLine()
    }
  })
}

function killServer(run: Run): void {
  const { random, timeline } = run
  if (random.chance(0.6)) {
    run.serverDies = random.pick(['before-commit', 'after-commit'])
    return
  }
  const node = random.int(0, 1)
  run.nodesDown.add(node)
  timeline.after(random.int(1, 60) * MINUTE_MS, 'node back', () => run.nodesDown.delete(node))
}

function moveClock(how: 'clock-jumps' | 'clock-steps-back', run: Run, desk: SimDesk): void {
  const { random, timeline } = run
  const { clock } = desk.plan
  if (how === 'clock-steps-back') {
    clock.skewMs -= random.int(1_000, 10 * MINUTE_MS)
    return
  }
  const before = clock.skewMs
  const by = random.pick([HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS, 1970])
  clock.skewMs = by === 1970 ? -timeline.now() : clock.skewMs + by
  timeline.after(random.int(10, 600) * MINUTE_MS, 'clock set right', () => {
    // Once all is well nothing befalls a clock between two polls.
    if (!run.isHealed) clock.skewMs = before
  })
}

function copied(how: 'desk-cloned' | 'desk-rolled-back', run: Run, desk: SimDesk): void {
  const { random, timeline, desks } = run
  if (!desk.isUp || desk.isDamaged) return
  const image = desk.image()
  // Two disks that part while both are online meet in their next numbers.
  const laterMs = random.chance(0.5) ? MINUTE_MS : (random.next() / 3) * run.swarm.hours * HOUR_MS
  if (how === 'desk-rolled-back') {
    timeline.after(laterMs, `${desk.plan.name} rolled back`, () => {
      if (run.isHealed) return
      desk.rollBack(image)
      restart(run, desk, () => keepForOne(run, desk))
    })
    return
  }
  const { identity } = desk.plan
  const clock = new NodeClock(timeline.now, 0, 0)
  const name = `${desk.plan.name}-twin${desks.length}`
  const twin = run.newDesk(name, identity.deviceId, identity.branchId, clock, image)
  timeline.after(laterMs, `${name} starts`, () => {
    if (run.isHealed) return
    twin.start()
    keepForOne(run, twin)
    const within = random.pick([10 * MINUTE_MS, (run.swarm.hours * HOUR_MS) / 6])
    for (let act = 0; act < 6; act += 1) {
      timeline.after(random.next() * within, `${name} acts`, () => run.act(twin))
      timeline.after(random.next() * within, `${desk.plan.name} acts`, () => run.act(desk))
    }
  })
}

/** One item at every counter within a minute, while nobody hears of the others. */
function sameScan(run: Run): void {
  const { random, timeline, city } = run
  const isNew = random.chance(0.5)
  const barcode = isNew ? `044005888888${random.int(10, 99)}` : random.pick(city.items).barcode
  const isAlone = random.chance(0.7)
  for (const desk of run.desks) {
    if (isAlone) desk.line.isUp = false
    for (let scan = random.int(1, 3); scan > 0; scan -= 1) {
      timeline.after(random.int(1, 60_000), `${desk.plan.name} scans it`, () => {
        if (desk.isUp && !run.isHealed) scanOnce(run, desk, barcode)
      })
    }
    timeline.after(random.int(1, 60) * MINUTE_MS, 'line back', () => {
      desk.line.isUp = true
      desk.endLine()
    })
  }
}

function scanOnce(run: Run, desk: SimDesk, barcode: string): void {
  if (run.random.chance(0.3)) {
    run.perform(desk, 'loan.check-in', { barcode, returnedOn: null })
    return
  }
  const { card } = run.random.pick(run.city.readers)
  const codes = ['unknown-item', 'unknown-reader', 'fees-owed', 'item-on-loan-elsewhere']
  const overrides = codes.map((code) => ({ code, reason: '模拟', approvedBy: null }))
  run.perform(desk, 'loan.check-out', { barcode, card, dueOn: null }, overrides)
}

function restoreServer(run: Run): void {
  const { random, timeline } = run
  run.server.takeBackup()
  timeline.after(
    (0.05 + random.next() / 3) * run.swarm.hours * HOUR_MS,
    'server restored from its backup',
    () => {
      if (run.isHealed) return
      // Behind a proxy a desk may not notice that the program was another for a while.
      const isNoticed = random.chance(0.5)
      if (isNoticed) for (const desk of run.desks) desk.endLine()
      void timeline.outside(() => run.server.restore())
      for (const desk of run.desks) {
        timeline.after(random.int(1, 10) * MINUTE_MS, `${desk.plan.name} acts`, () => run.act(desk))
      }
    },
  )
}

async function decree(what: 'policy-changed' | 'reader-blocked', run: Run): Promise<void> {
  const { random, server } = run
  if (what === 'policy-changed') {
    const version = random.int(2, 1_000)
    const loanRules = shenzhenPolicy.loanRules.map((rule) =>
      rule.id === 'city-default' ? { ...rule, loanDays: random.int(10, 40) } : rule,
    )
    await server.decree(patch('policy', 'city', { version, loanRules }))
    return
  }
  const blockedUntilOn = random.chance(0.7) ? addDays(TODAY, 30) : null
  const reader = random.pick(run.city.readers).id
  await server.decree(
    patch('reader', reader, {
      blockedUntilOn,
      blockReason: '模拟',
      blockedFor: blockedUntilOn === null ? [] : ['lend', 'renew'],
    }),
  )
}
