/** The device layer with the real node-hid against a real kernel (reference/hid-rfid.md, G cases). */
import { beforeAll, describe, expect, it, test } from 'vitest'
import { prepareLab, runLab, type LabRun } from './lab-machine.ts'

const missing = prepareLab()
/** About a minute alone on a processor; a guard against a guest that hangs, not a measurement. */
const LIMIT_MS = 900_000

describe.skipIf(missing !== null)(
  `through a real kernel${missing === null ? '' : ` (skipped: ${missing})`}`,
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
      '18 unplugged: lost, a write is refused, the half code is discarded',
      '19 20 replugs, open files flat',
      '20 replugged with the stale handle open: a new node, the same key',
      '23 the program blocked for 1.5 s: no report lost',
      '48 a stack of fifty on a pad: read and secured',
      '25 shut down while reading, within 500 ms',
    ])('%s', (name) => {
      const line = run.lines.find((one) => one.case === name)
      expect(line, `not run: ${name}`).toMatchObject({ ok: true })
    })
  },
)
