/**
 * What a field, its indicators and its subfields are called. The tables beside this are lines of
 * text, because people who know CNMARC and not TypeScript read and correct them:
 *
 *     200 M N 题名与责任说明 / Title and responsibility
 *     i1 1 题名作检索点 / Title is an access point
 *     a R 正题名 / Title proper
 *     4 R 责任方式 / Role @roles
 *
 * After the tag: M mandatory, B for books, S for serials, - for none. Then R repeatable or N not.
 * `#` is a blank. What follows `@` names the list of codes that the subfield takes.
 */
import type { CodeChoice, Wording } from './code-choices.ts'
import { codeLists } from './code-lists.ts'

export interface SubfieldDefinition extends Wording {
  readonly code: string
  readonly isRepeatable: boolean
  /** Null where it is free text. */
  readonly choices: readonly CodeChoice[] | null
}

export interface FieldDefinition extends Wording {
  readonly tag: string
  readonly isMandatoryFor: 'all' | 'books' | 'serials' | 'none'
  readonly isRepeatable: boolean
  /** Of the first and of the second; empty where it is not defined and stays blank. */
  readonly indicators: readonly [readonly CodeChoice[], readonly CodeChoice[]]
  /** Empty for 00X, which holds a value and no subfields. */
  readonly subfields: readonly SubfieldDefinition[]
}

const FIELD = /^(\d{3}) ([MBS-]) ([RN]) (.+) \/ (.+)$/u
const INDICATOR = /^i([12]) (\S) (.+) \/ (.+)$/u
const SUBFIELD = /^([0-9A-Za-z]) ([RN]) (.+) \/ ([^@]+?)(?: @(\w+))?$/u

const MANDATORY = { M: 'all', B: 'books', S: 'serials', '-': 'none' } as const

/** Throws at a line that is none: the tables are part of the program. */
export function readFieldTable(table: string): FieldDefinition[] {
  const blocks = table
    .trim()
    .split(/\n(?=\d{3} )/u)
    .map((block) => block.split('\n'))
  return blocks.map(readField)
}

function readField([head = '', ...lines]: readonly string[]): FieldDefinition {
  const [, tag, mandatory = '', repeats, zh = '', en = ''] = FIELD.exec(head) ?? []
  if (tag === undefined) throw new Error(`no field: ${head}`)
  const first: CodeChoice[] = []
  const second: CodeChoice[] = []
  const subfields: SubfieldDefinition[] = []
  for (const line of lines) {
    const indicator = INDICATOR.exec(line)
    if (indicator === null) {
      subfields.push(readSubfield(line))
      continue
    }
    const [, place, code = '', ofZh = '', ofEn = ''] = indicator
    const choice = { code: code.replace('#', ' '), zh: ofZh, en: ofEn }
    ;(place === '1' ? first : second).push(choice)
  }
  return {
    tag,
    zh,
    en,
    isMandatoryFor: MANDATORY[mandatory as keyof typeof MANDATORY],
    isRepeatable: repeats === 'R',
    indicators: [first, second],
    subfields,
  }
}

function readSubfield(line: string): SubfieldDefinition {
  const [, code, repeats, zh = '', en = '', list] = SUBFIELD.exec(line) ?? []
  if (code === undefined) throw new Error(`no subfield: ${line}`)
  const choices = list === undefined ? null : codeLists[list as keyof typeof codeLists]
  if (choices === undefined) throw new Error(`no such list of codes: ${line}`)
  return { code, isRepeatable: repeats === 'R', zh, en, choices }
}
