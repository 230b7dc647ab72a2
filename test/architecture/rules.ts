import { Visitor } from 'oxc-parser'
import type { Node } from 'oxc-parser'

import { lineAt, parse } from './imports.ts'
import type { Violation } from './layers.ts'

/** `L7` in `L7 An item on loan …`; `L7`, `L8` in `L7, L8 …`. Call numbers (`I247.5`) have no blank after them. */
const leadingIds = /^((?:[A-Z]\d{1,2}[a-z]?)(?:[,/] ?[A-Z]\d{1,2}[a-z]?)*)[ :]/

/** What the last cell of a rule's row says about its test. */
export type RuleTest = { later: boolean; heldBy: string | null }

/** The rules that docs/rules.md defines: rows whose first cell is an id. */
export function rulesIn(markdown: string): Map<string, RuleTest> {
  const rules = new Map<string, RuleTest>()
  for (const line of markdown.split('\n')) {
    const id = /^\| ([A-Z]\d{1,2}[a-z]?) \|/.exec(line)?.[1]
    if (id === undefined) continue
    if (rules.has(id)) throw new Error(`docs/rules.md defines ${id} twice`)
    const last = line.trim().slice(1, -1).split('|').at(-1)?.trim() ?? ''
    rules.set(id, {
      later: last.startsWith('later: '),
      heldBy: /^held by (\S+)$/.exec(last)?.[1] ?? null,
    })
  }
  return rules
}

/** Ids that findings carry: `impossible('item-withdrawn', 'L10')`. */
export function citedRules(path: string, source: string): { id: string; line: number }[] {
  const found: { id: string; line: number }[] = []
  new Visitor({
    CallExpression(node) {
      if (node.callee.type !== 'Identifier') return
      if (!/^(impossible|override|alert|note)$/.test(node.callee.name)) return
      const id = textOf(node.arguments[1])
      if (id !== null) found.push({ id, line: lineAt(source, node.start) })
    },
  }).visit(parse(path, source).program)
  return found
}

/** Ids at the start of test names, and of the strings that a table test takes its names from. */
export function quotedRules(path: string, source: string): { id: string; line: number }[] {
  const found: { id: string; line: number }[] = []
  const look = (node: Node | null | undefined): void => {
    const text = textOf(node)
    const ids = text === null ? undefined : leadingIds.exec(text)?.[1]
    if (node === null || node === undefined || ids === undefined) return
    for (const id of ids.split(/[,/] ?/)) found.push({ id, line: lineAt(source, node.start) })
  }
  new Visitor({
    CallExpression(node) {
      if (isTestCall(node.callee)) look(node.arguments[0])
    },
    ArrayExpression(node) {
      look(node.elements[0])
    },
    Property(node) {
      if (node.key.type === 'Identifier' && /^(name|rule|title|says|it)$/.test(node.key.name))
        look(node.value)
    },
  }).visit(parse(path, source).program)
  return found
}

export function unknownRules(
  path: string,
  named: readonly { id: string; line: number }[],
  rules: ReadonlyMap<string, unknown>,
): Violation[] {
  return named
    .filter(({ id }) => !rules.has(id))
    .map(({ id, line }) => ({ path, line, says: `${id} is not in docs/rules.md` }))
}

/** Rules that promise a test and have none. */
export function unheldRules(
  rules: ReadonlyMap<string, RuleTest>,
  quoted: ReadonlySet<string>,
  paths: ReadonlySet<string>,
): string[] {
  return [...rules].flatMap(([id, { later, heldBy }]) => {
    const isHeld = heldBy === null ? later || quoted.has(id) : paths.has(heldBy)
    return isHeld ? [] : [id]
  })
}

/** `test('…')`, `it.each(rows)('…')`, `describe.skipIf(x)('…')`. */
function isTestCall(callee: Node): boolean {
  if (callee.type === 'Identifier') return /^(test|it|describe)$/.test(callee.name)
  if (callee.type === 'MemberExpression') return isTestCall(callee.object)
  if (callee.type === 'CallExpression') return isTestCall(callee.callee)
  return false
}

function textOf(node: Node | null | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral') return node.quasis[0]?.value.cooked ?? null
  return null
}
