import { ofClocks } from './clock-mutations.ts'
import type { Mutation } from './mutation.ts'

const accept = 'server/ledger/accept.ts'
const locked = 'server/ledger/gather-locked.ts'
const spread = 'server/ledger/spread.ts'
const checkIn = 'domain/operations/check-in.ts'
const claim = 'domain/operations/lending-claim.ts'
const verdict = 'domain/verdict.ts'
const rebase = 'db/replica/rebase.ts'
const recover = 'main/sync/recover.ts'
const applyEntries = 'main/sync/apply-entries.ts'

const ofServer: readonly Mutation[] = [
  {
    name: 'dedupe by number',
    file: accept,
    replaces: `    if (earlier === null) return { ...end, divergent`,
    by: `    if (earlier !== null && earlier !== 'in-this-batch') {
      fresh.push(read)
      continue
    }
    if (earlier === null) return { ...end, divergent`,
  },
  {
    name: 'hash compared at the same number (fork)',
    only: 'desk-cloned',
    file: accept,
    replaces: `stored !== undefined && stored.hash === hash ? stored.outcome : null`,
    by: `stored === undefined ? null : stored.outcome`,
  },
  {
    name: 'gap check (wants)',
    only: 'server-restored',
    file: accept,
    replaces: `    if (seq > head.lastSeq + 1) return { ...end, wants: head.lastSeq + 1 }`,
    by: `    if (seq > head.lastSeq + 1) {
      fresh.push(read)
      chains.set(epoch, { lastSeq: seq, headHash: read.hash })
      continue
    }`,
  },
  {
    name: 'chain of hashes',
    only: 'altered-operation',
    file: accept,
    replaces: `seq === head.lastSeq + 1 && prevHash === head.headHash`,
    by: `seq === head.lastSeq + 1`,
  },
  {
    name: 'hash of the body (altered operation)',
    only: 'altered-operation',
    file: 'server/ledger/read-pushed.ts',
    replaces: `  if (createHash('sha256').update(text).digest('hex') !== hash) return 'altered'`,
    by: '',
  },
  {
    name: 'first outcome given again',
    file: accept,
    replaces: `repeated.push(earlier)`,
    by: `repeated.push({ ...earlier, outcome: 'applied', positions: {} })`,
  },
  {
    name: 'row locks and gathering again',
    file: locked,
    replaces: `    return others.size === 0`,
    by: `    return true`,
  },
  {
    name: 'guard of names that are not there yet',
    only: 'same-scan',
    file: locked,
    replaces: `    return fresh.every((one, index) => isSame(facts, one, now[index] ?? []))`,
    by: `    return now.length >= 0`,
  },
  {
    name: 'numbers of the feed without gaps per scope',
    file: 'server/storage/numbered.ts',
    replaces: `const number = (last.get(scope) ?? 0) + 1`,
    by: `const number = Math.max(0, ...last.values()) + 1`,
  },
  {
    name: 'poison alone',
    only: 'poison',
    file: accept,
    replaces: `    return await acceptOneByOne(storage, deviceId, reads, now)`,
    by: `    throw error`,
  },
  {
    name: 'a scope that is left is told',
    file: spread,
    replaces: `    for (const scope of from) if (!to.includes(scope)) tell(scope, [leaving(key, after)])`,
    by: ``,
  },
  {
    name: 'a scope that is entered gets the whole row',
    file: spread,
    replaces: `tell(scope, [entering(kindInKey(key), after, changes)])`,
    by: `tell(scope, changes)`,
  },
  {
    name: 'dependents move along',
    file: spread,
    replaces: `      if (isMoving(move)) moves.push(...(yield* dependentMoves(move, own, from)))`,
    by: ``,
  },
  {
    name: 'brief facts are brief',
    file: 'server/ledger/brief-facts.ts',
    replaces: `put('item', briefItem(item))`,
    by: `put('item', item)`,
  },
  {
    name: 'positions told with the outcome',
    file: accept,
    replaces: `positions: positions.get(one.id) ?? {}`,
    by: `positions: {}`,
  },
  {
    name: 'a revoked desk is told nothing',
    only: 'desk-revoked',
    file: 'server/http/app.ts',
    replaces: `        if (device.revokedAt === null) return await answer(message, device)`,
    by: `        if (device.revokedAt !== 0) return await answer(message, device)`,
  },
  {
    name: 'a scope of another desk is refused',
    only: 'altered-operation',
    file: 'server/http/answers.ts',
    replaces: `  if (other !== undefined) throw new Refused('bad-request', 'a scope of another desk')`,
    by: ``,
  },
  {
    name: 'rights of whoever asks',
    file: 'server/ledger/decide-pushed.ts',
    replaces: `if (!mayPerform && operation.evidence === 'intent') return 'staff-may-not'`,
    by: ``,
  },
]

