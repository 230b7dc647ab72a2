/** What a command is, and what it gets from the shell it runs in. */
import type { ParseArgsConfig } from 'node:util'

/** 0 done · 1 done with refusals · 2 unusable arguments or input · 3 the home is in use · 4 damaged storage. */
export type ExitStatus = 0 | 1 | 2 | 3 | 4

export interface CommandOutcome {
  readonly exit: ExitStatus
  /** The last line of standard output under `--json`. */
  readonly json: unknown
  /** For people; '' where the work is its own output. */
  readonly text: string
}

export interface CommandEnvironment {
  readonly env: NodeJS.ProcessEnv
  /** Data folder: `--home`, `CITYDESK_HOME`, or the user's. */
  readonly home: string
  readonly isJson: boolean
  readonly stdin: AsyncIterable<Uint8Array>
  /** To standard error. */
  readonly log: (line: string) => void
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

export interface Command {
  /** `search`, or two words: `marc lint`. */
  readonly name: string
  readonly summary: string
  /** The whole text of `--help` below the summary. */
  readonly help: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  readonly run: (
    positionals: readonly string[],
    values: OptionValues,
    environment: CommandEnvironment,
  ) => Promise<CommandOutcome>
}

/** Arguments or input that cannot be used: exit status 2. */
export class UnusableInput extends Error {
  constructor(says: string) {
    super(says)
    this.name = 'UnusableInput'
  }
}

/** The value of an option that knows only some words. */
export function choice<const T extends string>(
  values: OptionValues,
  option: string,
  allowed: readonly T[],
  fallback: T | null = null,
): T {
  const value = values[option] ?? fallback
  const found = allowed.find((word) => word === value)
  if (found !== undefined) return found
  const given = value === null ? 'is missing' : `${String(value)} is not known`
  throw new UnusableInput(`--${option} ${given}: ${allowed.join(' | ')}`)
}

export function textOption(values: OptionValues, option: string): string | null {
  const value = values[option]
  return typeof value === 'string' ? value : null
}

export function requiredOption(values: OptionValues, option: string): string {
  const value = textOption(values, option)
  if (value === null) throw new UnusableInput(`--${option} is missing`)
  return value
}

export function countOption(values: OptionValues, option: string, fallback: number): number {
  const value = textOption(values, option)
  if (value === null) return fallback
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1 || count > 500) {
    throw new UnusableInput(`--${option} ${value}: a whole number from 1 to 500`)
  }
  return count
}
