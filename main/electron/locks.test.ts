import { beforeEach, describe, expect, test } from 'vitest'
import {
  FakeApp,
  FakeContents,
  FakeEvent,
  FakeSession,
} from '../../test/packaging/fake-electron.ts'
import { lockAllContents, lockPermissions } from './locks.ts'

describe('any web contents', () => {
  let contents: FakeContents
  let opened: string[]
  let audited: string[]

  beforeEach(() => {
    opened = []
    audited = []
    const app = new FakeApp()
    lockAllContents({
      app: app.asApp,
      openExternal: (url) => opened.push(url),
      audit: (what, detail) => audited.push(`${what} ${detail}`),
    })
    contents = app.add(new FakeContents(1))
  })

  describe.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s', (name) => {
    test.each([
      'https://evil.com/',
      'http://127.0.0.1:41234/',
      'file:///etc/passwd',
      'citydesk://evil/',
      'javascript:alert(1)',
      'data:text/html,<script>1</script>',
      'about:blank',
      'not an address',
    ])('to %s stays', (url) => {
      const event = new FakeEvent(url)
      contents.emit(name, event)
      expect(event.defaultPrevented).toBe(true)
      expect(audited).toEqual([`navigation-refused ${url}`])
    })

    test('to our own page goes', () => {
      const event = new FakeEvent('citydesk://app/index.html')
      contents.emit(name, event)
      expect(event.defaultPrevented).toBe(false)
      expect(audited).toEqual([])
    })
  })

  test('attaches no webview', () => {
    const event = new FakeEvent()
    contents.emit('will-attach-webview', event)
    expect(event.defaultPrevented).toBe(true)
  })

  test('opens no window, of our own page either', () => {
    expect(contents.opens('citydesk://app/')).toBe('deny')
    expect(contents.opens('https://evil.com/')).toBe('deny')
    expect(contents.opens('file:///etc/passwd')).toBe('deny')
    expect(opened).toEqual([])
    expect(audited).toHaveLength(3)
  })

  test('hands a listed link to the browser, and opens no window for it', () => {
    expect(contents.opens('https://www.nlc.cn/')).toBe('deny')
    expect(opened).toEqual(['https://www.nlc.cn/'])
  })
})

describe('permissions', () => {
  const session = new FakeSession()
  lockPermissions(session)

  test.each([
    'clipboard-read',
    'deprecated-sync-clipboard-read',
    'display-capture',
    'fileSystem',
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'local-fonts',
    'local-network-access',
    'loopback-network',
    'media',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'storage-access',
    'usb',
    'window-management',
    'unknown',
    'a permission of a later Chromium',
  ])('%s is refused', (permission) => {
    expect(session.requests(permission, 'citydesk://app/')).toBe(false)
    expect(session.checks(permission, 'citydesk://app')).toBe(false)
  })

  test('our page may copy, and nobody else', () => {
    expect(session.requests('clipboard-sanitized-write', 'citydesk://app/')).toBe(true)
    expect(session.checks('clipboard-sanitized-write', 'citydesk://app')).toBe(true)
    expect(session.requests('clipboard-sanitized-write', 'https://evil.com/')).toBe(false)
    expect(session.checks('clipboard-sanitized-write', 'https://evil.com')).toBe(false)
  })

  test.each(['hid', 'serial', 'usb'] as const)('no %s device', (kind) => {
    expect(session.device(kind)).toBe(false)
  })
})
