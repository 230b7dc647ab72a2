/** Opens the headless desk of the data folder for one command. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { systemClock } from '../main/engine/clock.ts'
import { openHeadless } from '../main/engine/headless.ts'
import type { Headless } from '../main/engine/headless.ts'
import { usableJournalFolder } from '../main/engine/storage-outbox.ts'
import { deskKeysFor } from '../main/sync/desk-keys.ts'
import type { CommandEnvironment } from './command.ts'

/** `npm start` keeps its desks side by side with its server; there, the first desk is meant. */
export function deskFolder(home: string): string {
  const first = join(home, 'desk-A')
  return existsSync(join(first, 'outbox.db')) ? first : home
}

/** Throws StorageFailure, `locked` where a desk is running on this folder. */
export async function withDesk<T>(
  { home, env }: CommandEnvironment,
  work: (desk: Headless) => Promise<T>,
): Promise<T> {
  const folder = deskFolder(home)
  const { keyHex } = deskKeysFor(folder, env)
  const desk = openHeadless(folder, new Uint8Array(Buffer.from(keyHex, 'hex')), systemClock, {
    journalFolder: usableJournalFolder(folder),
  })
  try {
    return await work(desk)
  } finally {
    await desk.close()
  }
}
