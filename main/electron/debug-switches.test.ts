import { beforeEach, describe, expect, test, vi } from 'vitest'
import { debugSwitches, refuseDebugging } from './debug-switches.ts'

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue()
})

function start(isPackaged: boolean, given: string | null): { isEnding: boolean; codes: number[] } {
  const codes: number[] = []
  const isEnding = refuseDebugging({
    isPackaged,
    exit: (code) => codes.push(code ?? 0),
    commandLine: { hasSwitch: (name) => name === given },
  })
  return { isEnding, codes }
}

describe('a packaged desk', () => {
  test.each(debugSwitches)('ends when started with --%s', (name) => {
    expect(start(true, name)).toEqual({ isEnding: true, codes: [1] })
  })

  test('starts without', () => {
    expect(start(true, null)).toEqual({ isEnding: false, codes: [] })
    expect(start(true, 'lang')).toEqual({ isEnding: false, codes: [] })
  })
})

test('a checkout may be debugged', () => {
  expect(start(false, 'remote-debugging-port')).toEqual({ isEnding: false, codes: [] })
})
