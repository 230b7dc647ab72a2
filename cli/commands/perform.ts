/** `citydesk perform FILE|-`: operations, one JSON object a line. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Receipt } from '../../contract/desk-api.ts'
import type { Change } from '../../domain/change.ts'
import { DeskFailure } from '../../main/engine/desk-failure.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { UnusableInput } from '../command.ts'
import type { Command } from '../command.ts'
import { withDesk } from '../with-desk.ts'

const Line = z.strictObject({
  kind: z.string(),
  payload: z.unknown(),
  overrides: z.array(z.strictObject({ code: z.string(), reason: z.string().min(1) })).default([]),
  isDryRun: z.boolean().default(false),
})

interface Performed {
  readonly line: number
  readonly id: string | null
  readonly outcome: Receipt['outcome'] | 'unusable'
  readonly verdict: readonly {
    readonly level: string
    readonly code: string
    readonly rule: string
  }[]
  readonly summary: unknown
  readonly changes: readonly Change[]
}

export const performOperations: Command = {
  name: 'perform',
  summary: 'Performs operations on this desk, one JSON object a line.',
  help: `FILE | -

A line: { "kind": "loan.check-in", "payload": { "barcode": "…", "returnedOn": null },
          "overrides": [{ "code": "…", "reason": "…" }], "isDryRun": false }
A line that is refused stops no other; the exit status is then 1.

JSON: { lines: [{ line, id, outcome, verdict: [{ level, code, rule }], summary, changes }], done, refused }`,
  options: {},
  run: async (words, _values, environment) => {
    const [file] = words
    if (file === undefined) throw new UnusableInput('perform needs a FILE, or - for standard input')
    const input = file === '-' ? Readable.from(environment.stdin) : createReadStream(file)
    return withDesk(environment, async (desk) => {
      const lines: Performed[] = []
      let number = 0
      for await (const text of createInterface({ input })) {
        number += 1
        if (text.trim() !== '') lines.push(performLine(desk, number, text))
        if (environment.signal.aborted) break
      }
      const done = lines.filter(({ outcome }) => outcome === 'done' || outcome === 'dry-run').length
      const refused = lines.length - done
      return {
        exit: refused === 0 ? 0 : 1,
        json: { lines, done, refused },
        text: [...lines.map(lineText), `${done} done, ${refused} refused`].join('\n'),
      }
    })
  },
}

function performLine(desk: Headless, line: number, text: string): Performed {
  const parsed = Line.safeParse(parseJson(text))
  if (!parsed.success) return unusable(line, 'bad-request')
  try {
    const receipt = desk.perform({
      ...parsed.data,
      overrides: parsed.data.overrides.map((given) => ({ ...given, second: null })),
    })
    const { operationId: id, outcome, summary, findings } = receipt
    const changes = id === null ? [] : (desk.stores.outbox.byId(id)?.changes ?? [])
    const verdict = findings.map(({ level, code, rule }) => ({ level, code, rule }))
    return { line, id, outcome, verdict, summary, changes }
  } catch (error) {
    if (!(error instanceof DeskFailure)) throw error
    return unusable(line, `${error.failure} ${error.message}`.trim())
  }
}

const unusable = (line: number, code: string): Performed => ({
  line,
  id: null,
  outcome: 'unusable',
  verdict: [{ level: 'impossible', code, rule: '' }],
  summary: null,
  changes: [],
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the line is reported as unusable, and the next is read.
    return null
  }
}

const lineText = ({ line, id, outcome, verdict }: Performed): string =>
  [`${line}`, outcome, id ?? '', verdict.map(({ code }) => code).join(' ')].join('\t')
