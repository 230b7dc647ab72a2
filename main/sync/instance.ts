/**
 * Which installation this is, kept beside the device key and outside the databases: databases that
 * were copied to another computer meet another one and notice (design/sync.md, Devices). Copies
 * that took this file along are told apart by the chain of their operations.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { SalvageReport } from '../../contract/storage-status.ts'
import { startAnewAfter } from '../../db/outbox/anew-after.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import { SALVAGE_SETTING } from '../engine/storage-outbox.ts'

const SETTING = 'instance'
const TOKEN = /^[0-9a-f]{64}$/

export const instancePathFor = (deviceKeyPath: string): string =>
  `${deviceKeyPath.replace(/\.pem$/, '')}.instance`

/** Reads the token, or makes one (mode 0600). A damaged one is another installation's. */
export function openInstance(path: string): string {
  const kept = readToken(path)
  if (kept !== null) return kept
  const token = randomBytes(32).toString('hex')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, token)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return token
}

function readToken(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8').trim()
    return TOKEN.test(text) ? text : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  }
}

const deskPathFor = (deviceKeyPath: string): string =>
  `${deviceKeyPath.replace(/\.pem$/, '')}.desk.json`

/** Files beside the device key that say who this desk is. */
export const identityPathsFor = (deviceKeyPath: string): readonly string[] => [
  instancePathFor(deviceKeyPath),
  deskPathFor(deviceKeyPath),
]

/** Keeps who this desk is where losing every database does not lose it. */
export function keepIdentity(deviceKeyPath: string, outbox: Outbox): void {
  const identity = outbox.identity()
  if (identity === null || identity.serverUrl === null) return
  const path = deskPathFor(deviceKeyPath)
  const draft = `${path}.draft`
  writeFileSync(draft, JSON.stringify(identity), { mode: 0o600, flush: true })
  renameSync(draft, path)
}

/**
 * A desk whose log is gone, journal and backups with it, is still the same desk: the city gives it
 * its log again, and a new epoch, for what was not sent had numbers as well. False where nobody
 * knows who this is.
 */
export function reviveIdentity(deviceKeyPath: string, outbox: Outbox, now: number): boolean {
  const path = deskPathFor(deviceKeyPath)
  if (outbox.identity() !== null || !existsSync(path)) return false
  const identity = KeptIdentity.safeParse(jsonIn(readFileSync(path, 'utf8')))
  if (!identity.success) return false
  outbox.saveIdentity({ ...identity.data, serverEpoch: null })
  startAnewAfter(outbox, 'log-lost')
  const line = { at: now, staffId: null, action: 'log-lost', subject: null, result: 'new-epoch' }
  outbox.audit(line)
  return true
}

const KeptIdentity = z.object({
  deviceId: z.string(),
  epoch: z.int().min(1),
  branchId: z.string(),
  libraryId: z.string(),
  deskName: z.string(),
  isSampleCity: z.boolean(),
  serverUrl: z.string(),
})

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Torn: no identity.
    return null
  }
}

/** Databases that never saw a token take this one. */
export function noticeCopy(outbox: Outbox, token: string, now: number): void {
  const instance = createHash('sha256').update(token).digest('hex')
  const known = outbox.setting(SETTING)
  if (known === instance) return
  if (known !== null) {
    startAnewAfter(outbox, 'copied')
    outbox.audit({
      at: now,
      staffId: null,
      action: 'databases-copied',
      subject: null,
      result: 'new-epoch',
    })
  }
  outbox.saveSetting(SETTING, instance)
}

/** Who this desk is and what became of its log, to be settled before the city is met. */
export function recogniseDesk(deviceKeyPath: string, outbox: Outbox, now: number): void {
  noticeCopy(outbox, openInstance(instancePathFor(deviceKeyPath)), now)
  noticeLoss(outbox, now)
}

/** When the salvage was that was looked at. */
const SALVAGE_SEEN_SETTING = 'salvage-seen'

/**
 * A log that was made anew with a hole: some of what it did is nowhere here, and its numbers must
 * not be given again. To be called before the city is met.
 */
function noticeLoss(outbox: Outbox, now: number): void {
  const text = outbox.setting(SALVAGE_SETTING)
  if (text === null) return
  const { at, missing } = SalvageReport.parse(JSON.parse(text))
  if (outbox.setting(SALVAGE_SEEN_SETTING) === String(at)) return
  const epoch = outbox.identity()?.epoch
  if (missing.some((range) => range.epoch === epoch)) {
    startAnewAfter(outbox, 'log-lost')
    const result = 'new-epoch'
    outbox.audit({ at: now, staffId: null, action: 'log-has-a-hole', subject: null, result })
  }
  outbox.saveSetting(SALVAGE_SEEN_SETTING, String(at))
}
