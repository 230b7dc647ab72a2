/**
 * Where each record must be, told a second time from the plan and not from domain/scopes.ts:
 * what enters and leaves a feed is held against this.
 */
import type { Item, Loan, Reader, RecordKind, Records } from '../../../domain/records.ts'
import { rowIn } from './table.ts'
import type { Row, Table } from './table.ts'

const ofBranches = (ids: readonly (string | null)[]): Set<string> =>
  new Set(ids.flatMap((id) => (id === null ? [] : [`branch:${id}`])))

const branchesOfItem = (item: Item | null): (string | null)[] =>
  item === null ? [] : [item.homeBranchId, item.atBranchId, item.transitToBranchId]

/** A merged record is where the one is that stands for the person now. */
function branchesOfReader(table: Table, reader: Reader | null): string[] {
  let stands = reader
  while (stands !== null && stands.mergedIntoId !== null) {
    stands = rowIn(table, 'reader', stands.mergedIntoId)
  }
  return (stands?.activeAt ?? []).map(({ branchId }) => branchId)
}

function branchesOfLoan(table: Table, loan: Loan): (string | null)[] {
  if (loan.returnedBranchId !== null) return [loan.lentBranchId, loan.returnedBranchId]
  return [
    loan.lentBranchId,
    ...branchesOfItem(rowIn(table, 'item', loan.itemId)),
    ...branchesOfReader(table, rowIn(table, 'reader', loan.readerId)),
  ]
}

/** The scopes that the row as it is in `table` must be in; `brief` is looked at on its own. */
export function expectedScopes(table: Table, kind: RecordKind, row: Row): Set<string> {
  switch (kind) {
    case 'library':
    case 'branch':
    case 'calendar':
    case 'policy':
    case 'staff':
    case 'slip-template':
    case 'hold':
    case 'draft':
    case 'subscription':
    case 'copy-target':
    case 'field-protection':
    case 'number-schemes':
    case 'former-barcode':
    case 'tag-debt':
    case 'title-redirect':
    case 'titles-apart':
    case 'title-suppression':
    case 'authority':
      return new Set(['city'])
    case 'title':
    case 'bib':
      return new Set(['catalogue'])
    case 'item':
      return ofBranches(branchesOfItem(row as Item))
    case 'reader':
      return ofBranches(branchesOfReader(table, row as Reader))
    case 'loan':
      return ofBranches(branchesOfLoan(table, row as Loan))
    case 'fee':
    case 'ledger-entry':
    case 'card':
    case 'reader-message':
      return ofBranches(
        branchesOfReader(table, rowIn(table, 'reader', (row as Records['fee']).readerId)),
      )
    case 'exception':
      return ofBranches([
        (row as Records['exception']).branchId,
        (row as Records['exception']).otherBranchId,
      ])
    case 'lease':
      return new Set([`device:${(row as Records['lease']).deviceId}`])
    case 'offline-line':
      return ofBranches([(row as Records['offline-line']).branchId])
    case 'serial-issue':
      return ofBranches([(row as Records['serial-issue']).branchId])
    case 'spine-label':
      return ofBranches([(row as Records['spine-label']).branchId])
    case 'label-sheet':
      return ofBranches([row.id])
    case 'book-number':
      return ofBranches((row as Records['book-number']).branchIds)
    case 'till':
      return ofBranches([(row as Records['till']).branchId])
    case 'blocked-card':
      return new Set(['brief'])
    default:
      return new Set()
  }
}

/** What the whole city may know of an item (design/sync.md, Feed: owner and state in brief). */
export const expectedBrief = (item: Item): Item => ({
  ...item,
  callNumber: null,
  shelf: null,
  priceFen: null,
  conditionNote: null,
  heldForReaderId: null,
  inHouseUsesCount: 0,
  holdId: null,
})