const ofRules: readonly Mutation[] = [
  {
    name: 'an exception for a fact that broke a rule',
    file: verdict,
    replaces: `changes: [...decision.changes, ...exceptions],`,
    by: `changes: [...decision.changes],`,
  },
  {
    name: 'a request that breaks a rule is refused',
    file: verdict,
    replaces: `operation.evidence === 'intent' && broken.length > 0`,
    by: `operation.evidence !== 'intent' && operation.evidence !== 'physical'`,
  },
  {
    name: 'on-loan rule',
    file: claim,
    replaces: `  return { is: loan.lentAt > place ? 'later-reader' : 'other-reader', loan }`,
    by: `  return { is: 'none' }`,
  },
  {
    name: 'the other loan is disputed',
    file: 'domain/operations/lend-item.ts',
    replaces: `return [patch('loan', current.id, { isDisputed: true })]`,
    by: `return []`,
  },
  {
    name: 'a late return settles the dispute',
    file: checkIn,
    replaces: `  if (end.loan.isDisputed) changes.push(...settleDispute(facts, end.loan, ctx))`,
    by: ``,
  },
  {
    name: 'of three loans the first stays disputed (seed 131)',
    only: 'same-scan',
    patience: 8,
    file: checkIn,
    replaces: `    return facts.openLoansOfItem.every(({ id, isDisputed }) => id !== partnerId || !isDisputed)`,
    by: `    return partnerId !== ''`,
  },
  {
    name: 'a late lending after its return is over',
    file: claim,
    replaces: `  if (returnedAt > place) return { is: 'returned-since', at: returnedAt }`,
    by: ``,
  },
  {
    name: 'a refused request is told',
    file: 'domain/verdict.ts',
    replaces: `    return { outcome: 'refused', findings, changes: [], summary, told }`,
    by: `    return { outcome: 'refused', findings, changes: [], summary, told: [] }`,
  },
  {
    name: 'undo asks whether it still stands',
    file: 'domain/operations/undo.ts',
    replaces: `  } else if (!stand(compared, rowsNow)) {`,
    by: `  } else if (!stand(compared, rowsNow) && operation.id === '') {`,
  },
  {
    name: 'what the slip said is kept',
    only: 'policy-changed,offline',
    file: 'domain/operations/promised-due.ts',
    replaces: `promised.dueOn === undefined ? null`,
    by: `promised.dueOn !== '' ? null`,
  },
  {
    name: 'whom the desk said it keeps an item for is kept',
    only: 'offline',
    file: 'domain/operations/trap-hold.ts',
    replaces: `  if (told === undefined) {`,
    by: `  if (told === undefined || told !== kept?.id) {`,
  },
  {
    name: 'a lease gives no more than it holds',
    only: 'altered-operation',
    file: 'domain/operations/points-redeem.ts',
    replaces: `Math.min(piece.amount, leftIn(lease) - given, open)`,
    by: `Math.min(piece.amount, open)`,
  },
  {
    name: 'a lease ends',
    only: 'altered-operation',
    file: 'domain/operations/lease-spending.ts',
    replaces: `  if (ctx.at <= until) return []`,
    by: `  if (until > 0) return []`,
  },
  {
    name: 'a lease is of one desk and epoch',
    only: 'desk-cloned',
    file: 'domain/policy/points-leases.ts',
    replaces: `): boolean => deviceId === desk.deviceId && epoch === desk.epoch`,
    by: `): boolean => deviceId !== desk.deviceId || epoch > 0`,
  },
  {
    name: 'what is leased is not free',
    file: 'domain/operations/lease-request.ts',
    replaces: `    patch('reader', payload.reader, {}, { pointsFree: -amount }),`,
    by: ``,
  },
  {
    name: 'money beyond what a fee can take stays apart',
    patience: 4,
    file: 'domain/policy/fee-balance.ts',
    replaces: `Math.max(0, Math.min(enteredFen, fee.amountFen - waivedFen))`,
    by: `enteredFen`,
  },
  {
    name: 'cash moves the sum of its till',
    file: 'domain/operations/till-cash.ts',
    replaces: `{ expectedFen: amountFen }`,
    by: `{ expectedFen: 0 * amountFen }`,
  },
  {
    name: 'money for a settled fee is told',
    patience: 4,
    file: 'domain/operations/payment-take.ts',
    replaces: `    found.push(impossible('fee-settled', 'F6', { params, exception }))`,
    by: ``,
  },
  {
    name: 'undo looks at all that was written',
    patience: 5,
    file: 'domain/operations/undo.ts',
    replaces: `joined(earlier, change)`,
    by: `change`,
  },
  {
    name: 'money that is told before its fee counts',
    only: 'server-restored',
    patience: 4,
    file: 'domain/money-before-fee.ts',
    replaces: `    if (entries.length === 0) return []`,
    by: `    if (entries.length >= 0) return []`,
  },
]

