/** The cases, one after the other; each says a line `LAB {…}`. Runs as root inside the guest. */
import { fork } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readCaptures } from '../../../devices/capture.ts'
import { systemClock } from '../../../devices/clock.ts'
import {
  forkDeviceHost,
  type DeviceHostChild,
  type ForkDeviceHost,
} from '../../../devices/device-host-client.ts'
import type { HostToDesk } from '../../../devices/device-host-messages.ts'
import type { HidInfo } from '../../../devices/hid-port.ts'
import { HONEYWELL_LAYOUT } from '../../../devices/models/honeywell.ts'
import { encodePosReports } from '../../../devices/models/pos-report.ts'
import { NodeHidPort } from '../../../devices/node-hid-port.ts'
import { HONEYWELL_DESCRIPTOR_HEX } from '../../../devices/replay-port.ts'
import { PAD_DESCRIPTOR_HEX } from '../../../devices/rfid/emulated-feig-pad.ts'
import type { PluggedDevice } from './emulator-messages.ts'
import { labMemory, labTag, labUid } from './lab-tag.ts'
import { LabDesk, spread, startEmulator, until } from './lab-desk.ts'

type Seen = Readonly<Record<string, unknown>>

const emulator = startEmulator()

/** `short`: what a commit waits for; each further Node in the guest costs ten seconds. */
const isShort = process.argv[2] === 'short'

const runCase = async (
  name: string,
  run: () => Promise<readonly [boolean, Seen]>,
): Promise<void> => {
  let line: { case: string; ok: boolean; seen: Seen }
  try {
    const [ok, seen] = await run()
    line = { case: name, ok, seen }
  } catch (error) {
    line = { case: name, ok: false, seen: { threw: String(error) } }
  }
  console.log(`LAB ${JSON.stringify(line)}`)
}

const scanner = (serialNumber: string): PluggedDevice => ({
  name: 'Lab scanner',
  vendorId: 0x0c2e,
  productId: 0x0907,
  serialNumber,
  descriptor: HONEYWELL_DESCRIPTOR_HEX,
  tagCount: null,
})

const plug = (serialNumber: string): Promise<void> =>
  emulator.ask({ do: 'plug', device: serialNumber, identity: scanner(serialNumber) })

const unplug = (serialNumber: string): Promise<void> =>
  emulator.ask({ do: 'unplug', device: serialNumber })

const scanned = (text: string): { afterMs: number; hex: string }[] =>
  encodePosReports(HONEYWELL_LAYOUT, Buffer.from(text), ']C0').map((report) => ({
    afterMs: 0,
    hex: Buffer.from(report).toString('hex'),
  }))

const scan = (serialNumber: string, text: string): Promise<void> =>
  emulator.ask({ do: 'report', device: serialNumber, reports: scanned(text) })

const port = new NodeHidPort({ clock: systemClock })

const listed = async (serialNumber: string): Promise<HidInfo> => {
  for (;;) {
    const info = (await port.list()).find((one) => one.serialNumber === serialNumber)
    if (info !== undefined) return info
    await pause(5)
  }
}

const openFiles = (desk: LabDesk): number => readdirSync(`/proc/${desk.client.pid}/fd`).length

const desk = new LabDesk()
await until(() => desk.events.some((event) => event.kind === 'host' && event.state === 'running'))

await runCase('14 all layouts through kernel and node-hid', async () => {
  const captures = readCaptures(
    fileURLToPath(new URL('../../../devices/captures', import.meta.url)),
  )
  const wrong: string[] = []
  for (const { name, device, descriptor, reports, scans } of captures) {
    const { vendorId, productId } = device
    const serialNumber = `LAB-${name.replaceAll('/', '-')}`
    const identity = {
      name,
      vendorId,
      productId,
      serialNumber,
      descriptor: descriptor ?? '',
      tagCount: null,
    }
    await emulator.ask({ do: 'plug', device: name, identity })
    const isReady = (await desk.reaches(serialNumber, 'ready')) !== null
    const before = desk.scans.length
    await emulator.ask({ do: 'report', device: name, reports })
    await until(() => desk.scans.length >= before + scans.length, 3_000)
    const got = desk.texts().slice(before)
    if (!isReady || JSON.stringify(got) !== JSON.stringify(scans)) wrong.push(name)
    await emulator.ask({ do: 'unplug', device: name })
    await desk.reaches(serialNumber, 'lost')
  }
  return [wrong.length === 0, { captures: captures.length, wrong }]
})

await runCase('15 300 scans paced 5 ms, in order, none lost', async () => {
  await plug('PACED')
  await desk.reaches('PACED', 'ready')
  const before = desk.scans.length
  await emulator.ask({ do: 'stamped', device: 'PACED', count: 300, gapMs: 5 })
  await until(() => desk.scans.length === before + 300)
  const got = desk.scans.slice(before)
  const isInOrder = got.every(({ scan: { text } }, n) => Number(text.slice(0, 6)) === n)
  const latencies = got.map(
    ({ scan: { text }, heardAt }) => Number(heardAt - BigInt(text.slice(7))) / 1e6,
  )
  const seen = spread(latencies)
  // What the person would wait is bounded even with every processor emulated.
  return [got.length === 300 && isInOrder && (seen['p99'] ?? Infinity) < 50, seen]
})

