/**
 * The Electron shell, put together. The pages run sandboxed in the window, the engine and the
 * devices in processes of their own; here is only what carries messages and says no.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  BrowserWindow,
  Menu,
  app,
  crashReporter,
  dialog,
  ipcMain,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { deskKeyPaths, deskKeysFor } from '../sync/desk-keys.ts'
import { appMenu } from './app-menu.ts'
import { readPageAssets } from '../sync/page-assets.ts'
import { APP_SCHEME, APP_URL, answerPage, appScheme } from './app-protocol.ts'
import { createWindow, loadPage } from './app-window.ts'
import { ageOutDumps } from './crash-dumps.ts'
import { refuseDebugging } from './debug-switches.ts'
import { readDeskSettings } from './desk-settings.ts'
import type { DeskSettings } from './desk-settings.ts'
import type { KeptEngine } from '../sync/keep-engine.ts'
import { superviseEngine } from './engine-process.ts'
import { carryPages } from './ipc.ts'
import { lockAllContents, lockPermissions } from './locks.ts'
import { createPageRecovery } from './page-recovery.ts'
import { loadDeskKey } from './safe-key.ts'
import { shellWords } from './shell-words.ts'

const built = import.meta.dirname
const windows = new Set<number>()

/** To the shell's own log: the engine's audit may not be open when these happen. */
const audit = (what: string, detail: string): void => {
  console.warn(JSON.stringify({ at: Date.now(), what, detail: detail.slice(0, 200) }))
}

function fail(trouble: Parameters<typeof shellWords>[0], detail: string): void {
  const { title, text } = shellWords(trouble, detail, app.getLocale())
  dialog.showErrorBox(title, text)
  app.exit(3)
}

async function startEngine(settings: DeskSettings): Promise<KeptEngine | null> {
  const { shellFolder, ...options } = settings
  const { keyPath, deviceKeyPath } = deskKeyPaths(settings.home, process.env)
  const key = await loadDeskKey({
    safeStorage,
    platform: process.platform,
    recordFile: join(shellFolder, 'desk-key.json'),
    keyFile: {
      isThere: () => existsSync(keyPath),
      readOrMake: () => deskKeysFor(settings.home, process.env).keyHex,
    },
    hasDatabases: existsSync(join(settings.home, 'outbox.db')),
    pause,
  })
  if ('trouble' in key) {
    fail(key.trouble, key.detail)
    return null
  }
  if (key.protection === 'file') audit('reduced-protection', keyPath)
  return superviseEngine({
    fork: (file, args, named) => utilityProcess.fork(file, args, named),
    engineFile: join(built, 'engine-entry.js'),
    deviceHostFile: join(built, 'device-host.js'),
    options: {
      ...options,
      keyHex: key.keyHex,
      keyProtection: key.protection,
      deviceKeyPath,
      keyPath: key.protection === 'file' ? keyPath : join(shellFolder, 'desk-key.json'),
      shellId: randomUUID(),
      version: app.getVersion(),
    },
    onFailed: fail,
  })
}

function openWindow(): void {
  const window = createWindow({
    Window: BrowserWindow,
    isPackaged: app.isPackaged,
    preload: join(built, 'bridge.cjs'),
    url: APP_URL,
  })
  const { webContents } = window
  windows.add(webContents.id)
  webContents.once('destroyed', () => windows.delete(webContents.id))
  const reload = (): void => {
    if (!window.isDestroyed()) loadPage(window, APP_URL)
  }
  const recover = createPageRecovery({
    now: () => performance.now(),
    after: (ms, work) => setTimeout(work, ms),
    reload,
    giveUp: (reason) => fail('page-crashes', reason),
  })
  webContents.on('render-process-gone', (_event, details) => {
    audit('page-gone', details.reason)
    recover(details)
  })
}

function openLink(url: string): void {
  shell.openExternal(url).catch((error: unknown) => audit('link-not-opened', String(error)))
}

/** The outbox is closed in order before the app ends. */
function stopBeforeQuit(engine: KeptEngine): void {
  app.on('before-quit', (event) => {
    event.preventDefault()
    void engine.stop().then(() => app.exit(0))
  })
}

async function openDesk(settings: DeskSettings): Promise<void> {
  await app.whenReady()
  ageOutDumps(app.getPath('crashDumps'), Date.now())
  const menu = appMenu(process.platform)
  Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate(menu))
  lockPermissions(session.defaultSession)
  const assets = readPageAssets(join(built, '..', 'renderer'))
  protocol.handle(APP_SCHEME, (request) => answerPage(assets, request))
  const engine = await startEngine(settings)
  if (engine === null) return
  stopBeforeQuit(engine)
  carryPages({ ipc: ipcMain, engine, isOurWindow: (id) => windows.has(id), audit })
  openWindow()
}

/** All of it before the app is ready: afterwards the sandbox and the scheme can no longer be set. */
function start(): void {
  const settings = readDeskSettings(app.isPackaged, app.getPath('userData'), process.env)
  mkdirSync(settings.shellFolder, { recursive: true, mode: 0o700 })
  app.setPath('userData', settings.shellFolder)
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([appScheme])
  crashReporter.start({ uploadToServer: false })
  if (!app.requestSingleInstanceLock()) {
    console.error('This desk is open already.')
    app.exit(3)
    return
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  lockAllContents({ app, openExternal: openLink, audit })
  openDesk(settings).catch((error: unknown) => {
    console.error(error)
    app.exit(70)
  })
}

if (!refuseDebugging(app)) start()
