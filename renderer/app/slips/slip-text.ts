/** A slip's text from its template: Mustache without HTML, for paper that knows only letters. */
import Mustache from 'mustache'
import type { SlipKind, SlipTemplate } from '../../../domain/slip-records.ts'
import { slipFields } from '../../../domain/slip-records.ts'

/** What a slip can name: texts, and one list whose lines have texts of their own. */
export type SlipView = Readonly<
  Record<string, string | readonly Readonly<Record<string, string>>[]>
>

export type SlipProblem =
  | { readonly is: 'unknown-name'; readonly name: string }
  | { readonly is: 'not-closed' }

export function slipText(template: string, view: SlipView): string {
  return Mustache.render(template, view, {}, { escape: (text: unknown) => String(text) })
}

export const templateIn = (template: SlipTemplate, language: string): string =>
  language === 'zh-CN' ? template.zh : template.en

type Token = readonly [type: string, value: string, from: number, to: number, inner?: Token[]]

/** What stands in the way of printing it; empty where it can be printed. */
export function slipProblems(kind: SlipKind, template: string): readonly SlipProblem[] {
  let tokens: Token[]
  try {
    tokens = Mustache.parse(template) as unknown as Token[]
  } catch {
    // Mustache says it in English, with positions in its own count.
    return [{ is: 'not-closed' }]
  }
  const { plain, list } = slipFields[kind]
  const known = new Set(list === null ? plain : [...plain, list.name])
  return unknownNames(tokens, known, new Set(list?.fields)).map((name) => ({
    is: 'unknown-name',
    name,
  }))
}

function unknownNames(
  tokens: readonly Token[],
  known: ReadonlySet<string>,
  inList: ReadonlySet<string>,
): string[] {
  return tokens.flatMap(([type, value, , , inner]) => {
    if (type === 'text' || type === '!') return []
    const own = known.has(value) ? [] : [value]
    if (type !== '#' && type !== '^') return own
    return [...own, ...unknownNames(inner ?? [], new Set([...known, ...inList]), inList)]
  })
}
