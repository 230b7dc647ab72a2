/** `citydesk offline import FILE…`: what another system's desk wrote while it was offline. */
import { readFileSync } from 'node:fs'
import type { Receipt } from '../../contract/desk-api.ts'
import type { OfflineRefusal } from '../../contract/offline-shapes.ts'
import type { EpochMs } from '../../domain/words/calendar-date.ts'
import { DeskFailure } from '../../main/engine/desk-failure.ts'
import type { Headless } from '../../main/engine/headless.ts'
import {
  OFFLINE_LINES_MAX,
  readOfflineFile,
  timeOf,
} from '../../main/engine/offline/offline-file.ts'
import type { NumberedLine } from '../../main/engine/offline/offline-file.ts'
import { planLine } from '../../main/engine/offline/record-line.ts'
import type { LineRequest } from '../../main/engine/offline/record-line.ts'
import { UnusableInput, textOption } from '../command.ts'
import type { Command, CommandEnvironment, CommandOutcome } from '../command.ts'
import { withDesk } from '../with-desk.ts'

const aboutTimes =
  'Each line is decided as of the time of its file: due dates count from that day, and what moved ' +
  'since stays as it is.'

interface Report {
  readonly file: string
  readonly line: number
  readonly is: NumberedLine['read']['is']
  readonly id: string | null
  /** `repeated`: this very line is on the desk already. */
  readonly outcome: Receipt['outcome'] | 'not-taken' | 'repeated' | 'unusable'
  readonly verdict: readonly {
    readonly level: string
    readonly code: string
    readonly rule: string
  }[]
  readonly summary: unknown
  /** Why a line was not taken; null where its verdict says it. */
  readonly reason: string | null
  /** Of the event, by the file: ISO 8601. */
  readonly happenedAt: string | null
}

interface Given extends NumberedLine {
  readonly file: string
}

