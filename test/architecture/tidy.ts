import { Visitor } from 'oxc-parser'
import type { Node } from 'oxc-parser'

import { lineAt, parse } from './imports.ts'
import type { Sources, Violation } from './layers.ts'
import { isTestFile } from './layers.ts'

const functionLinesMax = 70
/** A screen is one function of mark-up; .oxlintrc.json says the same. */
const screenLinesMax = 150
const fileLinesMax = 400

/**
 * Functions longer than the limit, blank lines and comment lines not counted. Lint says the same while
 * one types, but lint can be switched off by a comment in the file; this cannot.
 */
export function longFunctions(path: string, source: string): Violation[] {
  const linesMax =
    path.startsWith('renderer/') && path.endsWith('.tsx') ? screenLinesMax : functionLinesMax
  const { program, comments } = parse(path, source)
  const codeLines = linesWithCode(source, comments)
  const found: Violation[] = []
  const measure = (node: Node): void => {
    const from = lineAt(source, node.start)
    const count = codeLines.filter(
      (line) => line >= from && line <= lineAt(source, node.end),
    ).length
    if (count > linesMax)
      found.push({ path, line: from, says: `a function of ${count} lines; at most ${linesMax}` })
  }
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program)
  return found
}

export function longFile(
  path: string,
  source: string,
  exempt: Readonly<Record<string, string>>,
): Violation[] {
  const count = source.trimEnd().split('\n').length
  return count > fileLinesMax && exempt[path] === undefined
    ? [{ path, line: fileLinesMax, says: `a file of ${count} lines; at most ${fileLinesMax}` }]
    : []
}

/** Never part of a name, wherever it stands. */
const emptyWords = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'manager',
  'managers',
  'common',
  'misc',
])
/** Not a name by itself, nor a verb in front of one: `data`, `handleScan`, `process-batch`. */
const emptyVerbs = new Set(['handle', 'process'])

/** Words that say nothing, in the file's name and in the names it exports. */
export function emptyNames(path: string, source: string): Violation[] {
  const fileName = path.split('/').at(-1)?.split('.')[0] ?? ''
  const folders = path.split('/').slice(0, -1)
  const names = [
    ...[...folders, fileName].map((name) => ({ name, line: 1 })),
    ...exportedNames(path, source),
  ]
  return names
    .filter(({ name }) => isEmptyName(name))
    .map(({ name, line }) => ({ path, line, says: `'${name}' says nothing: name what it is` }))
}

export function isEmptyName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_.]/)
  if (words.length === 1 && words[0] === 'data') return true
  return emptyVerbs.has(words[0] ?? '') || words.some((word) => emptyWords.has(word))
}

const marker = /\b(TODO|FIXME|XXX|HACK)\b/

/** Promises left in the text. `lines` of any text file; in TypeScript only comments are looked at. */
export function markers(path: string, source: string): Violation[] {
  const texts = /\.tsx?$/.test(path)
    ? parse(path, source).comments.map(({ value, start }) => ({
        value,
        line: lineAt(source, start),
      }))
    : source.split('\n').map((value, index) => ({ value, line: index + 1 }))
  return texts.flatMap(({ value, line }) => {
    const found = marker.exec(value)
    return found === null ? [] : [{ path, line, says: `${found[1]}: do it, or open an issue` }]
  })
}

/** Clocks and chance in domain, which gets both through ctx. Types may say `Date`; values may not. */
export function impurities(path: string, source: string): Violation[] {
  const { program } = parse(path, source)
  const found: Violation[] = []
  const add = (says: string, { start }: Node): void => {
    found.push({
      path,
      line: lineAt(source, start),
      says: `${says}: time and chance come in through ctx`,
    })
  }
  new Visitor({
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date') add('new Date', node)
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date') add('Date()', node)
    },
    MemberExpression(node) {
      const owner = node.object.type === 'Identifier' ? node.object.name : null
      const member = node.property.type === 'Identifier' ? node.property.name : null
      if (owner === 'Date' || owner === 'crypto' || owner === 'performance') add(owner, node)
      if (owner === 'Math' && member === 'random') add('Math.random', node)
      if (owner === 'globalThis') add('globalThis', node)
    },
  }).visit(program)
  return found
}

/** Files that define an operation and have no table test beside them. */
export function untestedOperations(sources: Sources): string[] {
  return [...sources].flatMap(([path, source]) =>
    path.startsWith('domain/operations/') &&
    !isTestFile(path) &&
    /\bdefineOperation\(/.test(source) &&
    !sources.has(path.replace(/\.ts$/, '.test.ts'))
      ? [path]
      : [],
  )
}

/** Migrations (`0010-items.sql`, `0010-items.ts`) with no test beside them. */
export function untestedMigrations(sources: Sources): string[] {
  return [...sources.keys()].filter((path) => {
    const [, stem, folder] = /^((.*)\/\d{4}-[a-z\d-]+)\.(?:sql|ts)$/.exec(path) ?? []
    // PostgreSQL takes a second to start: its migrations share a test.
    const tests = [`${stem}.test.ts`, `${stem}.pg.test.ts`, `${folder}/migrations.pg.test.ts`]
    return stem !== undefined && !tests.some((test) => sources.has(test))
  })
}

/** Packages of package.json that docs/decisions/dependencies.md does not explain, and rows with no package. */
export function unexplainedPackages(packageNames: ReadonlySet<string>, markdown: string): string[] {
  const rows = new Set(
    markdown.split('\n').flatMap((line) => /^\| ([@\w/.-]+) \| /.exec(line)?.[1] ?? []),
  )
  rows.delete('package')
  rows.delete('---')
  return [
    ...[...packageNames].filter((name) => !rows.has(name)),
    ...[...rows].filter((name) => !packageNames.has(name)),
  ]
}

const machinePath = /(?<![\w.~-])(\/home\/\w+|\/Users\/\w+|\/root\/|\/work\/|[A-Z]:\\Users\\)/
const registryHost = /\b(registry\.[a-z\d.-]+|npmmirror\.[a-z.]+|verdaccio[.:/])\b/i

/** Traces of the machine a file was written on. */
export function machineTraces(path: string, source: string): Violation[] {
  if (path === 'package-lock.json') {
    const at = source.indexOf('"resolved"')
    return at === -1
      ? []
      : [{ path, line: lineAt(source, at), says: 'a registry address: see .npmrc' }]
  }
  return source.split('\n').flatMap((text, index) => {
    const found = machinePath.exec(text) ?? registryHost.exec(text)
    return found === null
      ? []
      : [{ path, line: index + 1, says: `'${found[0]}' is of one machine` }]
  })
}

/** Line numbers, from 1, that hold something other than white space and comments. */
function linesWithCode(
  source: string,
  comments: readonly { start: number; end: number }[],
): number[] {
  let bare = source
  for (const { start, end } of comments)
    bare = bare.slice(0, start) + source.slice(start, end).replace(/[^\n]/g, ' ') + bare.slice(end)
  return bare.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]))
}

function exportedNames(path: string, source: string): { name: string; line: number }[] {
  return parse(path, source).module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, start }) =>
      exportName.name === null ? [] : [{ name: exportName.name, line: lineAt(source, start) }],
    ),
  )
}
