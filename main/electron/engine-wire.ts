/**
 * What passes between the main process and the engine's utility process, besides the desk's lines.
 * Only the main process may fork utility processes, so it starts the device host for the engine and
 * carries the few messages between the two.
 */
import type { DeskOptions, EngineToShell, ShellToEngine } from '../sync/desk-messages.ts'
import type { runDesk } from '../sync/run-desk.ts'

export type ForkDeviceHost = NonNullable<Parameters<typeof runDesk>[2]>
export type DeviceHostChild = ReturnType<ForkDeviceHost>
type DeviceHostOptions = Parameters<ForkDeviceHost>[0]
export type DeskToHost = Parameters<DeviceHostChild['post']>[0]
export type HostToDesk = Parameters<Parameters<DeviceHostChild['onMessage']>[0]>[0]

/** The first message. Over the port, not in argv or the environment, which others may read. */
export interface StartMessage {
  readonly start: DeskOptions
}

export type HostRequest =
  | { readonly host: number; readonly ask: 'fork'; readonly options: DeviceHostOptions }
  | { readonly host: number; readonly ask: 'post'; readonly message: DeskToHost }
  | { readonly host: number; readonly ask: 'kill' }

export type HostNews =
  | { readonly host: number; readonly tells: 'message'; readonly message: HostToDesk }
  | { readonly host: number; readonly tells: 'exit'; readonly reason: string }

export type ToEngine = StartMessage | ShellToEngine | HostNews
export type FromEngine = EngineToShell | HostRequest
