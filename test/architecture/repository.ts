import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** Folders that hold no text of ours: installed, generated, or binary by nature. */
const skipped = new Set(['node_modules', '.git', '.types', 'dist', 'out', 'test-results'])

/** Text files of the repository: path from the root, with `/`, → text. Walks the disk, so it needs no git. */
export function readRepository(extensions: RegExp): Map<string, string> {
  const sources = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const item of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, item.name)
      // A link to a folder that is skipped is skipped too.
      if (skipped.has(item.name) || path === join(root, 'test', 'bench', 'peers')) continue
      if (item.isDirectory()) {
        walk(path)
      } else if (extensions.test(item.name)) {
        sources.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))
      }
    }
  }
  walk(root)
  return sources
}

export function packageNames(): Set<string> {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as { dependencies: Record<string, string>; devDependencies: Record<string, string> }
  return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)])
}
