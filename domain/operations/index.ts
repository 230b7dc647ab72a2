/** The only list of operations. */
import type { z } from 'zod'
import type { OperationSpec } from '../operation.ts'
import { assignException } from './assign-exception.ts'
import { bindException } from './bind-exception.ts'
import { issueCertificate } from './certificate-issue.ts'
import { checkIn } from './check-in.ts'
import { checkOut } from './check-out.ts'
import { commentException } from './comment-exception.ts'
import { claimReturned } from './claim-returned.ts'
import { fastAdd } from './fast-add.ts'
import { foundItem, keepItem, receiveItem } from './item-in-hand.ts'
import { completeParts, describeItem, markMissingParts } from './item-parts.ts'
import { clearDamage } from './clear-damage.ts'
import { markLost } from './mark-lost.ts'
import { markMissing } from './mark-missing.ts'
import { sendItem } from './send-item.ts'
import { takeOver } from './take-over.ts'
import { cancelHold } from './hold-cancel.ts'
import { clearHoldShelf } from './hold-expire-from-shelf.ts'
import { holdNotFound } from './hold-not-found.ts'
import { placeHold } from './hold-place.ts'
import { prioritiseHold } from './hold-prioritise.ts'
import { suspendHold } from './hold-suspend.ts'
import { loadKiosk } from './hold-load-kiosk.ts'
import { trapForHold } from './hold-trap.ts'
import { importTitles } from './import-titles.ts'
import { requestLease } from './lease-request.ts'
import { returnLease } from './lease-return.ts'
import { reverseEntry } from './ledger-reverse.ts'
import { markDamaged } from './mark-damaged.ts'
import { refundPayment } from './payment-refund.ts'
import { takePayment } from './payment-take.ts'
import { earnPoints } from './points-earn.ts'
import { redeemPoints } from './points-redeem.ts'
import { registerReader } from './register-reader.ts'
import { renew } from './renew.ts'
import { settleException } from './settle-exception.ts'
import { editSlip } from './slip-edit.ts'
import { undoOf } from './undo.ts'
import { welcomeReader } from './welcome-reader.ts'
import { addCard } from './add-card.ts'
import { closeReader } from './close-reader.ts'
import { editReader } from './edit-reader.ts'
import { extendCard } from './extend-card.ts'
import { keepHistory } from './keep-history.ts'
import { mergeReaders } from './merge-readers.ts'
import { dismissMessage, leaveMessage } from './reader-messages.ts'
import { replaceCard } from './replace-card.ts'
import { reportCardFound, reportCardLost } from './report-card.ts'
import { setCategory } from './set-category.ts'
import { liftSuspension, suspendReader } from './suspend-reader.ts'
import { chargeFee } from './fee-charge.ts'
import { waiveFee } from './fee-waive.ts'
import { returnPayment } from './payment-return.ts'
import { closeTill } from './till-close.ts'
import { openTill } from './till-open.ts'
import { closeDays, reopenDays } from './calendar-days.ts'
import { setBins } from './library-set-bins.ts'
import { setHours } from './calendar-set-hours.ts'
import { removeLine } from './policy-remove-line.ts'
import { setLine } from './policy-set-line.ts'
import { removeAuthority } from './authority-remove.ts'
import { saveAuthority } from './authority-save.ts'
import { addItems } from './add-items.ts'
import { removeCopyTarget } from './copying-remove-target.ts'
import { saveCopyTarget } from './copying-save-target.ts'
import { setFieldProtection } from './copying-set-protection.ts'
import { copyTitle } from './title-copy.ts'
import { requestBlock, returnBlock } from './book-number-blocks.ts'
import { giveBookNumber } from './book-number-give.ts'
import { editItem, replaceBarcode, withdrawItem } from './item-edit.ts'
import { oweTag, settleTag } from './tag-debts.ts'
import { setSheet } from './label-sheet-set.ts'
import { setScheme } from './number-scheme-set.ts'
import { printLabels } from './spine-label-print.ts'
import { discardDraft } from './draft-discard.ts'
import { publishDraft } from './draft-publish.ts'
import { returnDraft } from './draft-return.ts'
import { saveDraft } from './draft-save.ts'
import { submitDraft } from './draft-submit.ts'
import { arriveIssue } from './serial-arrive.ts'
import { bindIssues, discardIssues } from './serial-bind.ts'
import { claimIssues, markIssue } from './serial-claim.ts'
import { labelIssue } from './serial-label.ts'
import { beginSubscription } from './subscription-begin.ts'
import { changeSubscription, endSubscription } from './subscription-change.ts'
import { renewSubscription } from './subscription-renew.ts'
import { mergeTitles } from './title-merge.ts'
import { suppressTitle, unsuppressTitle } from './title-suppress.ts'
import { correctTitles } from './titles-correct.ts'
import { setTitlesApart } from './titles-set-apart.ts'
import { takeBackCorrection } from './titles-take-back.ts'

