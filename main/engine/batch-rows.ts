/** What a fix would do to the records of a batch, tag by tag. */
import type { AnswerOf } from '../../contract/queries.ts'
import type { FixedRecord } from '../../db/catalogue/survey-messages.ts'
import type { BatchPlan } from './batch-plans.ts'
import type { Stores } from './stores.ts'

type Row = AnswerOf<'batch-rows'>[number]

interface Page {
  readonly from: number
  readonly limit: number
}

export async function batchRows(
  { survey, catalogue }: Pick<Stores, 'survey' | 'catalogue'>,
  { ids, fix, year }: BatchPlan,
  { from, limit }: Page,
): Promise<Row[]> {
  const asked = ids.slice(from, from + limit)
  const fixed = new Map(
    (await survey.ask('fix', { ids: asked, fix, year })).map((record) => [record.id, record]),
  )
  const titles = catalogue.titles(asked)
  return asked.flatMap((id) => {
    const record = fixed.get(id)
    const title = titles.get(id)
    if (record === undefined || title === undefined) return []
    return [
      { id, title: title.title, controlNumber: title.controlNumber, tags: changedTags(record) },
    ]
  })
}

function changedTags({ before, after }: FixedRecord): Row['tags'] {
  const tags = [...new Set([...before.fields, ...after.fields].map(({ tag }) => tag))]
  return tags.flatMap((tag) => {
    const of = (fields: FixedRecord['before']['fields']) =>
      fields.filter((field) => field.tag === tag)
    const [was, is] = [of(before.fields), of(after.fields)]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ tag, before: was, after: is }]
  })
}
