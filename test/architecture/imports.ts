import { parseSync, Visitor } from 'oxc-parser'
import type { ParseResult } from 'oxc-parser'

/** `worker`: a file named by `new URL('./x.ts', import.meta.url)`; it runs in another thread. */
export type ImportForm = 'static' | 'type' | 'dynamic' | 'export-from' | 'worker'

/** One import of a file. `specifier` is null where the code computes it. */
export type Import = { specifier: string | null; form: ImportForm; line: number }

/** Every import a file makes, in all the ways TypeScript can write one. Throws on a syntax error. */
export function importsOf(path: string, source: string): Import[] {
  const { program } = parse(path, source)
  const found: Import[] = []
  const add = (form: ImportForm, specifier: string | null, start: number): void => {
    found.push({ specifier, form, line: lineAt(source, start) })
  }
  new Visitor({
    ImportDeclaration(node) {
      add(node.importKind === 'type' ? 'type' : 'static', node.source.value, node.start)
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) add('export-from', node.source.value, node.start)
    },
    ExportAllDeclaration(node) {
      add('export-from', node.source.value, node.start)
    },
    ImportExpression(node) {
      add('dynamic', literal(node.source), node.start)
    },
    TSImportType(node) {
      add('type', literal(node.source), node.start)
    },
    TSImportEqualsDeclaration(node) {
      const { moduleReference } = node
      if (moduleReference.type === 'TSExternalModuleReference')
        add('static', literal(moduleReference.expression), node.start)
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require')
        add('dynamic', literal(node.arguments[0]), node.start)
    },
    NewExpression(node) {
      const specifier = literal(node.arguments[0])
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return
      if (specifier !== null && /^\.\.?\/.*\.tsx?$/.test(specifier))
        add('worker', specifier, node.start)
    },
  }).visit(program)
  return found
}

/** Does the file consist of nothing but `export … from`? Then it is a barrel. */
export function isBarrel(path: string, source: string): boolean {
  const { program } = parse(path, source)
  return (
    program.body.length > 0 &&
    program.body.every(
      (statement) =>
        statement.type === 'ExportAllDeclaration' ||
        (statement.type === 'ExportNamedDeclaration' && statement.source !== null),
    )
  )
}

/** A file that does not parse is an error here: half a tree would hide what the other half imports. */
export function parse(path: string, source: string): ParseResult {
  const result = parseSync(path, source)
  const [broken] = result.errors
  if (broken !== undefined) throw new SyntaxError(`${path}: ${broken.message}`)
  return result
}

export function lineAt(source: string, offset: number): number {
  let line = 1
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1))
    line += 1
  return line
}

function literal(node: unknown): string | null {
  if (typeof node !== 'object' || node === null) return null
  if ('value' in node && typeof node.value === 'string') return node.value
  if ('quasis' in node && Array.isArray(node.quasis) && node.quasis.length === 1)
    return (node.quasis[0] as { value: { cooked: string | null } }).value.cooked
  return null
}