await runCase('16 a second listener is refused', async () => {
  const connection = await port.open(await listed('PACED'))
  let count = 0
  connection.onReport(() => (count += 1))
  let refusal = ''
  try {
    connection.onReport(() => undefined)
  } catch (error) {
    refusal = String(error)
  }
  await pause(100)
  await scan('PACED', '04400512345678')
  const isHeard = (await until(() => count === 1)) !== null
  await connection.close()
  return [isHeard && refusal !== '', { refusal }]
})

await runCase('23 the program blocked for 1.5 s: no report lost', async () => {
  const connection = await port.open(await listed('PACED'))
  let count = 0
  connection.onReport(() => (count += 1))
  await pause(100)
  const sending = emulator.ask({ do: 'stamped', device: 'PACED', count: 500, gapMs: 1 })
  await pause(20)
  const end = performance.now() + 1_500
  while (performance.now() < end);
  await sending
  await until(() => count >= 500)
  await connection.close()
  return [count === 500, { count }]
})

await runCase('18 unplugged: lost, a write is refused, the half code is discarded', async () => {
  const connection = await port.open(await listed('PACED'))
  connection.onReport(() => undefined)
  await pause(100)
  const begun = encodePosReports(HONEYWELL_LAYOUT, Buffer.alloc(80, 'x'), ']Q1').slice(0, 1)
  const reports = begun.map((bytes) => ({ afterMs: 0, hex: Buffer.from(bytes).toString('hex') }))
  const before = desk.events.length
  await emulator.ask({ do: 'report', device: 'PACED', reports })
  const startedAt = performance.now()
  await unplug('PACED')
  const isLost = (await desk.reaches('PACED', 'lost')) !== null
  const lostAfterMs = performance.now() - startedAt
  const refused = await connection.write(Uint8Array.of(4, 0)).then(
    () => null,
    (error: unknown) => String(error),
  )
  await connection.close()
  const isDiscarded = desk.events
    .slice(before)
    .some((event) => event.kind === 'notice' && event.notice.kind === 'partial-discarded')
  const seen = { lostAfterMs: Math.round(lostAfterMs), refused, isDiscarded }
  return [isLost && lostAfterMs < 500 && refused !== null && isDiscarded, seen]
})

await runCase('20 replugged with the stale handle open: a new node, the same key', async () => {
  await plug('STALE')
  const first = await desk.reaches('STALE', 'ready')
  const before = await listed('STALE')
  const stale = await port.open(before)
  await unplug('STALE')
  await desk.reaches('STALE', 'lost')
  await plug('STALE')
  const second = await desk.reaches('STALE', 'ready')
  const after = await listed('STALE')
  await stale.close()
  await unplug('STALE')
  await desk.reaches('STALE', 'lost')
  return [
    first !== null && second?.reader === first.reader && after.path !== before.path,
    { was: before.path, is: after.path, key: second?.reader },
  ]
})

await runCase('19 20 replugs, open files flat', async () => {
  const readyAfter: number[] = []
  let misses = 0
  let filesBefore = 0
  for (let n = 0; n < 20; n += 1) {
    const startedAt = performance.now()
    await plug('REPLUG')
    await desk.reaches('REPLUG', 'ready')
    const heard = desk.scans.length
    await scan('REPLUG', `0440051234${String(n).padStart(4, '0')}`)
    if ((await until(() => desk.scans.length > heard, 2_000)) === null) misses += 1
    readyAfter.push(performance.now() - startedAt)
    await unplug('REPLUG')
    await desk.reaches('REPLUG', 'lost')
    await pause(60)
    if (n === 0) filesBefore = openFiles(desk)
  }
  const grown = openFiles(desk) - filesBefore
  return [misses === 0 && grown === 0, { misses, grown, pluggedToScanMs: spread(readyAfter) }]
})

const PAD = {
  name: 'Lab pad',
  vendorId: 0x0ab1,
  productId: 0x0001,
  serialNumber: 'LAB-PAD',
  descriptor: PAD_DESCRIPTOR_HEX,
} as const

const tagsOn = (): string[] =>
  desk.events.flatMap((event) => (event.kind === 'tag-on' ? [event.tag.uid] : []))

await runCase('48 a stack of fifty on a pad: read and secured', async () => {
  await emulator.ask({ do: 'plug', device: 'pad', identity: { ...PAD, tagCount: 50 } })
  const startedAt = performance.now()
  const isReady = (await desk.reaches('LAB-PAD', 'ready')) !== null
  await until(() => tagsOn().length >= 50, 30_000)
  const readMs = Math.round(performance.now() - startedAt)
  for (let n = 1; n <= 50; n += 1) {
    desk.client.takeTagJob({ kind: 'secure', uid: labUid(n), afi: 0xc2, isArmed: false })
  }
  const securedCount = (): number =>
    desk.events.filter((event) => event.kind === 'tag-secured' && event.outcome === 'done').length
  await until(() => securedCount() === 50, 30_000)
  const securedMs = Math.round(performance.now() - startedAt) - readMs
  return [
    isReady && new Set(tagsOn()).size === 50 && securedCount() === 50,
    { read: tagsOn().length, secured: securedCount(), readMs, securedMs },
  ]
})

