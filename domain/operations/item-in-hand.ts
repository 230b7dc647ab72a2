/**
 * What is found, received as a parcel, or stays here after all: the rules of a return, without a
 * reader who brings it. Rules R12, T2–T5, T8 and H7 of docs/rules.md.
 */
import { z } from 'zod'
import { defineOperation } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import { ReturnSummary, promisedHold, returnSubject, takenBack } from './check-in.ts'
import type { CameBack } from './check-in.ts'

const Payload = z.strictObject({ barcode: PlainText(64).min(1) })

const inHand = <K extends string>(kind: K, as: CameBack) =>
  defineOperation({
    kind,
    evidence: 'physical',
    permission: 'circulate',
    audit: 'circulation',
    payload: Payload,
    summary: ReturnSummary,
    subject: returnSubject,
    decide: (facts, { barcode }, ctx) => takenBack(facts, { barcode, returnedOn: null }, ctx, as),
    promises: promisedHold,
  })

/** On the shelf, behind it, in another crate. */
export const foundItem = inHand('item.found', 'find')
export const receiveItem = inHand('item.receive', 'parcel')
/** What was about to be sent, or should have been, is not. */
export const keepItem = inHand('item.keep', 'kept')
