import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { findBrowser } from './find-browser.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-browser-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('the named browser ends the search', () => {
  const named = install('mine')
  const path = install('bin/chromium')
  const env = { CITYDESK_BROWSER: named, PATH: dirname(path), HOME: folder }
  expect(findBrowser({ env, platform: 'linux' })).toEqual({ name: 'CITYDESK_BROWSER', path: named })
})

test('a named browser that is not there is not replaced by another', () => {
  const path = install('bin/chromium')
  const env = { CITYDESK_BROWSER: join(folder, 'gone'), PATH: dirname(path), HOME: folder }
  expect(findBrowser({ env, platform: 'linux' })).toBeNull()
})

test('Chromium goes before Chrome, whatever the order of PATH', () => {
  const chrome = install('a/google-chrome')
  const chromium = install('b/chromium')
  const env = { PATH: [dirname(chrome), dirname(chromium)].join(delimiter), HOME: folder }
  expect(findBrowser({ env, platform: 'linux' })).toEqual({ name: 'Chromium', path: chromium })
})

test('a folder or a plain file of that name is no browser', () => {
  mkdirSync(join(folder, 'a/chromium'), { recursive: true })
  mkdirSync(join(folder, 'b'))
  writeFileSync(join(folder, 'b/google-chrome'), '', { mode: 0o644 })
  const env = { PATH: [join(folder, 'a'), join(folder, 'b')].join(delimiter), HOME: folder }
  expect(findBrowser({ env, platform: 'linux' })).toBeNull()
})

test('what Playwright fetched is found last', () => {
  const path = install('.cache/ms-playwright/chromium-1200/chrome-linux/chrome')
  expect(findBrowser({ env: { HOME: folder }, platform: 'linux' })?.path).toBe(path)
})

test('on Windows, Edge in the program folder', () => {
  const path = install('Microsoft/Edge/Application/msedge.exe')
  const env = { PROGRAMFILES: folder, HOME: folder }
  expect(findBrowser({ env, platform: 'win32' })).toEqual({ name: 'Microsoft Edge', path })
})

function install(file: string): string {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, 0o755)
  return path
}
