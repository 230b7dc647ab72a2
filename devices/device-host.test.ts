import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock, settle, systemClock } from './clock.ts'
import type { DeskToHost, HostToDesk } from './device-host-messages.ts'
import {
  DeviceHostClient,
  type DeviceHostChild,
  type DeviceHostClientOptions,
  type DeviceHostEvent,
} from './device-host-client.ts'
import { deviceKey } from './hid-port.ts'
import { VIRTUAL_SCANNER } from './replay-port.ts'

const capturesDir = new URL('captures', import.meta.url).pathname
const VIRTUAL = deviceKey(VIRTUAL_SCANNER)

/** Gathers events; `until` waits for one without looking at any clock. */
class Listening {
  readonly events: DeviceHostEvent[] = []
  #waiting: { isMet: () => boolean; done: () => void }[] = []

  announce = (event: DeviceHostEvent): void => {
    this.events.push(event)
    for (const wait of this.#waiting.filter((other) => other.isMet())) {
      this.#waiting = this.#waiting.filter((other) => other !== wait)
      wait.done()
    }
  }

  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve()
    return new Promise((done) => {
      this.#waiting.push({ isMet, done })
    })
  }

  texts = (): string[] => this.events.flatMap((e) => (e.kind === 'scan' ? [e.scan.text] : []))
  hosts = (): string[] => this.events.flatMap((e) => (e.kind === 'host' ? [e.state] : []))
}

describe('the device host as a process', () => {
  let client: DeviceHostClient | null = null
  let listening = new Listening()
  const start = (over: Partial<DeviceHostClientOptions>): DeviceHostClient => {
    listening = new Listening()
    client = new DeviceHostClient({
      port: 'replay',
      clock: systemClock,
      announce: listening.announce,
      ...over,
    })
    client.start()
    return client
  }
  const count = (state: string) => listening.hosts().filter((other) => other === state).length
  const isReady = (own: DeviceHostClient) =>
    own.statuses().some((status) => status.reader === VIRTUAL && status.state === 'ready')

  afterEach(async () => {
    await client?.stop()
    client = null
  })

  it('scans through a forked process, is killed, comes back, and scans on', async () => {
    const own = start({ capturesDir })
    await listening.until(() => count('running') === 1 && isReady(own))
    expect(listening.events.findLast((e) => e.kind === 'host')).toMatchObject({
      captures: expect.arrayContaining(['honeywell/reader-and-three-items']),
    })
    const firstPid = own.pid!
    expect(firstPid).not.toBe(process.pid)
    own.virtualScan('04400510000001', null)
    await listening.until(() => listening.texts().length === 1)

    process.kill(firstPid, 'SIGKILL')
    await listening.until(() => count('restarting') === 1)
    expect(own.pid).toBeNull()
    expect(own.virtualScan('04400510000009', null)).toBe(false)
    expect(own.statuses().find((status) => status.reader === VIRTUAL)).toMatchObject({
      state: 'lost',
      reason: 'SIGKILL',
    })

    await listening.until(() => count('running') === 2 && isReady(own))
    expect(own.pid).not.toBe(firstPid)
    own.virtualScan('F4401000000001', null)
    own.virtualScan('读'.repeat(60), null)
    await listening.until(() => listening.texts().length === 3)
    expect(listening.texts()).toEqual(['04400510000001', 'F4401000000001', '读'.repeat(60)])
  })

  it('keeps scans that wait for a dialog when the process dies', async () => {
    const own = start({})
    await listening.until(() => isReady(own))
    own.hold(true)
    own.virtualScan('04400510000001', null)
    await listening.until(() => listening.events.some((e) => e.kind === 'waiting' && e.count === 1))
    process.kill(own.pid!, 'SIGKILL')
    await listening.until(() => count('restarting') === 1)
    own.hold(false)
    expect(listening.texts()).toEqual(['04400510000001'])
  })

  it('plays a recording, refuses an unknown one, and stops the process', async () => {
    const own = start({ capturesDir })
    await listening.until(() => isReady(own))
    own.play('newland/qr-56')
    own.play('nobody/nothing')
    await listening.until(() => listening.texts().length === 1)
    await listening.until(() => listening.events.some((e) => e.kind === 'refused'))
    const pid = own.pid!
    await own.stop()
    expect(listening.hosts().at(-1)).toBe('stopped')
    expect(own.pid).toBeNull()
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
  })

  it('runs with real devices, or says that this machine has none to reach', async () => {
    const own = start({ port: 'node-hid' })
    await listening.until(() => listening.events.some((e) => e.kind === 'port'))
    await listening.until(() => count('running') === 1)
    own.virtualScan('04400510000001', null)
    await listening.until(() => listening.events.some((e) => e.kind === 'refused'))
    expect(listening.texts()).toEqual([])
  })
})

describe('restarting', () => {
  /** A child that lives as long as the test says. */
  class FakeChild implements DeviceHostChild {
    readonly pid = 4242
    readonly posted: DeskToHost[] = []
    wasKilled = false
    #exit: (reason: string) => void = () => undefined

    post(message: DeskToHost): void {
      this.posted.push(message)
    }
    onMessage(_listener: (message: HostToDesk) => void): void {
      this.posted.length = 0
    }
    onExit(listener: (reason: string) => void): void {
      this.#exit = listener
    }
    kill(): void {
      this.wasKilled = true
      this.die('SIGKILL')
    }
    die(reason: string): void {
      this.#exit(reason)
    }
  }

  const begin = () => {
    const clock = new ManualClock(0)
    const children: FakeChild[] = []
    const listening = new Listening()
    const client = new DeviceHostClient({
      port: 'node-hid',
      clock,
      announce: listening.announce,
      fork: () => {
        const child = new FakeChild()
        children.push(child)
        return child
      },
    })
    client.start()
    return { clock, children, listening, client }
  }

  it('backs off from 250 ms to 8 s, and begins anew after a steady run', async () => {
    const { clock, children } = begin()
    for (const delayMs of [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]) {
      const countBefore = children.length
      children.at(-1)!.die('exit code 1')
      await clock.advance(delayMs - 1)
      expect(children).toHaveLength(countBefore)
      await clock.advance(1)
      expect(children).toHaveLength(countBefore + 1)
    }
    await clock.advance(10_000)
    const countBefore = children.length
    children.at(-1)!.die('exit code 1')
    await clock.advance(250)
    expect(children).toHaveLength(countBefore + 1)
  })

  it('ends a host that does not stop by itself', async () => {
    const { clock, children, client, listening } = begin()
    const stopping = client.stop()
    await settle()
    expect(children.at(0)!.posted).toEqual([{ kind: 'stop' }])
    await clock.advance(1_000)
    await stopping
    expect(children.at(0)!.wasKilled).toBe(true)
    expect(listening.hosts().at(-1)).toBe('stopped')
    await clock.advance(60_000)
    expect(children).toHaveLength(1)
  })

  it('does not start again when stopped between two tries', async () => {
    const { clock, children, client } = begin()
    children.at(0)!.die('exit code 1')
    await client.stop()
    await clock.advance(60_000)
    expect(children).toHaveLength(1)
  })
})
