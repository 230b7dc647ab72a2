/** A service point takes a serial. Rules J1 to J4. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { aboutSerial } from '../serial-facts.ts'
import { nothingHeld } from '../serials/held-issues.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { BranchId, TitleId } from '../words/ids.ts'
import type { SubscriptionId } from '../words/ids.ts'
import {
  SubscriptionSummary,
  SubscriptionTerms,
  aboutNothing,
  takenFindings,
  termsFindings,
} from './about-serial.ts'

const Payload = z.strictObject({
  title: TitleId,
  branch: BranchId,
  beginsOn: CalendarDate,
  ...SubscriptionTerms.shape,
})

export const beginSubscription = defineOperation({
  kind: 'subscription.begin',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: SubscriptionSummary,
  subject: ({ title, branch }) =>
    aSubject({ serial: aboutSerial({ titleId: title, branchId: branch }) }),
  decide(facts, { title, branch, beginsOn, ...terms }, ctx) {
    const id = ctx.newId() as SubscriptionId
    const { serial } = facts
    const findings = [
      ...(serial.title === null ? [impossible('unknown-title', 'J1')] : []),
      ...(serial.branch === null
        ? [impossible('unknown-branch', 'J1', { params: { branch } })]
        : []),
      ...termsFindings(beginsOn, terms),
      ...takenFindings(facts, { id, beginsOn, endsOn: terms.endsOn }),
    ]
    const row = {
      ...terms,
      ...nothingHeld,
      id,
      // Merged meanwhile, it is the record that stands (Q7).
      titleId: serial.title?.id ?? title,
      branchId: branch,
      year: Number(beginsOn.slice(0, 4)),
      beginsOn,
      revision: 1,
      endedAt: null,
      nextId: null,
    }
    return {
      findings,
      changes: [put('subscription', row)],
      summary: { subscriptionId: id },
      about: aboutNothing,
    }
  },
})
