import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeSafeStorage } from '../../test/packaging/fake-electron.ts'
import { loadDeskKey } from './safe-key.ts'
import type { DeskKey, KeyParts } from './safe-key.ts'

const FILE_KEY = 'f'.repeat(64)

describe('the key of the databases', () => {
  let folder: string
  let safeStorage: FakeSafeStorage
  let hasKeyFile: boolean
  let pauses: number

  const load = (
    parts: Partial<Pick<KeyParts, 'platform' | 'hasDatabases'>> = {},
  ): Promise<DeskKey> =>
    loadDeskKey({
      safeStorage,
      platform: 'linux',
      recordFile: join(folder, 'desk-key.json'),
      keyFile: {
        isThere: () => hasKeyFile,
        readOrMake: () => {
          hasKeyFile = true
          return FILE_KEY
        },
      },
      hasDatabases: false,
      pause: () => {
        pauses += 1
        return Promise.resolve()
      },
      ...parts,
    })
  const keyOf = (loaded: DeskKey): string => ('keyHex' in loaded ? loaded.keyHex : '')
  const record = (): string => readFileSync(join(folder, 'desk-key.json'), 'utf8')

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'citydesk-key-'))
    safeStorage = new FakeSafeStorage()
    hasKeyFile = false
    pauses = 0
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const)(
    'is kept by %s',
    async (backend) => {
      safeStorage.backend = backend
      const first = await load()
      expect(first).toMatchObject({ protection: 'keychain' })
      expect(keyOf(first)).toMatch(/^[0-9a-f]{64}$/)
      expect(await load({ hasDatabases: true })).toEqual(first)
      expect(JSON.parse(record())).toMatchObject({ version: 1, backend })
      expect(record()).not.toContain(keyOf(first))
      expect(statSync(join(folder, 'desk-key.json')).mode & 0o777).toBe(0o600)
      expect(hasKeyFile).toBe(false)
    },
  )

  test.each(['win32', 'darwin'] as const)('is kept by the keychain of %s', async (platform) => {
    safeStorage.backend = 'unknown'
    const first = await load({ platform })
    expect(first).toMatchObject({ protection: 'keychain' })
    expect(await load({ platform, hasDatabases: true })).toEqual(first)
  })

  test.each(['basic_text', 'unknown'] as const)(
    '%s is no keychain: the key file of the browser shell, and it says so',
    async (backend) => {
      safeStorage.backend = backend
      expect(await load()).toEqual({ keyHex: FILE_KEY, protection: 'file' })
      expect(safeStorage.wraps).toBe(0)
    },
  )

  test('a desktop without a running keychain starts with the key file', async () => {
    safeStorage.unavailableTimes = 100
    expect(await load()).toEqual({ keyHex: FILE_KEY, protection: 'file' })
  })

  test('databases that the browser shell made keep their key', async () => {
    hasKeyFile = true
    expect(await load({ hasDatabases: true })).toEqual({ keyHex: FILE_KEY, protection: 'file' })
  })

  test.each(['kwallet6', 'basic_text'] as const)(
    'wrapped by one desktop and asked for under %s: a message, and nothing is overwritten',
    async (backend) => {
      await load()
      const before = record()
      safeStorage.backend = backend
      expect(await load({ hasDatabases: true })).toMatchObject({
        trouble: 'other-keychain',
        detail: expect.stringContaining('gnome_libsecret') as unknown,
      })
      expect(record()).toBe(before)
      expect(hasKeyFile).toBe(false)
    },
  )

  test('waits for a keychain that is still being unlocked', async () => {
    const first = await load()
    safeStorage.unavailableTimes = 3
    expect(await load({ hasDatabases: true })).toEqual(first)
    expect(pauses).toBe(3)
  })

  test('a keychain that stays locked is said, not worked around', async () => {
    await load()
    safeStorage.unavailableTimes = 100
    expect(await load({ hasDatabases: true })).toMatchObject({ trouble: 'keychain-unavailable' })
    expect(hasKeyFile).toBe(false)
  })

  test('a keychain that was reset is said', async () => {
    await load()
    const before = record()
    safeStorage.secret = 'second'
    expect(await load({ hasDatabases: true })).toMatchObject({ trouble: 'keychain-changed' })
    expect(record()).toBe(before)
  })

  test('is wrapped again where the keychain asks for it', async () => {
    const first = await load()
    safeStorage.shouldReEncrypt = true
    expect(await load({ hasDatabases: true })).toEqual(first)
    expect(safeStorage.wraps).toBe(2)
  })

  test.each(['', '{}', '{"version":1,"backend":"gnome_libsecret","wrapped":"%"}', 'null'])(
    'a record of %j is damaged, not replaced',
    async (text) => {
      writeFileSync(join(folder, 'desk-key.json'), text)
      expect(await load()).toMatchObject({ trouble: 'key-damaged' })
      expect(record()).toBe(text)
    },
  )

  test('databases with no key anywhere get no new one', async () => {
    expect(await load({ hasDatabases: true })).toMatchObject({ trouble: 'key-lost' })
    expect(safeStorage.wraps).toBe(0)
  })
})
