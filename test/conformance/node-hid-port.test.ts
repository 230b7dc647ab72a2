import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NativeHidStandIn } from './native-hid-stand-in.ts'
import { hexToBytes } from '../../devices/capture.ts'
import { ManualClock } from '../../devices/clock.ts'
import { NodeHidPort } from '../../devices/node-hid-port.ts'
import { HONEYWELL_DESCRIPTOR_HEX, VIRTUAL_SCANNER } from '../../devices/replay-port.ts'

describe('NodeHidPort', () => {
  let system: NativeHidStandIn
  let clock: ManualClock
  let port: NodeHidPort
  beforeEach(() => {
    system = new NativeHidStandIn(VIRTUAL_SCANNER, hexToBytes(HONEYWELL_DESCRIPTOR_HEX))
    clock = new ManualClock(0)
    port = new NodeHidPort({
      clock,
      load: () => Promise.resolve(system.native),
      platform: 'linux',
      devFolder: system.devFolder,
      sysFolder: system.sysFolder,
    })
  })
  afterEach(() => {
    system.dispose()
  })

  it('chooses hidraw before its first call', async () => {
    await port.list()
    expect(system.driverType).toBe('hidraw')
  })

  it('reads the descriptor Linux shows, and knows when there is none', async () => {
    const shown = await port.readDescriptor(system.device)
    expect(Buffer.from(shown ?? []).toString('hex')).toBe(HONEYWELL_DESCRIPTOR_HEX)
    const odd = { ...system.device, path: '/dev/../../etc/passwd' }
    await expect(port.readDescriptor(odd)).resolves.toBeNull()
  })

  it('fails as hid-unavailable where the native part does not load', async () => {
    const bare = new NodeHidPort({
      clock,
      load: () =>
        Promise.reject(new Error('libudev.so.1: cannot open shared object file: No such file')),
    })
    await expect(bare.list()).rejects.toMatchObject({ kind: 'hid-unavailable' })
    await expect(bare.open(system.device)).rejects.toMatchObject({ kind: 'hid-unavailable' })
  })

  it('tries a denied device 20 times, 50 ms apart, because udev grants late', async () => {
    system.deniedOpens = 19
    const opening = port.open(system.device)
    await clock.advance(19 * 50)
    const connection = await opening
    expect(system.deniedOpens).toBe(0)
    const closing = connection.close()
    await clock.advance(500)
    await closing
  })

  it('then says denied', async () => {
    system.deniedOpens = 1000
    const opening = port.open(system.device).catch((error: unknown) => error)
    await clock.advance(20 * 50)
    expect(await opening).toMatchObject({ name: 'HidFailure', kind: 'denied' })
    expect(1000 - system.deniedOpens).toBe(20)
  })

  it('lets an exception of our own listener end the process, and does not call it gone', async () => {
    const connection = await port.open(system.device)
    const reasons: string[] = []
    connection.onGone((reason) => reasons.push(reason))
    connection.onReport(() => {
      throw new RangeError('our bug')
    })
    expect(() => {
      system.report(Uint8Array.of(2, 1))
    }).toThrow('our bug')
    expect(reasons).toEqual([])
  })

  it('gives up on a close that does not come back after 500 ms', async () => {
    system.closeNever = true
    const connection = await port.open(system.device)
    let isClosed = false
    const closing = connection.close().then(() => {
      isClosed = true
    })
    await clock.advance(499)
    expect(isClosed).toBe(false)
    await clock.advance(1)
    await closing
  })

  it('says gone when the device vanishes between two writes', async () => {
    const connection = await port.open(system.device)
    for (const device of system.opened) device.isGone = true
    await expect(connection.write(Uint8Array.of(4, 0x40))).rejects.toMatchObject({ kind: 'gone' })
  })

  it('looks every two seconds where the system announces nothing, until stopped', async () => {
    const windows = new NodeHidPort({
      clock,
      load: () => Promise.resolve(system.native),
      platform: 'win32',
    })
    let count = 0
    const stop = windows.watch(() => {
      count += 1
    })
    await clock.advance(1_999)
    expect(count).toBe(0)
    await clock.advance(4_001)
    expect(count).toBe(3)
    stop()
    await clock.advance(10_000)
    expect(count).toBe(3)
    await expect(windows.readDescriptor(system.device)).resolves.toBeNull()
  })
})
