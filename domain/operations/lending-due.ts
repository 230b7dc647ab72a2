/** When a lending falls due: by the policy, by the doors, or as somebody chose. Rules L15, L24, L32. */
import type { Facts } from '../facts.ts'
import { alert, impossible, note, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { openDayFrom } from '../policy/calendar.ts'
import { dueAfter } from '../policy/due-date.ts'
import type { Due } from '../policy/due-date.ts'
import type { LoanTerms } from '../policy/loan-rules.ts'
import type { Reader } from '../records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { dueText } from '../words/due-date.ts'
import type { Elsewhere } from './from-elsewhere.ts'
import type { Claim } from './lending-claim.ts'
import { isPlaceholderReader } from './placeholders.ts'
import { promisedDue } from './promised-due.ts'
import { roomDue } from './reading-room.ts'
import { renewedDue } from './renew.ts'

interface Asked {
  readonly dueOn: CalendarDate | null
  readonly readingRoom?: boolean | undefined
  readonly elsewhere?: Elsewhere | undefined
}

interface Period {
  readonly facts: Facts
  readonly payload: Asked
  readonly ctx: Ctx
  readonly terms: LoanTerms
  readonly reader: Reader
  readonly claim: Claim
}

interface Told {
  readonly due: Due
  readonly findings: readonly Finding[]
}

const untilEndOf = (on: CalendarDate): Due => ({ on, at: null, wanted: on })

export function dueDate(period: Period): Told {
  const { facts, payload, ctx, terms, claim } = period
  if (payload.readingRoom === true && claim.is !== 'same-reader') {
    return { due: roomDue(facts.calendar, ctx), findings: [] }
  }
  if (terms.loanDays === null) {
    const due = untilEndOf(ctx.promised.dueOn ?? ctx.today)
    return { due, findings: [impossible('no-loan-rule', 'P1')] }
  }
  if (payload.dueOn !== null) return chosenDue(period, payload.dueOn)
  if (claim.is === 'same-reader') return { due: byRenewal(period), findings: [] }
  const promised = promisedDue(ctx)
  const due = dueByTerms(period)
  if (promised !== null) return { due: { ...due, ...promised }, findings: [] }
  return { due, findings: moved(due) }
}

/** L15: said where closed days, a term or the card moved what the period alone says. */
const moved = ({ on, wanted }: Due): Finding[] =>
  on === wanted ? [] : [note('due-date-moved', 'L15', { params: { from: wanted, to: on } })]

/**
 * L32: earlier than the policy's is everybody's to choose, later needs a right. What another system
 * told its reader is neither moved nor measured here.
 */
function chosenDue(period: Period, chosen: CalendarDate): Told {
  const { facts, payload, ctx, reader, terms } = period
  const past = chosen < ctx.today ? [impossible('due-date-in-past', 'L15')] : []
  if (payload.elsewhere !== undefined) return { due: untilEndOf(chosen), findings: past }
  const on = openDayFrom(facts.calendar, chosen)
  const due = { on: promisedDue(ctx)?.on ?? on, at: null, wanted: chosen }
  const findings = [...past, ...moved({ ...due, on })]
  // Measured by the rule, not by what was told.
  const usual =
    period.claim.is === 'same-reader'
      ? byRenewal({ ...period, ctx: { ...ctx, promised: {} } })
      : dueByTerms(period)
  if (chosen > usual.on) {
    const params = { dueOn: dueText(usual), line: terms.lineOf.loanDays }
    findings.push(
      override('due-date-beyond-policy', 'L32', { params, permission: 'override-limits' }),
    )
  }
  if (!isPlaceholderReader(reader) && reader.expiresOn < on) {
    const params = { expiresOn: reader.expiresOn }
    findings.push(alert('due-date-after-card', 'L32', { params }))
  }
  return { due, findings }
}

function byRenewal({ facts, ctx, terms, claim }: Period): Due {
  if (claim.is !== 'same-reader') throw new Error('nobody has it')
  const due = renewedDue(facts, claim.loan, terms, ctx)
  return { ...due, wanted: due.on }
}

const dueByTerms = ({ facts, ctx, terms, reader }: Omit<Period, 'claim' | 'payload'>): Due =>
  dueAfter(terms.loanDays ?? 0, terms, {
    at: ctx.at,
    calendar: facts.calendar,
    expiresOn: isPlaceholderReader(reader) ? null : reader.expiresOn,
  })

/** The date on the slip of a desk that did not know of the loan: the reader goes by it (I28). */
export function printedDue(period: Omit<Period, 'claim'>): Due {
  const { ctx, payload, facts } = period
  if (payload.readingRoom === true) return roomDue(facts.calendar, ctx)
  const promised = promisedDue(ctx)
  if (promised !== null) return { ...promised, wanted: promised.on }
  return payload.dueOn === null ? dueByTerms(period) : untilEndOf(payload.dueOn)
}
