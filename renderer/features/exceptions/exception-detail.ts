import type { AnswerOf } from '../../../contract/queries.ts'

export type ExceptionDetail = NonNullable<AnswerOf<'exception'>>
