/**
 * The invariants of design/sync.md, where each is looked at and when. `step`: after every event on
 * the desks that moved; `rows`: every fifth such step, row by row; `commit`: after each transaction of
 * the server; `answer`: for each answer before the line has it; `healed`: once at the end.
 */
export interface CheckedInvariant {
  readonly id: string
  readonly says: string
  readonly when: 'step' | 'rows' | 'commit' | 'answer' | 'healed' | 'elsewhere'
  readonly by: string
}

const desk = 'reference/desk-model.ts'
const city = 'reference/city-model.ts'
const rules = 'reference/city-rules.ts'
const ledgers = 'reference/ledger-rules.ts'
const answers = 'answer-rules.ts'
const healed = 'healed-rules.ts'

export const invariants: readonly CheckedInvariant[] = [
  {
    id: 'I1',
    says: 'done is in the outbox after any crash',
    when: 'step',
    by: 'sim-desk.ts at each start, ' + desk,
  },
  {
    id: 'I2',
    says: 'effect exactly once, or in quarantine',
    when: 'commit',
    by: `${city}; ${healed} for what was acknowledged`,
  },
  { id: 'I3', says: 'no gaps per device and epoch', when: 'commit', by: city },
  {
    id: 'I4',
    says: 'never two hashes for one number',
    when: 'commit',
    by: `${city}, strangers.ts`,
  },
  { id: 'I5', says: 'sent again, nothing changes', when: 'healed', by: healed },
  { id: 'I6', says: 'what was answered is kept', when: 'answer', by: answers },
  {
    id: 'I7',
    says: 'a fact is in the history',
    when: 'commit',
    by: `reference/outcome-rules.ts; ${healed}`,
  },
  { id: 'I8', says: 'poison delays nobody', when: 'answer', by: answers },
  {
    id: 'I9',
    says: 'an outcome never changes',
    when: 'answer',
    by: `${answers}; ${desk} for what the desk keeps`,
  },
  {
    id: 'I10',
    says: 'healed, rows equal the city',
    when: 'healed',
    by: `${desk}; titles and their full records as well`,
  },
  { id: 'I11', says: 'no before-images when nothing is pending', when: 'rows', by: desk },
  {
    id: 'I12',
    says: 'shown = base + pending',
    when: 'rows',
    by: `${desk}: the feed from its beginning with the pending changes over it; the rules are not run a second time there (db/replica/rebase-property.test.ts does)`,
  },
  {
    id: 'I13',
    says: 'snapshot + tail = tail from zero',
    when: 'elsewhere',
    by: 'the tests of main/sync/snapshots*: files travel by HTTP ranges, not over this line; a replica that was lost is filled from zero here and held to I10',
  },
  { id: 'I14', says: 'cursors never go back', when: 'step', by: desk },
  {
    id: 'I15',
    says: 'no split transaction shown',
    when: 'rows',
    by: `${desk}: rows are compared at the borders of entries`,
  },
  {
    id: 'I16',
    says: 'own writes stay visible until their outcome is told',
    when: 'step',
    by: desk,
  },
  {
    id: 'I17',
    says: 'a row is on the desk iff in its scopes',
    when: 'commit',
    by: `${city} against reference/scopes.ts`,
  },
  {
    id: 'I18',
    says: 'the feed per scope has no gaps',
    when: 'commit',
    by: `${city}, ${answers}, ${desk}`,
  },
  { id: 'I19', says: 'deleted rows stay deleted', when: 'commit', by: city },
  { id: 'I20', says: 'one undisputed open loan an item', when: 'commit', by: rules },
  { id: 'I21', says: 'a disputed loan has an open exception', when: 'commit', by: rules },
  {
    id: 'I22',
    says: 'exceptions = operations with that outcome',
    when: 'commit',
    by: `${rules}, reference/outcome-rules.ts`,
  },
  { id: 'I23', says: 'no balance below its floor, untold', when: 'commit', by: ledgers },
  { id: 'I24', says: 'leases + free = balance', when: 'commit', by: ledgers },
  { id: 'I25', says: 'no lease beyond its amount, epoch or end', when: 'commit', by: ledgers },
  { id: 'I26', says: 'ledger entries never change', when: 'commit', by: city },
  { id: 'I27', says: 'numbers are unique', when: 'commit', by: ledgers },
  {
    id: 'I28',
    says: 'the due date printed is the one kept',
    when: 'healed',
    by: `${healed}; later than printed harms nobody: a renewal keeps the later of two slips`,
  },
  { id: 'I29', says: 'one fee per cause', when: 'commit', by: rules },
  {
    id: 'I30',
    says: 'no overdue notice on a disputed loan',
    when: 'elsewhere',
    by: 'no notices are sent yet; that a disputed loan is not charged: domain/operations/check-in.test.ts',
  },
  { id: 'I31', says: 'chain heads equal the fold', when: 'commit', by: city },
  {
    id: 'I32',
    says: 'no personal data outside its scopes',
    when: 'answer',
    by: `${answers}; ${city} for the brief feed; logs: server/http tests`,
  },
  { id: 'I33', says: 'nothing to a revoked device', when: 'answer', by: answers },
  { id: 'I34', says: 'any supported version can push', when: 'answer', by: 'strangers.ts' },
  {
    id: 'I35',
    says: 'clone and rollback are detected',
    when: 'healed',
    by: `${healed}: what either twin did is with the city (I2)`,
  },
  {
    id: 'I36',
    says: 'memory and buffers stay bounded',
    when: 'elsewhere',
    by: 'test/bench sync: a run of some days of virtual time fills nothing',
  },
  { id: 'I37', says: 'the lag reaches zero by itself', when: 'healed', by: desk },
]
