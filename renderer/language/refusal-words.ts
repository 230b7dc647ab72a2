import type { Failure } from '../../contract/desk-api.ts'
import type { DeviceStatus, SyncReason } from '../../contract/topics.ts'
import type { AuthorityRefusal } from '../../domain/authority-refusals.ts'
import type { CopyRefusal } from '../../domain/copy-refusals.ts'
import type { DraftRefusal } from '../../domain/draft-refusals.ts'
import type { TitleRefusal } from '../../domain/title-refusals.ts'
import type { DueRefusal } from '../../domain/due-refusals.ts'
import type { ShelfRefusal } from '../../domain/shelf-refusals.ts'
import type { ItemRefusal } from '../../domain/item-refusals.ts'
import type { SerialRefusal } from '../../domain/serial-refusals.ts'
import type {
  HoldRefusal,
  LedgerRefusal,
  MoneyRefusal,
  ReaderRefusal,
  Refusal,
  RuleRefusal,
} from '../../domain/refusals.ts'

/** What, why, and what to do next; `{{name}}` is filled from the finding. */
// Type aliases, not interfaces: i18next finds keys only in types that may be indexed.
export type RefusalWords = {
  readonly title: string
  readonly what: string
  readonly why: string
  readonly next: string
}

export type FailureWords = {
  readonly title: string
  readonly next: string
}

/** A refusal or failure without its words does not compile. */
export type AllRefusalWords = Record<Refusal, RefusalWords>
export type LedgerRefusalWords = Record<LedgerRefusal, RefusalWords>
export type ItemRefusalWords = Record<ItemRefusal, RefusalWords>
export type AuthorityRefusalWords = Record<AuthorityRefusal, RefusalWords>
export type CopyRefusalWords = Record<CopyRefusal, RefusalWords>
export type DraftRefusalWords = Record<DraftRefusal, RefusalWords>
export type SerialRefusalWords = Record<SerialRefusal, RefusalWords>
export type ShelfRefusalWords = Record<ShelfRefusal, RefusalWords>
export type TitleRefusalWords = Record<TitleRefusal, RefusalWords>
export type DueRefusalWords = Record<DueRefusal, RefusalWords>
export type ReaderRefusalWords = Record<ReaderRefusal, RefusalWords>
export type MoneyRefusalWords = Record<MoneyRefusal, RefusalWords>
export type HoldRefusalWords = Record<HoldRefusal, RefusalWords>
export type RuleRefusalWords = Record<RuleRefusal, RefusalWords>
export type AllFailureWords = Record<Failure, FailureWords>
export type AllReasonWords = Record<SyncReason, string>
export type AllAdviceWords = Record<NonNullable<DeviceStatus['readers'][number]['advice']>, string>
export type AllNoDeviceWords = Record<NonNullable<DeviceStatus['failure']>, string>
