import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The peers have a package and a lock of their own: `npm ci` in the root never sees them. Not
 * `npm ci` here: it refuses a lock that lacks the programs of another platform, as ours may.
 * Answers why they are not there, or null.
 */
export async function installPackages(folder: string): Promise<string | null> {
  // The lock as it was when they were installed, beside what was installed.
  const mark = join(folder, 'node_modules', '.installed-lock.json')
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8')
  if ((await textOf(mark)) === lock) return null
  process.stderr.write('installing the peers of the bench (npm install in test/bench/peers) …\n')
  const failure = await new Promise<string | null>((done) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const options = { cwd: folder, shell: process.platform === 'win32' }
    execFile(npm, ['install', '--no-save'], options, (error, _stdout, stderr) => {
      done(error === null ? null : stderr.trim() || error.message)
    })
  })
  if (failure === null) await writeFile(mark, lock)
  return failure
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
