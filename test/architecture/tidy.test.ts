import { describe, expect, test } from 'vitest'

import { isTestFile } from './layers.ts'
import type { Violation } from './layers.ts'
import { packageNames, readRepository } from './repository.ts'
import { citedRules, quotedRules, rulesIn, unheldRules, unknownRules } from './rules.ts'
import {
  emptyNames,
  impurities,
  isEmptyName,
  longFile,
  longFunctions,
  machineTraces,
  markers,
  unexplainedPackages,
  untestedMigrations,
  untestedOperations,
} from './tidy.ts'

/** Files that may be longer than a reader likes, each with its reason. */
const longFilesAllowed: Record<string, string> = {
  'domain/marc/eacc-table.ts': 'a table',
  'renderer/language/zh-CN.ts': 'a dictionary',
  'renderer/language/en.ts': 'a dictionary',
  'renderer/language/refusals-zh-CN.ts': 'a dictionary',
  'renderer/language/refusals-en.ts': 'a dictionary',
}

const texts = readRepository(
  /^(?!.*\.(png|jpe?g|ico|icns|mrc|bin|db|zst)$)(\.?[\w.-]+|LICENSE|run)$/i,
)
const sources = new Map([...texts].filter(([path]) => /\.tsx?$/.test(path)))
const ours = [...sources].filter(([path]) => !isTestFile(path))
const tests = [...sources].filter(([path]) => isTestFile(path))
const rules = rulesIn(texts.get('docs/rules.md') ?? '')

describe('the repository', () => {
  test('there is something to look at', () => {
    expect(ours.length).toBeGreaterThan(10)
    expect(tests.length).toBeGreaterThan(3)
    expect(rules.size).toBeGreaterThan(60)
    expect([...texts.keys()]).toEqual(
      expect.arrayContaining(['.ci/run', '.npmrc', 'LICENSE', 'package-lock.json', 'README.md']),
    )
  })

  test('no function is longer than a screen', () => {
    expect(inWords(ours.flatMap(([path, source]) => longFunctions(path, source)))).toEqual([])
  })

  test('no file is longer than a reader scrolls', () => {
    expect(
      inWords([...sources].flatMap(([path, source]) => longFile(path, source, longFilesAllowed))),
    ).toEqual([])
  })

  test('no name says nothing', () => {
    expect(inWords([...sources].flatMap(([path, source]) => emptyNames(path, source)))).toEqual([])
  })

  test('no promise is left in the text', () => {
    const read = [...texts].filter(([path]) => /\.(tsx?|sql|css|md|html|mjs)$/.test(path))
    expect(inWords(read.flatMap(([path, source]) => markers(path, source)))).toEqual([])
  })

  test('domain has neither clock nor chance', () => {
    const domain = ours.filter(([path]) => path.startsWith('domain/'))
    expect(inWords(domain.flatMap(([path, source]) => impurities(path, source)))).toEqual([])
  })

  test('each rule that a test quotes or a finding carries is in docs/rules.md', () => {
    const quoted = tests.flatMap(([path, source]) =>
      unknownRules(path, quotedRules(path, source), rules),
    )
    const cited = ours.flatMap(([path, source]) =>
      unknownRules(path, citedRules(path, source), rules),
    )
    expect(inWords([...quoted, ...cited])).toEqual([])
  })

  test('each rule of docs/rules.md is held by a test, or is marked as later', () => {
    const quoted = new Set(
      tests.flatMap(([path, source]) => quotedRules(path, source).map(({ id }) => id)),
    )
    expect(unheldRules(rules, quoted, new Set(texts.keys()))).toEqual([])
  })

  test('each operation has a table test beside it', () => {
    expect(untestedOperations(texts)).toEqual([])
  })

  test('each migration has a test beside it', () => {
    expect(untestedMigrations(texts)).toEqual([])
  })

  test('each package is explained in docs/decisions/dependencies.md', () => {
    const explained = texts.get('docs/decisions/dependencies.md') ?? ''
    expect(unexplainedPackages(packageNames(), explained)).toEqual([])
  })

  test('a build machine runs the test command of both READMEs', () => {
    const command = 'npm ci && npm test'
    for (const path of ['.ci/run', 'README.md', 'README.zh-CN.md'])
      expect(texts.get(path)?.split('\n'), path).toContain(command)
  })

  test('no text names the machine it was written on', () => {
    expect(inWords([...texts].flatMap(([path, source]) => machineTraces(path, source)))).toEqual([])
  })
})

