/**
 * Who runs the database. PostgreSQL refuses root; where this program is root, `nobody` runs it,
 * in a folder of its own. No user is created.
 */
import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

export interface ClusterOwner {
  /** Null: run as we are. */
  readonly ids: { readonly uid: number; readonly gid: number } | null
  /** Where this owner's files go. */
  readonly folder: string
  /** Where root may put a copy of the programs that the owner can reach; null where not needed. */
  readonly copyTo: string | null
  readonly isReachable: (path: string) => Promise<boolean>
}

/** Used by root alone, where the home lies within folders that other users may not pass. */
const SHARED_FOLDER = '/var/lib/citydesk'

/** Makes the folder for the database files of this home: mode 0700, owned by who runs them. */
export async function prepareOwner(home: string): Promise<ClusterOwner> {
  await mkdir(home, { recursive: true })
  if (process.getuid?.() !== 0) {
    const folder = join(home, 'postgres')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return { ids: null, folder, copyTo: null, isReachable: async () => true }
  }
  const ids = await idsOfNobody()
  const isReachable = (path: string) => canPass(resolve(path), ids)
  const base = await baseFor(resolve(home), isReachable)
  const folder = join(base, 'postgres')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chown(folder, ids.uid, ids.gid)
  return { ids, folder, copyTo: SHARED_FOLDER, isReachable }
}

/** The home itself is ours: others may pass it (not list it). Folders above it are not touched. */
async function baseFor(
  home: string,
  isReachable: (path: string) => Promise<boolean>,
): Promise<string> {
  if (await isReachable(dirname(home))) {
    await chmod(home, (await stat(home)).mode | 0o011)
    return home
  }
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16)
  const base = join(SHARED_FOLDER, name)
  await mkdir(base, { recursive: true, mode: 0o755 })
  return base
}

async function idsOfNobody(): Promise<{ uid: number; gid: number }> {
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((one) => one.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined) {
    throw new Error('PostgreSQL refuses to run as root and there is no user "nobody"')
  }
  // macOS writes -2 for what the system calls 4294967294.
  return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
}

/** Execute permission on the folder and on every one above it. */
async function canPass(path: string, ids: { uid: number; gid: number }): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
