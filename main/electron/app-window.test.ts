import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FakeWindow } from '../../test/packaging/fake-electron.ts'
import { createWindow, windowOptions } from './app-window.ts'

test.each([
  [true, false],
  [false, true],
])('the preferences of a window, packaged: %s', (isPackaged, devTools) => {
  expect(windowOptions(isPackaged, '/app/bridge.cjs').webPreferences).toEqual({
    preload: '/app/bridge.cjs',
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools,
  })
})

test('a window loads the page and is shown when there is something to see', () => {
  createWindow({
    Window: FakeWindow.asWindow,
    isPackaged: true,
    preload: '/app/bridge.cjs',
    url: 'citydesk://app/',
  })
  const made = FakeWindow.made.at(-1)
  expect(made?.options).toEqual(windowOptions(true, '/app/bridge.cjs'))
  expect(made?.window.loaded).toEqual(['citydesk://app/'])
  expect(made?.window.isShown).toBe(false)
  made?.window.emit('ready-to-show')
  expect(made?.window.isShown).toBe(true)
})

test('no other file makes windows', () => {
  const folder = import.meta.dirname
  const makers = readdirSync(folder).filter(
    (name) =>
      !name.endsWith('.test.ts') &&
      /new (?:BrowserWindow|BaseWindow|WebContentsView|Window)\b/.test(
        readFileSync(join(folder, name), 'utf8'),
      ),
  )
  expect(makers).toEqual(['app-window.ts'])
})
