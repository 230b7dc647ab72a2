import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../contract/content-security-policy.ts'
import { readPageAssets } from '../sync/page-assets.ts'
import type { PageAssets } from '../sync/page-assets.ts'
import { answerPage, appScheme, isAppUrl } from './app-protocol.ts'

describe('the pages under citydesk://app/', () => {
  let folder: string
  let assets: PageAssets

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'citydesk-pages-'))
    mkdirSync(join(folder, 'pages', 'assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.json'), '{}')
    writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html>')
    writeFileSync(join(folder, 'pages', 'assets', 'main.js'), 'export {}')
    writeFileSync(join(folder, 'pages', 'assets', 'main.js.map'), '{}')
    assets = readPageAssets(join(folder, 'pages'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html?a=b', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/assets/main.js', 'text/javascript; charset=utf-8', 'export {}'],
  ])('%s is served', async (path, type, text) => {
    const response = answerPage(assets, new Request(`citydesk://app${path}`))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
    expect(await response.text()).toBe(text)
  })

  test('HEAD has the headers and no body', async () => {
    const response = answerPage(assets, new Request('citydesk://app/', { method: 'HEAD' }))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  test.each([
    ['a detour', 404, 'citydesk://app/../secret.json', 'GET'],
    ['an encoded detour', 404, 'citydesk://app/..%2fsecret.json', 'GET'],
    ['a doubly encoded detour', 404, 'citydesk://app/%252e%252e/secret.json', 'GET'],
    ['encoded dots', 404, 'citydesk://app/%2e%2e/secret.json', 'GET'],
    ['a backslash', 404, 'citydesk://app/..\\secret.json', 'GET'],
    ['a NUL', 404, 'citydesk://app/index.html%00.png', 'GET'],
    ['a drive', 404, 'citydesk://app/C:/Windows/win.ini', 'GET'],
    ['4 KB of path', 404, `citydesk://app/${'a'.repeat(4096)}`, 'GET'],
    ['a source map', 404, 'citydesk://app/assets/main.js.map', 'GET'],
    ['another host', 404, 'citydesk://evil/index.html', 'GET'],
    ['a host that begins like ours', 404, 'citydesk://app.evil.com/index.html', 'GET'],
    ['a port', 404, 'citydesk://app:8080/index.html', 'GET'],
    ['another scheme', 404, 'https://app/index.html', 'GET'],
    ['POST', 405, 'citydesk://app/', 'POST'],
    ['OPTIONS', 405, 'citydesk://app/', 'OPTIONS'],
    ['DELETE', 405, 'citydesk://app/index.html', 'DELETE'],
  ])('%s is answered %i, under the policy', async (_name, status, url, method) => {
    const response = answerPage(assets, new Request(url, { method }))
    expect(response.status).toBe(status)
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
    expect(await response.text()).toBe('')
  })

  test('the policy has no way round it', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|data:/)
    expect(contentSecurityPolicy).toContain("default-src 'none'")
    expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'")
  })

  test('the scheme is secure and may not step over the policy', () => {
    expect(appScheme).toEqual({
      scheme: 'citydesk',
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    })
  })
})

test.each([
  ['citydesk://app/', true],
  ['citydesk://app', true],
  ['citydesk://app/index.html#/lend', true],
  ['citydesk://user@app/', false],
  ['citydesk://app:1/', false],
  ['citydesk:app', false],
  ['about:blank', false],
  ['', false],
  ['file:///index.html', false],
  ['blob:citydesk://app/x', false],
])('%s is one of our pages: %s', (url, isOurs) => {
  expect(isAppUrl(url)).toBe(isOurs)
})
