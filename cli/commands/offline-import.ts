/** `citydesk offline import FILE…`: what another system's desk wrote while it was offline. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Receipt } from '../../contract/desk-api.ts'
import { aSubject } from '../../domain/facts.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { EpochMs } from '../../domain/words/calendar-date.ts'
import { DeskFailure } from '../../main/engine/desk-failure.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { UnusableInput, textOption } from '../command.ts'
import type { Command, CommandEnvironment, CommandOutcome } from '../command.ts'
import { readOfflineLine } from '../offline-lines.ts'
import type { OfflineLine } from '../offline-lines.ts'
import { withDesk } from '../with-desk.ts'

const aboutTimes =
  'Each line is recorded as of now: due dates count from today. The time of the file is kept in ' +
  'this report (happenedAt); a return counts for the day of the file.'

interface Report {
  readonly file: string
  readonly line: number
  readonly is: OfflineLine['is']
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

interface Given {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly read: OfflineLine
}

export const offlineImport: Command = {
  name: 'offline import',
  summary: "Takes another system's offline file: Koha .koc, Evergreen pending.xacts.",
  help: `FILE… [--override REASON] [--dry-run]
  --override REASON   answers what needs an override, as a branch head would; without it such
                      lines are refused and listed
  --dry-run           each line's verdict on the desk as it is now; writes nothing

Lending and returning are taken. Renewals, payments, registrations, in-house use and loans of
uncatalogued things are listed as not taken: do them at the desk. So are lines whose item was lent
or returned on this desk after the time of the file (moved-since). Lines go in the order of the
file; several files are merged by time. A line that was taken once is not taken again.

${aboutTimes}

JSON: { lines: [{ file, line, is, id, outcome, verdict: [{ level, code, rule }], summary, reason,
happenedAt }], done, repeated, refused, times }; exit status 1 where a line was not taken, 2 where a
file has none of either format.`,
  options: { override: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  run: async (files, values, environment) => {
    if (files.length === 0) throw new UnusableInput('offline import needs a FILE')
    const override = textOption(values, 'override')
    if (override !== null && (override.trim() === '' || override.length > 200)) {
      throw new UnusableInput('--override: a reason of 1 to 200 characters')
    }
    const isDryRun = values['dry-run'] === true
    const given = await readFiles(files)
    return withDesk(environment, async (desk) => {
      const moved = new Set<string>()
      const reports: Report[] = []
      for (const one of given) {
        if (environment.signal.aborted) break
        reports.push(takeLine({ desk, moved, override, isDryRun }, one))
      }
      return outcomeOf(reports, given.length - reports.length, environment)
    })
  },
}

/** Every line but headers and empty ones; several files in the order of what happened. */
async function readFiles(files: readonly string[]): Promise<Given[]> {
  const given: Given[] = []
  for (const file of files) {
    let line = 0
    let known = 0
    for await (const text of createInterface({ input: createReadStream(file) })) {
      line += 1
      if (text.trim() === '') continue
      const read = readOfflineLine(text)
      if (read.is !== 'unusable') known += 1
      if (read.is !== 'header') given.push({ file, line, text, read })
    }
    if (known === 0) throw new UnusableInput(`${file}: no line of a .koc or pending.xacts file`)
  }
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

const timeOf = (read: OfflineLine): EpochMs | null =>
  'happenedAt' in read ? read.happenedAt : null

interface Taking {
  readonly desk: Headless
  /** Barcodes that lines before this one moved: their times on the desk are those of this run. */
  readonly moved: Set<string>
  readonly override: string | null
  readonly isDryRun: boolean
}

function takeLine({ desk, moved, override, isDryRun }: Taking, given: Given): Report {
  const { read } = given
  if (read.is === 'header' || read.is === 'unusable' || read.is === 'not-taken') {
    const outcome = read.is === 'not-taken' ? read.is : 'unusable'
    return reportOf(given, { outcome, reason: 'reason' in read ? read.reason : null })
  }
  const requestId = requestIdOf(given.text)
  const earlier = desk.stores.outbox.byRequestId(requestId)
  if (earlier !== null) return reportOf(given, { outcome: 'repeated', id: earlier.id })
  if (!moved.has(read.barcode) && isMovedSince(desk, read.barcode, read.happenedAt)) {
    return reportOf(given, { outcome: 'not-taken', reason: 'moved-since' })
  }
  try {
    const wanted = { ...requestOf(read), requestId, isDryRun }
    const plain = desk.perform({ ...wanted, overrides: [] })
    const asked = plain.findings.filter(({ level }) => level === 'override')
    const isAnswered = override !== null && asked.length > 0 && plain.outcome === 'needs-override'
    const receipt = isAnswered
      ? desk.perform({
          ...wanted,
          overrides: asked.map(({ code }) => ({ code, reason: override, second: null })),
        })
      : plain
    if (receipt.outcome === 'done') moved.add(read.barcode)
    const { operationId: id, findings, summary } = receipt
    const outcome = isDryRun ? foreseen(findings, override) : receipt.outcome
    const verdict = findings.map(({ level, code, rule }) => ({ level, code, rule }))
    return reportOf(given, { outcome, id, verdict, summary })
  } catch (error) {
    if (!(error instanceof DeskFailure)) throw error
    const reason = `${error.failure} ${error.message}`.trim()
    return reportOf(given, { outcome: 'unusable', reason })
  }
}

/** What the line would come to: the answer to a dry run itself names no outcome. */
function foreseen(
  findings: Receipt['findings'],
  override: string | null,
): 'refused' | 'needs-override' | 'dry-run' {
  if (findings.some(({ level }) => level === 'impossible')) return 'refused'
  const isAsked = findings.some(({ level }) => level === 'override')
  return isAsked && override === null ? 'needs-override' : 'dry-run'
}

/** The file has no ids: the line itself is one, whatever its file is called by now. */
const requestIdOf = (text: string): string =>
  createHash('sha256').update(text.trim()).digest('hex').slice(0, 40)

/** Lent or returned on this desk after the event: an old line must not undo what came later. */
function isMovedSince({ stores }: Headless, barcode: string, happenedAt: EpochMs): boolean {
  const branchId = stores.outbox.identity()?.branchId ?? ''
  const { item, loan } = stores.replica.gather(aSubject({ barcode }), branchId)
  return (item?.lastCheckInAt ?? 0) > happenedAt || (loan?.lentAt ?? 0) > happenedAt
}

function requestOf(read: Extract<OfflineLine, { is: 'check-out' | 'check-in' }>) {
  const today = dateAt(Date.now())
  if (read.is === 'check-out') {
    const { barcode, card, dueOn } = read
    const kept = dueOn !== null && dueOn >= today ? dueOn : null
    return { kind: 'loan.check-out', payload: { barcode, card, dueOn: kept } }
  }
  const { barcode, returnedOn } = read
  const payload = { barcode, returnedOn: returnedOn === today ? null : returnedOn }
  return { kind: 'loan.check-in', payload }
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
