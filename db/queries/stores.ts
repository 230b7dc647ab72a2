/** What a question is asked of, and when. */
import type { CalendarDate, EpochMs } from '../../domain/words/calendar-date.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Replica } from '../replica/replica.ts'

export interface Stores {
  readonly outbox: Outbox
  readonly replica: Replica
  readonly catalogue: Catalogue
}

export interface AskedAt {
  readonly at: EpochMs
  readonly today: CalendarDate
}