export const offlineImport: Command = {
  name: 'offline import',
  summary: "Takes another system's offline file: Koha .koc, Evergreen pending.xacts.",
  help: `FILE… [--override REASON | --record] [--dry-run]
  --override REASON   answers what needs an override, as a branch head would; without it such
                      lines are refused and listed
  --record            records every line whatever rules it broke, as the desk's screen does: each
                      broken rule becomes an exception of the city
  --dry-run           each line's verdict on the desk as it is now; writes nothing

Lending, renewing, returning, in-house use and payments are taken. A payment goes to the fees that
its card owes, the oldest first; what nobody owes is entered all the same, and becomes an exception.
Registrations and loans of uncatalogued things are listed as not taken: do them at the desk. Lines go
in the order of the file; several files are merged by time. A line that was taken once, at whatever desk of this
service point, is not taken again.

${aboutTimes}

JSON: { lines: [{ file, line, is, id, outcome, verdict: [{ level, code, rule }], summary, reason,
happenedAt }], done, repeated, refused, times }; exit status 1 where a line was not taken, 2 where a
file has none of either format.`,
  options: {
    override: { type: 'string' },
    record: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  run: async (files, values, environment) => {
    if (files.length === 0) throw new UnusableInput('offline import needs a FILE')
    const override = textOption(values, 'override')
    if (override !== null && (override.trim() === '' || override.length > 200)) {
      throw new UnusableInput('--override: a reason of 1 to 200 characters')
    }
    const isRecord = values['record'] === true
    if (isRecord && override !== null) throw new UnusableInput('--override or --record, not both')
    const isDryRun = values['dry-run'] === true
    const given = readFiles(files)
    return withDesk(environment, async (desk) => {
      const reports: Report[] = []
      for (const one of given) {
        if (environment.signal.aborted) break
        reports.push(takeLine({ desk, override, isRecord, isDryRun }, one))
      }
      return outcomeOf(reports, given.length - reports.length, environment)
    })
  },
}

const refusalWords: Record<OfflineRefusal, string> = {
  empty: 'no line in it',
  'too-large': 'too large for an offline file',
  'too-many-lines': `more than ${OFFLINE_LINES_MAX} lines`,
  'not-offline-file': 'no line of a .koc or pending.xacts file',
  'koc-version': 'a .koc file of a version to come',
}

/** Every line but headers and empty ones; several files in the order of what happened. */
function readFiles(files: readonly string[]): Given[] {
  const given = files.flatMap((file) => {
    const read = readOfflineFile(readFileSync(file))
    if ('refusal' in read) throw new UnusableInput(`${file}: ${refusalWords[read.refusal]}`)
    return read.lines.map((one) => ({ ...one, file }))
  })
  return files.length === 1 ? given : byTime(given)
}

/** A line without a time of its own stays behind the line it followed. */
function byTime(given: readonly Given[]): Given[] {
  let before: EpochMs = 0
  return given
    .map((one) => ({ one, at: (before = timeOf(one.read) ?? before) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

interface Taking {
  readonly desk: Headless
  readonly override: string | null
  readonly isRecord: boolean
  readonly isDryRun: boolean
}

function takeLine(taking: Taking, given: Given): Report {
  const planned = planLine(taking.desk.stores, given)
  if (planned.is === 'repeated') {
    return reportOf(given, { outcome: 'repeated', id: planned.operationId })
  }
  if (planned.is !== 'request') {
    return reportOf(given, { outcome: planned.is, reason: planned.reason })
  }
  try {
    // Money has changed hands: no rule keeps it out of the ledger (X3).
    const isRecord = taking.isRecord || planned.request.kind === 'payment.take'
    const receipt = take({ ...taking, isRecord }, planned.request)
    const { operationId: id, findings, summary } = receipt
    const outcome = taking.isDryRun ? foreseen(findings, { ...taking, isRecord }) : receipt.outcome
    const verdict = findings.map(({ level, code, rule }) => ({ level, code, rule }))
    return reportOf(given, { outcome, id, verdict, summary })
  } catch (error) {
    if (!(error instanceof DeskFailure)) throw error
    const reason = `${error.failure} ${error.message}`.trim()
    return reportOf(given, { outcome: 'unusable', reason })
  }
}

function take({ desk, override, isRecord, isDryRun }: Taking, request: LineRequest): Receipt {
  const wanted = { ...request, isDryRun }
  if (isRecord) return desk.recordFact(wanted)
  const plain = desk.perform({ ...wanted, overrides: [] })
  const asked = plain.findings.filter(({ level }) => level === 'override')
  if (override === null || asked.length === 0 || plain.outcome !== 'needs-override') return plain
  return desk.perform({
    ...wanted,
    overrides: asked.map(({ code }) => ({ code, reason: override, second: null })),
  })
}

/** What the line would come to: the answer to a dry run itself names no outcome. */
function foreseen(
  findings: Receipt['findings'],
  { override, isRecord }: Taking,
): 'refused' | 'needs-override' | 'dry-run' {
  if (isRecord) return 'dry-run'
  if (findings.some(({ level }) => level === 'impossible')) return 'refused'
  const isAsked = findings.some(({ level }) => level === 'override')
  return isAsked && override === null ? 'needs-override' : 'dry-run'
}

function reportOf({ file, line, read }: Given, parts: Partial<Report>): Report {
  const at = timeOf(read)
  return {
    file,
    line,
    is: read.is,
    id: null,
    outcome: 'unusable',
    verdict: [],
    summary: null,
    reason: null,
    happenedAt: at === null ? null : new Date(at).toISOString(),
    ...parts,
  }
}

function outcomeOf(
  lines: readonly Report[],
  left: number,
  { isJson }: CommandEnvironment,
): CommandOutcome {
  const count = (...outcomes: Report['outcome'][]): number =>
    lines.filter(({ outcome }) => outcomes.includes(outcome)).length
  const done = count('done', 'dry-run')
  const repeated = count('repeated')
  const refused = lines.length - done - repeated
  const text = [
    ...lines.map(lineText),
    `${done} done, ${repeated} repeated, ${refused} not taken${left === 0 ? '' : `, ${left} left: interrupted`}`,
    aboutTimes,
  ]
  return {
    exit: refused + left === 0 ? 0 : 1,
    json: { lines, done, repeated, refused, times: aboutTimes },
    text: isJson ? '' : text.join('\n'),
  }
}

const lineText = ({ file, line, outcome, id, reason, verdict, happenedAt }: Report): string =>
  [
    `${file}:${line}`,
    outcome,
    happenedAt ?? '',
    id ?? '',
    reason ?? verdict.map(({ code }) => code).join(' '),
  ].join('\t')
