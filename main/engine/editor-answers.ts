/** What the editor of records asks beside the draft itself. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { readAloud } from '../../db/catalogue/read-aloud.ts'
import { authorities, variantsUsed } from '../../db/queries/authorities.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { titleVersions } from '../../db/queries/title-versions.ts'
import { textOfAuthority } from '../../domain/marc/heading-key.ts'
import { headings } from './headings.ts'
import type { Headings } from './headings.ts'
import type { Stores } from './stores.ts'

interface EditorAnswers {
  readonly headings: (ask: AskOf<'headings'>) => Promise<Headings>
  readonly authorities: (ask: AskOf<'authorities'>) => ReturnType<typeof authorities>
  readonly 'variants-used': (ask: AskOf<'variants-used'>) => AnswerOf<'variants-used'>
  readonly 'title-versions': (ask: AskOf<'title-versions'>) => ReturnType<typeof titleVersions>
  readonly readings: (ask: AskOf<'readings'>) => AnswerOf<'readings'>
}

export const editorAnswers = (stores: Stores, now: () => AskedAt): EditorAnswers => ({
  headings: (ask) => headings(stores, ask, now()),
  authorities: (ask) => authorities(stores, ask, now()),
  'variants-used': (ask) => ({
    used: variantsUsed(stores, ask, now()).map(({ index, written, authority }) => ({
      index,
      written,
      heading: textOfAuthority(authority),
      indicators: authority.indicators,
      subfields: authority.subfields,
    })),
  }),
  'title-versions': (ask) => titleVersions(stores, ask, now()),
  readings: ({ texts }) => ({
    readings: texts.map(({ text, isName }) =>
      readAloud(text, isName).map((part) => ({ ...part, readings: [...part.readings] })),
    ),
  }),
})