const ofDesk: readonly Mutation[] = [
  {
    name: 'the outbox before the answer',
    file: 'main/engine/perform.ts',
    replaces: `  keep(deps, () => outbox.append(stored, undoneOperation(operation, payload)))`,
    by: `  if (stored.seq % 2 === 1) keep(deps, () => outbox.append(stored, undoneOperation(operation, payload)))`,
  },
  {
    name: 'brief facts give way to the own row',
    file: rebase,
    replaces: `    return !isOwn(rows.row('item', id)) && !isOwn(told)`,
    by: `    return isOwn(told) || !isOwn(told)`,
  },
  {
    name: 'an old brief fact of the own branch is passed over',
    file: rebase,
    replaces: `!isOwn(rows.row('item', id)) && !isOwn(told)`,
    by: `!isOwn(rows.row('item', id)) && told !== undefined`,
  },
  {
    name: 'rebase of all that share keys',
    file: 'domain/sync/replica.ts',
    replaces: `      for (const other of operation.keys) restore.add(other)`,
    by: ``,
  },
  {
    name: 'back to the server\u2019s rows first',
    file: rebase,
    replaces: `    writer.restore(kind, id, base.row)`,
    by: ``,
  },
  {
    name: 'before-images kept at a replay',
    file: rebase,
    replaces: `      pending.keepBase(key, rows.storedRow(kind, id))`,
    by: ``,
  },
  {
    name: 'gap check of the cursors (ReplicaGap)',
    file: rebase,
    replaces: `    if (number !== wanted) throw new ReplicaGap(scope, wanted, number)`,
    by: ``,
  },
  {
    name: 'settled only when its feed is here',
    file: applyEntries,
    replaces: `      followed.every((scope) => (positions[scope] ?? 0) <= (cursors[scope] ?? 0)),`,
    by: `      followed.every((scope) => (positions[scope] ?? 0) >= 0 || cursors[scope] !== 0),`,
  },
  {
    name: 'a refusal takes its effect back',
    file: applyEntries,
    replaces: `  if (refused.length === 0) return`,
    by: `  if (refused.length >= 0) return`,
  },
  {
    name: 'the city\u2019s titles beneath the own ones',
    file: 'db/catalogue/own-titles.ts',
    replaces: `.run(key, textOf(row))
    },
    told`,
    by: `.run(key, null)
    },
    told`,
  },
  {
    name: 'own titles go when the city has answered',
    file: applyEntries,
    replaces: `    const titleIds = catalogue.settle(seqs)`,
    by: `    const titleIds = catalogue.settle(seqs.slice(0, 0))`,
  },
  {
    name: 'replay at the corrected clock',
    only: 'clock-jumps,offline',
    file: 'main/engine/replay.ts',
    replaces: `  const at = eventTime(body)`,
    by: `  const at = Math.max(0, body.wallMs, eventTime(body) - eventTime(body))`,
  },
  {
    name: 'caught up after an unclean stop',
    only: 'desk-killed',
    patience: 4,
    file: 'main/engine/replay.ts',
    replaces: `  const behind = outbox.unsettledSeqs(replica.localSeq())`,
    by: `  const behind = outbox.unsettledSeqs(replica.localSeq()).slice(0, 0)`,
  },
  {
    name: 'how far the rows hold the own log (localSeq)',
    file: 'db/replica/replica.ts',
    replaces: `    progress.saveLocalSeq(operation.seq)`,
    by: ``,
  },
  {
    name: 'a new epoch where the server is ahead (rewind)',
    only: 'desk-rolled-back',
    file: recover,
    replaces: `  const isAhead = city.lastSeq > shared`,
    by: `  const isAhead = city.lastSeq > shared && epoch < 0`,
  },
  {
    name: 'told anew at a fork',
    only: 'desk-cloned',
    file: recover,
    replaces: `  outbox.turn({ identity, endedEpoch: epoch, keptThrough, reissues })`,
    by: `  outbox.turn({ identity, endedEpoch: epoch, keptThrough, reissues: reissues.slice(0, 0) })`,
  },
  {
    name: 'epoch of the server compared',
    only: 'server-restored',
    file: recover,
    replaces: `  } else if (identity.serverEpoch !== city.serverEpoch) {`,
    by: `  } else if (identity.serverEpoch !== city.serverEpoch && epoch < 0) {`,
  },
]

export const mutations: readonly Mutation[] = [...ofServer, ...ofRules, ...ofClocks, ...ofDesk]
