/** `citydesk …`: the headless desk. A stable contract: names, JSON and exit statuses do not change. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { StorageFailure } from '../db/open.ts'
import { TransportFailure } from '../main/sync/transport.ts'
import { UnusableInput } from './command.ts'
import type { Command, CommandEnvironment, CommandOutcome, ExitStatus } from './command.ts'
import { commands } from './commands/index.ts'

const globalOptions = {
  home: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const globalHelp = `Global options
  --home DIR   data folder (default: CITYDESK_HOME, or the user's data folder)
  --json       the last line of standard output is one JSON value; logs go to standard error
  --help       this text

Exit status
  0 done · 1 done with refusals · 2 unusable arguments or input
  3 the data folder is in use by a running desk · 4 damaged storage`

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`)
  return `citydesk COMMAND [options]\n\nCommands\n${lines.join('\n')}\n\n${globalHelp}`
}

function commandHelp({ name, summary, help }: Command): string {
  return `citydesk ${name} ${help}\n\n${summary}\n\n${globalHelp}`
}

function userFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'CityDesk')
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'CityDesk')
  }
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'citydesk')
}

/** The longest name that the arguments begin with. */
function findCommand(args: readonly string[]): { command: Command; rest: string[] } | null {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ')
    const command = commands.find((known) => known.name === name)
    if (command !== undefined) return { command, rest: args.slice(words) }
  }
  return null
}

const parse = (command: Command, args: string[]) => {
  try {
    return parseArgs({
      args,
      options: { ...command.options, ...globalOptions },
      allowPositionals: true,
    })
  } catch (error) {
    throw new UnusableInput(error instanceof Error ? error.message : String(error))
  }
}

const inputFailures = new Set(['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM'])

/** What a failure means to a script; a defect is thrown on. */
function exitFor(error: unknown): ExitStatus {
  if (error instanceof UnusableInput || error instanceof TransportFailure) return 2
  if (error instanceof StorageFailure) return error.code === 'locked' ? 3 : 4
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (code !== undefined && inputFailures.has(code)) return 2
  throw error
}

function failed(error: unknown): CommandOutcome {
  const exit = exitFor(error)
  const says = error instanceof Error ? error.message : String(error)
  return { exit, json: { error: says }, text: '' }
}

async function runCommand(command: Command, args: string[], env: NodeJS.ProcessEnv) {
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  try {
    const { values, positionals } = parse(command, args)
    const { help, home, json, ...own } = values as Record<string, string | boolean | undefined>
    if (help === true)
      return { exit: 0, json: { help: commandHelp(command) }, text: commandHelp(command) }
    const named = typeof home === 'string' ? home : env['CITYDESK_HOME']
    const environment: CommandEnvironment = {
      env,
      home: resolve(named ?? userFolder(env)),
      isJson: json === true,
      stdin: process.stdin,
      log: (line) => process.stderr.write(`${line}\n`),
      signal: abort.signal,
    }
    return await command.run(positionals, own, environment)
  } catch (error) {
    return failed(error)
  } finally {
    process.off('SIGINT', interrupt)
  }
}

function say({ json, text, exit }: CommandOutcome, isJson: boolean): void {
  if (isJson) process.stdout.write(`${JSON.stringify(json)}\n`)
  else if (text !== '') process.stdout.write(`${text}\n`)
  const says = (json as { error?: string } | null)?.error
  if (exit >= 2 && says !== undefined) process.stderr.write(`citydesk: ${says}\n`)
}

async function main(args: string[]): Promise<void> {
  const isJson = args.includes('--json')
  const found = findCommand(args)
  if (found !== null) {
    const outcome = await runCommand(found.command, found.rest, process.env)
    say(outcome as CommandOutcome, isJson)
    process.exitCode = outcome.exit
    return
  }
  const isAsked = args.length === 0 || args.includes('--help') || args.includes('-h')
  const says = isAsked
    ? null
    : `no such command: ${args.join(' ').slice(0, 80)}; see citydesk --help`
  process.exitCode = isAsked ? 0 : 2
  const json = isAsked ? { help: overview() } : { error: says }
  say({ exit: isAsked ? 0 : 2, json, text: isAsked ? overview() : '' }, isJson)
}

// A reader that had enough (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

await main(process.argv.slice(2))
