import type { AnswerOf } from '../../contract/queries.ts'

type Row = Pick<AnswerOf<'due-labels'>['rows'][number], 'wasProvisional' | 'isProvisional'>

/** Labels whose number was open, and has come. */
export const cameCount = (rows: readonly Row[]): number =>
  rows.filter(({ wasProvisional, isProvisional }) => wasProvisional && !isProvisional).length
