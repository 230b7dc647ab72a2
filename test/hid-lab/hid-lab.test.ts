/** The device layer with the real node-hid against a real kernel (reference/hid-rfid.md, G cases). */
import { beforeAll, describe, expect, it, test } from 'vitest'
import { missingForLab, runLab, type LabRun } from './lab-machine.ts'

const missing = missingForLab()
/** Two minutes is what a commit may wait for it. */
const LIMIT_MS = 120_000

describe.skipIf(missing !== null)(
  missing === null ? 'through a real kernel' : `through a real kernel (skipped: ${missing})`,
  () => {
    let run: LabRun

    beforeAll(async () => {
      run = await runLab('short', LIMIT_MS)
    }, LIMIT_MS + 10_000)

    it('ran to its end', () => {
      expect(run.isWhole, run.console.slice(-2_000)).toBe(true)
    })

    test.each([
      '14 all layouts through kernel and node-hid',
      '15 300 scans paced 5 ms, in order, none lost',
      '16 a second listener is refused',
      '17 a bug in a listener: the host ends, comes back, the device is ready',
      '18 unplugged: lost, a write is refused, the half code is discarded',
      '19 20 replugs, open files flat',
      '20 replugged with the stale handle open: a new node, the same key',
      '21 denied, then permitted: ready without a restart',
      '23 the program blocked for 1.5 s: no report lost',
      '25 shut down while reading, within 500 ms',
    ])('%s', (name) => {
      const line = run.lines.find((one) => one.case === name)
      expect(line, `not run: ${name}`).toMatchObject({ ok: true })
    })
  },
)
