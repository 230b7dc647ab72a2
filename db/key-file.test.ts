import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { keyFileFor, keyPathFor } from './key-file.ts'

let folder = ''
let home = ''
let config = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-key-'))
  home = join(folder, 'home')
  config = join(folder, 'config')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('keyFileFor', () => {
  test('makes 32 bytes once and reads them ever after; nothing else is left', () => {
    const made = keyFileFor(home, config)
    expect(made).toHaveLength(32)
    expect(new Set(made).size).toBeGreaterThan(8)
    expect(keyFileFor(home, config)).toEqual(made)
    expect(readdirSync(config)).toHaveLength(1)
  })

  test('each data folder has its own', () => {
    expect(keyFileFor(home, config)).not.toEqual(keyFileFor(`${home}-b`, config))
  })

  test.skipIf(process.platform === 'win32')('only its owner may read it (POSIX modes)', () => {
    keyFileFor(home, config)
    const path = keyPathFor(home, config)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(config).mode & 0o777).toBe(0o700)
    chmodSync(path, 0o640)
    expect(() => keyFileFor(home, config)).toThrow('key-exposed')
  })

  test.skipIf(process.platform === 'win32')('a link is refused (POSIX links)', () => {
    keyFileFor(home, config)
    const path = keyPathFor(home, config)
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(elsewhere, Buffer.alloc(32, 1), { mode: 0o600 })
    rmSync(path)
    symlinkSync(elsewhere, path)
    expect(() => keyFileFor(home, config)).toThrow('key-exposed')
  })

  test('a file that is no key is refused, and kept', () => {
    keyFileFor(home, config)
    const path = keyPathFor(home, config)
    writeFileSync(path, 'short')
    expect(() => keyFileFor(home, config)).toThrow('damaged')
    expect(existsSync(path)).toBe(true)
  })

  test.each([
    ['the folder itself', ''],
    ['a folder in it', 'config'],
  ])('the key may not lie in %s', (_where, inside) => {
    expect(() => keyFileFor(home, join(home, inside))).toThrow('key-exposed')
  })
})
