/**
 * A packaged desk cannot be started under a debugger. The fuses do not cover Chromium's own
 * switches (reference/security-reliability.md 1.2 row 9).
 */
import type { App } from 'electron'

export const debugSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'disable-web-security',
  'disable-site-isolation-trials',
  'load-extension',
  'no-sandbox',
] as const

export interface SwitchParts extends Pick<App, 'exit' | 'isPackaged'> {
  readonly commandLine: Pick<App['commandLine'], 'hasSwitch'>
}

/** True where the app is ending because of one. */
export function refuseDebugging({ commandLine, exit, isPackaged }: SwitchParts): boolean {
  const found = debugSwitches.find((name) => commandLine.hasSwitch(name))
  if (!isPackaged || found === undefined) return false
  console.error(`--${found} is not allowed here.`)
  exit(1)
  return true
}
