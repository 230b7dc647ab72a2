/** The built pages, read once: a fixed map of files, so that no path from outside ever reaches the disk. */
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export interface PageAsset {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** URL path → file. */
export type PageAssets = ReadonlyMap<string, PageAsset>

const typesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Every file below `folder` of a type that a page may ask for; `/` is index.html. */
export function readPageAssets(folder: string): PageAssets {
  const assets = new Map<string, PageAsset>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const type = typesByExtension[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const asset = { type, body: new Uint8Array(readFileSync(file)) }
    const path = `/${relative(folder, file).split(sep).join('/')}`
    assets.set(path, asset)
    if (path === '/index.html') assets.set('/', asset)
  }
  return assets
}
