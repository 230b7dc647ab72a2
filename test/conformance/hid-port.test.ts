import { describe, expect, it } from 'vitest'
import { hexToBytes } from '../../devices/capture.ts'
import { systemClock } from '../../devices/clock.ts'
import { HidFailure } from '../../devices/hid-port.ts'
import { NodeHidPort } from '../../devices/node-hid-port.ts'
import { HONEYWELL_DESCRIPTOR_HEX, ReplayPort, VIRTUAL_SCANNER } from '../../devices/replay-port.ts'
import { hidPortSuite } from './hid-port-suite.ts'
import { NativeHidStandIn } from './native-hid-stand-in.ts'

const DESCRIPTOR = hexToBytes(HONEYWELL_DESCRIPTOR_HEX)

hidPortSuite('replay', () => {
  const port = new ReplayPort({ clock: systemClock, captures: [], plugged: 'virtual-only' })
  return {
    port,
    device: VIRTUAL_SCANNER,
    report: (bytes) => {
      port.report(VIRTUAL_SCANNER.path, bytes)
    },
    unplug: () => {
      port.unplug(VIRTUAL_SCANNER.path)
    },
    replug: () => {
      port.plug(VIRTUAL_SCANNER, DESCRIPTOR)
    },
    dispose: () => undefined,
  }
})

hidPortSuite('node-hid, native module stood in for', () => {
  const system = new NativeHidStandIn(VIRTUAL_SCANNER, DESCRIPTOR)
  const port = new NodeHidPort({
    clock: systemClock,
    load: () => Promise.resolve(system.native),
    platform: 'linux',
    devFolder: system.devFolder,
    sysFolder: system.sysFolder,
  })
  return {
    port,
    device: system.device,
    report: (bytes) => {
      system.report(bytes)
    },
    unplug: () => {
      system.unplug()
    },
    replug: () => {
      system.plug()
    },
    dispose: () => {
      system.dispose()
    },
  }
})

const real = new NodeHidPort({ clock: systemClock })
const failureOf = (error: unknown): HidFailure => {
  if (error instanceof HidFailure) return error
  throw error
}
const listed = await real.list().catch(failureOf)
const plugged = listed instanceof HidFailure ? [] : listed
let whyNot = ''
if (listed instanceof HidFailure) whyNot = ` (skipped: ${listed.kind})`
else if (plugged.length === 0) whyNot = ' (skipped: no HID device is plugged in)'

describe.skipIf(plugged.length === 0)(`HidPort: node-hid on hardware${whyNot}`, () => {
  it('opens and closes what it lists, or says in type why not', async () => {
    const stop = real.watch(() => undefined)
    const answers: string[] = []
    for (const info of plugged) {
      const answer = await real.open(info).catch(failureOf)
      if (answer instanceof HidFailure) {
        answers.push(answer.kind)
      } else {
        answer.onReport(() => undefined)
        await answer.close()
        answers.push('closed')
      }
    }
    stop()
    expect(answers).toHaveLength(plugged.length)
    expect(['closed', 'denied', 'gone', 'io']).toEqual(expect.arrayContaining(answers))
  })
})
