import type { AnswerOf } from '../../../contract/queries.ts'

/** Due and not here. */
export type AwaitedRow = AnswerOf<'serials'>['awaited'][number]
/** A year of a serial, as it is opened. */
export type Opened = NonNullable<AnswerOf<'subscription'>>
