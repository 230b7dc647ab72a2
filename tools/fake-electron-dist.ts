/**
 * A folder that electron-builder takes for Electron: what it copies, renames and burns fuses into.
 * It lets the packages be checked on a machine where the real binary cannot be had.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './steps.ts'

/** Electron marks its fuses with this text; version and count follow, then a digit for each fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_VERSION = 1
const FUSES = '101100011'

/** Writes the folder anew. Its fuses stand as Electron ships them, all to be changed or confirmed. */
export function writeFakeElectronDist(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const wire = Buffer.concat([
    Buffer.from(`#!/bin/sh\nexit 1\n${sentinel}`),
    Buffer.from([FUSE_VERSION, FUSES.length]),
    Buffer.from(FUSES),
    Buffer.from('\n'),
  ])
  for (const name of ['electron', 'chrome-sandbox']) {
    writeFileSync(join(folder, name), wire, { mode: 0o755 })
  }
  writeFileSync(join(folder, 'version'), installedElectron())
  writeFileSync(join(folder, 'LICENSE'), '')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '')
}

function installedElectron(): string {
  const manifest = readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version
}