describe('each check sees a planted fault', () => {
  const lines = (count: number): string => 'work()\n'.repeat(count)

  test('a long function, but not its comments and blank lines', () => {
    expect(longFunctions('db/a.ts', `function a() {\n${lines(69)}}`)).toHaveLength(1)
    expect(longFunctions('db/a.ts', `const a = () => {\n${lines(69)}}`)).toHaveLength(1)
    expect(longFunctions('db/a.ts', `class A { b() {\n${lines(69)}} }`)).toHaveLength(1)
    expect(
      longFunctions('db/a.ts', `function a() {\n${lines(60)}${'\n// why\n'.repeat(20)}}`),
    ).toEqual([])
    expect(longFunctions('renderer/a.tsx', `function A() {\n${lines(140)}}`)).toEqual([])
    expect(longFunctions('renderer/a.tsx', `function A() {\n${lines(150)}}`)).toHaveLength(1)
  })

  test('a long file, unless it has a reason', () => {
    expect(longFile('db/a.ts', lines(400), {})).toEqual([])
    expect(longFile('db/a.ts', lines(401), {})).toHaveLength(1)
    expect(longFile('db/a.ts', lines(401), { 'db/a.ts': 'a table' })).toEqual([])
  })

  test.each([
    'dateUtils',
    'util',
    'scanHelper',
    'SessionManager',
    'common',
    'data',
    'handleScan',
    'process',
  ])('the name %s', (name) => {
    expect(isEmptyName(name)).toBe(true)
    expect(emptyNames('db/a.ts', `export const ${name} = 1`)).toHaveLength(1)
    expect(emptyNames(`db/${name}.ts`, '')).toHaveLength(1)
  })

  test.each(['metadata', 'givenName', 'subprocess', 'dataFolder', 'itemOnLoan'])(
    'but not the name %s',
    (name) => {
      expect(isEmptyName(name)).toBe(false)
    },
  )

  test('a promise in a comment or in a text, but not in a string', () => {
    const word = 'TODO'
    expect(markers('db/a.ts', `// ${word} later`)).toHaveLength(1)
    expect(markers('db/a.ts', `const a = '${word}'`)).toEqual([])
    expect(markers('db/0010-a.sql', `-- ${word}`)).toHaveLength(1)
  })

  test.each([
    'Date.now()',
    'new Date()',
    'new Date(ms)',
    'Date()',
    'Math.random()',
    'crypto.randomUUID()',
    'performance.now()',
    'globalThis.Date',
  ])('in domain, %s', (expression) => {
    expect(impurities('domain/a.ts', `const a = ${expression}`)).not.toEqual([])
  })

  test('but not Math.floor, nor a field called date', () => {
    expect(impurities('domain/a.ts', 'Math.floor(a.Date); const random = 1')).toEqual([])
  })

  test('a rule that nobody wrote down', () => {
    const known = rulesIn('| L7 | An item on loan | |')
    const unknown = (source: string): number =>
      unknownRules('a.test.ts', quotedRules('a.test.ts', source), known).length
    expect(unknown(`test('L7 on loan', () => {})`)).toBe(0)
    expect(unknown(`test('L99 on loan', () => {})`)).toBe(1)
    expect(unknown(`test('L7, L98 on loan', () => {})`)).toBe(1)
    expect(unknown(`describe.skipIf(x)('L97 on loan', () => {})`)).toBe(1)
    expect(unknown(`test.each([['L96 on loan', 1]])('%s', () => {})`)).toBe(1)
    expect(unknown(`const rows = [{ name: 'L95 on loan' }]`)).toBe(1)
    expect(unknown(`const rows = ['I247.5 is a class', 'B2 ']`)).toBe(0)
    const cited = citedRules('domain/a.ts', `found.push(override('item-on-loan', 'L94', {}))`)
    expect(unknownRules('domain/a.ts', cited, known)).toHaveLength(1)
  })

  test('a rule with no test, and one whose test is gone', () => {
    const known = rulesIn(
      '| L7 | quoted | |\n| L8 | not quoted | |\n| N8 | a plan | later: issue 5 |\n' +
        '| S1 | held | held by a.test.ts |\n| S2 | held | held by gone.test.ts |',
    )
    expect(unheldRules(known, new Set(['L7']), new Set(['a.test.ts']))).toEqual(['L8', 'S2'])
  })

  test('a rule written down twice', () => {
    expect(() => rulesIn('| L7 | a |\n| L7 | b |')).toThrow(/L7/)
  })

  test('an operation with no table test', () => {
    const operation = 'export const a = defineOperation({})'
    const files = new Map([
      ['domain/operations/a.ts', operation],
      ['domain/operations/a.test.ts', ''],
      ['domain/operations/b.ts', operation],
      ['domain/operations/placeholders.ts', 'export const placeholder = 1'],
    ])
    expect(untestedOperations(files)).toEqual(['domain/operations/b.ts'])
  })

  test('a migration with no test', () => {
    const files = ['db/outbox/migrations/0010-a.sql', 'db/outbox/migrations/0010-a.test.ts']
    const more = [
      'server/storage/migrations/0010-a.ts',
      'server/storage/migrations/0010-a.pg.test.ts',
    ]
    expect(untestedMigrations(asSources([...files, ...more, 'db/replica/0020-b.sql']))).toEqual([
      'db/replica/0020-b.sql',
    ])
  })

  test('a package that nobody explained, and a row whose package is gone', () => {
    const markdown = '| package | what for |\n| --- | --- |\n| zod | schemas |\n| gone | x |'
    expect(unexplainedPackages(new Set(['zod', '@a/new']), markdown)).toEqual(['@a/new', 'gone'])
  })

  test.each([
    `open('${['', 'home', 'ann', 'x'].join('/')}')`,
    ['', 'root', 'x'].join('/'),
    `https://${['registry', 'example', 'org'].join('.')}/zod`,
    ['http://verdaccio', '4873'].join(':'),
  ])('a trace of a machine: %s', (text) => {
    expect(machineTraces('docs/a.md', text)).toHaveLength(1)
  })

  test('a registry address in the lock file', () => {
    expect(machineTraces('package-lock.json', '{\n"resolved": "x" }')).toHaveLength(1)
    expect(machineTraces('package-lock.json', '{ "version": "1" }')).toEqual([])
  })
})

function asSources(paths: readonly string[]): Map<string, string> {
  return new Map(paths.map((path) => [path, '']))
}

function inWords(violations: readonly Violation[]): string[] {
  return violations.map(({ path, line, says }) => `${path}:${line} ${says}`)
}