await runCase(
  '47 a pad unplugged in the middle of a write: finished after the replug',
  async () => {
    const outcomes = (): string[] =>
      desk.events.flatMap((event) => (event.kind === 'tag-written' ? [event.outcome] : []))
    const [before, after] = [labTag(1).memory, labMemory('09900599990009')]
    const job = { kind: 'write', uid: labUid(1), before, after, afi: null, dsfid: null } as const
    await emulator.ask({ do: 'unplug-while-writing', device: 'pad', afterBlocks: 2 })
    desk.client.takeTagJob(job)
    const isLost = (await desk.reaches('LAB-PAD', 'lost')) !== null
    await until(() => outcomes().length === 1)
    const seen = tagsOn().length
    await emulator.ask({ do: 'plug', device: 'pad', identity: { ...PAD, tagCount: 1 } })
    await desk.reaches('LAB-PAD', 'ready')
    await until(() => tagsOn().length > seen)
    desk.client.takeTagJob(job)
    await until(() => outcomes().length === 2)
    await emulator.ask({ do: 'unplug', device: 'pad' })
    return [isLost && outcomes().join() === 'away,done', { outcomes: outcomes() }]
  },
)

const asStaff: ForkDeviceHost = (options) => {
  const entry = fileURLToPath(new URL('../../../devices/device-host.ts', import.meta.url))
  const child = fork(entry, [JSON.stringify(options)], {
    serialization: 'advanced',
    uid: 1000,
    gid: 1000,
  })
  return {
    pid: child.pid ?? null,
    post: (message) => child.send(message),
    onMessage: (listener) => child.on('message', (message) => listener(message as HostToDesk)),
    onExit: (listener) => child.on('exit', (code) => listener(String(code))),
    kill: () => child.kill('SIGKILL'),
  }
}

if (!isShort)
  await runCase('21 denied, then permitted: ready without a restart', async () => {
    const staffDesk = new LabDesk(asStaff)
    await plug('DENIED')
    const denied = await staffDesk.reaches('DENIED', 'denied')
    const pid = staffDesk.client.pid
    chmodSync((await listed('DENIED')).path, 0o666)
    const ready = await staffDesk.reaches('DENIED', 'ready')
    const isSameHost = staffDesk.client.pid === pid
    await staffDesk.client.stop()
    await unplug('DENIED')
    return [
      denied?.remedy?.kind === 'udev-rule' && ready !== null && isSameHost,
      { remedy: denied?.remedy, reason: denied?.reason },
    ]
  })

if (!isShort)
  await runCase(
    '17 a bug in a listener: the host ends, comes back, the device is ready',
    async () => {
      let starts = 0
      const brokenFirst: ForkDeviceHost = (options): DeviceHostChild => {
        starts += 1
        if (starts > 1) return forkDeviceHost(options)
        const child = fork(fileURLToPath(new URL('broken-host.ts', import.meta.url)), {
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        })
        return {
          pid: child.pid ?? null,
          post: () => undefined,
          onMessage: (listener) =>
            child.on('message', (message) => listener(message as HostToDesk)),
          onExit: (listener) => child.on('exit', (code) => listener(`exit code ${code}`)),
          kill: () => child.kill('SIGKILL'),
        }
      }
      await plug('BROKEN')
      const other = new LabDesk(brokenFirst)
      await until(() =>
        other.events.some((event) => event.kind === 'host' && event.state === 'running'),
      )
      await pause(150)
      await scan('BROKEN', '04400512345678')
      const isReady = (await other.reaches('BROKEN', 'ready')) !== null
      await scan('BROKEN', '04400512345679')
      const isHeard = (await until(() => other.texts().includes('04400512345679'))) !== null
      await other.client.stop()
      await unplug('BROKEN')
      return [starts === 2 && isReady && isHeard, { starts }]
    },
  )

await runCase('25 shut down while reading, within 500 ms', async () => {
  await plug('LAST')
  const connection = await port.open(await listed('LAST'))
  connection.onReport(() => undefined)
  await pause(100)
  const startedAt = performance.now()
  await connection.close()
  const closeMs = performance.now() - startedAt
  await desk.reaches('LAST', 'ready')
  const stoppedAt = performance.now()
  await desk.client.stop()
  const stopMs = performance.now() - stoppedAt
  return [
    closeMs < 500 && stopMs < 1_000,
    { closeMs: Math.round(closeMs), stopMs: Math.round(stopMs) },
  ]
})

console.log('LAB-END')
emulator.end()
process.kill(process.pid, 'SIGKILL')