const undoable = {
  [checkOut.kind]: checkOut,
  [checkIn.kind]: checkIn,
  [renew.kind]: renew,
  [markDamaged.kind]: markDamaged,
  [registerReader.kind]: registerReader,
  [settleException.kind]: settleException,
  [bindException.kind]: bindException,
  [assignException.kind]: assignException,
  [commentException.kind]: commentException,
  [importTitles.kind]: importTitles,
  [takeOver.kind]: takeOver,
  [claimReturned.kind]: claimReturned,
  [markLost.kind]: markLost,
  [markMissing.kind]: markMissing,
  [foundItem.kind]: foundItem,
  [receiveItem.kind]: receiveItem,
  [keepItem.kind]: keepItem,
  [sendItem.kind]: sendItem,
  [markMissingParts.kind]: markMissingParts,
  [completeParts.kind]: completeParts,
  [describeItem.kind]: describeItem,
  [clearDamage.kind]: clearDamage,
  [fastAdd.kind]: fastAdd,
  [replaceCard.kind]: replaceCard,
  [addCard.kind]: addCard,
  [reportCardLost.kind]: reportCardLost,
  [reportCardFound.kind]: reportCardFound,
  [suspendReader.kind]: suspendReader,
  [liftSuspension.kind]: liftSuspension,
  [editReader.kind]: editReader,
  [setCategory.kind]: setCategory,
  [extendCard.kind]: extendCard,
  [leaveMessage.kind]: leaveMessage,
  [dismissMessage.kind]: dismissMessage,
  [keepHistory.kind]: keepHistory,
  [mergeReaders.kind]: mergeReaders,
  [closeReader.kind]: closeReader,
  [editSlip.kind]: editSlip,
  [chargeFee.kind]: chargeFee,
  [waiveFee.kind]: waiveFee,
  [openTill.kind]: openTill,
  [placeHold.kind]: placeHold,
  [cancelHold.kind]: cancelHold,
  [suspendHold.kind]: suspendHold,
  [prioritiseHold.kind]: prioritiseHold,
  [trapForHold.kind]: trapForHold,
  [clearHoldShelf.kind]: clearHoldShelf,
  [holdNotFound.kind]: holdNotFound,
  [closeDays.kind]: closeDays,
  [reopenDays.kind]: reopenDays,
  [setHours.kind]: setHours,
  [setBins.kind]: setBins,
  [loadKiosk.kind]: loadKiosk,
  [addItems.kind]: addItems,
  [editItem.kind]: editItem,
  [replaceBarcode.kind]: replaceBarcode,
  [withdrawItem.kind]: withdrawItem,
  [setScheme.kind]: setScheme,
  [setSheet.kind]: setSheet,
  [oweTag.kind]: oweTag,
  [settleTag.kind]: settleTag,
  [submitDraft.kind]: submitDraft,
  [returnDraft.kind]: returnDraft,
  [discardDraft.kind]: discardDraft,
  [beginSubscription.kind]: beginSubscription,
  [changeSubscription.kind]: changeSubscription,
  [endSubscription.kind]: endSubscription,
  [renewSubscription.kind]: renewSubscription,
  [arriveIssue.kind]: arriveIssue,
  [labelIssue.kind]: labelIssue,
  [claimIssues.kind]: claimIssues,
  [markIssue.kind]: markIssue,
  [bindIssues.kind]: bindIssues,
  [discardIssues.kind]: discardIssues,
  [saveCopyTarget.kind]: saveCopyTarget,
  [removeCopyTarget.kind]: removeCopyTarget,
  [setFieldProtection.kind]: setFieldProtection,
  [copyTitle.kind]: copyTitle,
  [mergeTitles.kind]: mergeTitles,
  [setTitlesApart.kind]: setTitlesApart,
  [correctTitles.kind]: correctTitles,
  [suppressTitle.kind]: suppressTitle,
  [saveAuthority.kind]: saveAuthority,
  [removeAuthority.kind]: removeAuthority,
  [unsuppressTitle.kind]: unsuppressTitle,
} as const

const undo = undoOf((kind) =>
  Object.hasOwn(undoable, kind) ? undoable[kind as keyof typeof undoable].permission : null,
)

export const operations = {
  ...undoable,
  [undo.kind]: undo,
  [welcomeReader.kind]: welcomeReader,
  // A ledger is only added to (I26): ledger.reverse takes back what an undo would remove.
  [earnPoints.kind]: earnPoints,
  [redeemPoints.kind]: redeemPoints,
  [takePayment.kind]: takePayment,
  [refundPayment.kind]: refundPayment,
  [issueCertificate.kind]: issueCertificate,
  [reverseEntry.kind]: reverseEntry,
  // A number that was given is given to nobody else (C43), and what is printed is on a spine.
  [giveBookNumber.kind]: giveBookNumber,
  [requestBlock.kind]: requestBlock,
  [returnBlock.kind]: returnBlock,
  [printLabels.kind]: printLabels,
  [requestLease.kind]: requestLease,
  [returnLease.kind]: returnLease,
  [returnPayment.kind]: returnPayment,
  // A count is a count: another till is opened after it.
  [closeTill.kind]: closeTill,
  // Loans were decided by it: what was in force stays a version, and another follows.
  [setLine.kind]: setLine,
  [removeLine.kind]: removeLine,
  // The screen takes back what was typed.
  [saveDraft.kind]: saveDraft,
  // The batch is made again.
  [takeBackCorrection.kind]: takeBackCorrection,
  // Items and holds may stand on it by then: another draft corrects it.
  [publishDraft.kind]: publishDraft,
} as const

export type OperationKind = keyof typeof operations
export type PayloadOf<K extends OperationKind> = z.infer<(typeof operations)[K]['payload']>
export type SummaryOf<K extends OperationKind> = z.infer<(typeof operations)[K]['summary']>

/** Any operation, its payload and summary not known at compile time. */
export type AnyOperation = OperationSpec<OperationKind, unknown, unknown>

export const operationKinds = Object.keys(operations) as OperationKind[]

/** May be taken back by an undo: what only adds to a ledger may not. */
export const isUndoableKind = (kind: string): boolean => Object.hasOwn(undoable, kind)

export const isOperationKind = (kind: string): kind is OperationKind =>
  Object.hasOwn(operations, kind)

/** The operation of this kind, to be fed with payloads that its own schema has parsed. */
export const operationOf = (kind: OperationKind): AnyOperation =>
  operations[kind] as unknown as AnyOperation
