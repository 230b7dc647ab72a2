/** What passes between a shell and the engine's process; each window or page is a line. */
import { z } from 'zod'
import { KeyProtection } from '../../contract/row-shapes.ts'
import { Role } from '../../domain/policy/roles.ts'

/** How the engine is to run; crosses a process boundary as plain values. */
export const DeskOptions = z.strictObject({
  home: z.string().min(1),
  /** The 32-byte key of the databases, hex. */
  keyHex: z.string().length(64),
  /** A shell that does not say counts as the weaker one. */
  keyProtection: KeyProtection.default('file'),
  /** File of the desk's key pair, outside `home`. */
  deviceKeyPath: z.string().min(1),
  /** File outside `home` that holds the databases' key, for a desk that erases itself. */
  keyPath: z.string().min(1).nullable().default(null),
  /** Used once, where the desk is not known to the city yet. */
  enrolment: z
    .strictObject({ serverUrl: z.string(), code: z.string(), deskName: z.string() })
    .nullable(),
  /** The server's address now, where it differs from the one at enrolment. */
  serverUrl: z.string().nullable(),
  scanner: z.enum(['hid', 'demo', 'none']),
  shellId: z.string().min(1),
  version: z.string(),
  sampleAccounts: z.array(
    z.strictObject({ username: z.string(), name: z.string(), role: Role, password: z.string() }),
  ),
})
export type DeskOptions = z.infer<typeof DeskOptions>
/** As a shell gives them, before the engine's process has parsed them. */
export type GivenDeskOptions = z.input<typeof DeskOptions>

export type ShellToEngine =
  | { readonly to: 'open'; readonly line: number }
  | { readonly to: 'call'; readonly line: number; readonly call: unknown }
  | { readonly to: 'close'; readonly line: number }
  | { readonly to: 'stop' }

/** Why the engine could not start; the shell has the words. */
export type StartFailure =
  | 'home-in-use'
  | 'storage-damaged'
  | 'wrong-key'
  | 'from-the-future'
  | 'enrolment-failed'
  /** It was revoked, has handed over what it did, and erased its data. */
  | 'desk-revoked'

export type EngineToShell =
  | { readonly from: 'ready' }
  | { readonly from: 'reply'; readonly line: number; readonly reply: unknown }
  | { readonly from: 'failed'; readonly failure: StartFailure; readonly detail: string }

/** A message port, whichever the shell has. */
export interface EnginePort {
  readonly post: (message: EngineToShell) => void
  readonly onMessage: (listener: (message: ShellToEngine) => void) => void
}
