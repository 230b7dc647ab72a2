/**
 * What every HidPort must do, whatever is behind it. Run against recordings, against the node-hid
 * port over a stand-in for the native module, and against real hardware where some is plugged in.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HidFailure, type HidInfo, type HidPort } from '../../devices/hid-port.ts'

export interface HidPortSubject {
  readonly port: HidPort
  /** A device that is plugged in at the start. */
  readonly device: HidInfo
  /** Sends a report from the device. */
  report(bytes: Uint8Array): void
  unplug(): void
  replug(): void
  dispose(): void
}

/** Lets a port pass on what the system already told it. */
const turn = (): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, 0)
  })

export const hidPortSuite = (name: string, begin: () => HidPortSubject): void => {
  describe(`HidPort: ${name}`, () => {
    let subject: HidPortSubject
    beforeEach(() => {
      subject = begin()
    })
    afterEach(() => {
      subject.dispose()
    })

    const received = async () => {
      const connection = await subject.port.open(subject.device)
      const reports: string[] = []
      connection.onReport((report) => {
        reports.push(Buffer.from(report).toString('hex'))
      })
      await turn()
      return { connection, reports }
    }

    it('lists the device', async () => {
      const infos = await subject.port.list()
      expect(infos).toContainEqual(subject.device)
    })

    it('delivers reports in order, each once', async () => {
      const { connection, reports } = await received()
      for (let n = 0; n < 100; n += 1) subject.report(Uint8Array.of(2, n))
      await turn()
      expect(reports).toEqual(
        Array.from({ length: 100 }, (_, n) => Buffer.of(2, n).toString('hex')),
      )
      await connection.close()
    })

    it('refuses a second listener and goes on with the first', async () => {
      const { connection, reports } = await received()
      expect(() => {
        connection.onReport(() => undefined)
      }).toThrow(/one report listener/)
      subject.report(Uint8Array.of(2, 1))
      await turn()
      expect(reports).toEqual(['0201'])
      await connection.close()
    })

    it('says once that the device went, then refuses to write', async () => {
      const { connection } = await received()
      const reasons: string[] = []
      connection.onGone((reason) => reasons.push(reason))
      subject.unplug()
      await turn()
      expect(reasons).toHaveLength(1)
      await expect(connection.write(Uint8Array.of(4, 0x40))).rejects.toMatchObject({ kind: 'gone' })
      await connection.close()
    })

    it('tells a late listener that the device went', async () => {
      const { connection } = await received()
      subject.unplug()
      await turn()
      const reasons: string[] = []
      connection.onGone((reason) => reasons.push(reason))
      expect(reasons).toHaveLength(1)
      await connection.close()
    })

    it('writes while open, and refuses after close', async () => {
      const { connection } = await received()
      await connection.write(Uint8Array.of(4, 0x40))
      await connection.close()
      await expect(connection.write(Uint8Array.of(4, 0x40))).rejects.toBeInstanceOf(HidFailure)
    })

    it('closes twice, delivers nothing afterwards, and does not call that gone', async () => {
      const { connection, reports } = await received()
      const reasons: string[] = []
      connection.onGone((reason) => reasons.push(reason))
      await connection.close()
      await connection.close()
      subject.report(Uint8Array.of(2, 1))
      await turn()
      expect(reports).toEqual([])
      expect(reasons).toEqual([])
    })

    it('fails with a typed failure for a device that is not there', async () => {
      subject.unplug()
      const opening = subject.port.open(subject.device)
      await expect(opening).rejects.toBeInstanceOf(HidFailure)
      await expect(opening).rejects.toMatchObject({ kind: 'gone' })
    })

    it('shows a descriptor or null, never a failure', async () => {
      const descriptor = await subject.port.readDescriptor(subject.device)
      expect(descriptor === null || descriptor instanceof Uint8Array).toBe(true)
      subject.unplug()
      await expect(subject.port.readDescriptor(subject.device)).resolves.toBeNull()
    })

    it('tells its watchers of a plug until they stop', async () => {
      let stop = (): void => undefined
      const told = new Promise<void>((done) => {
        stop = subject.port.watch(done)
      })
      subject.unplug()
      subject.replug()
      await told
      stop()
      expect(await subject.port.list()).toContainEqual(subject.device)
    })
  })
}
