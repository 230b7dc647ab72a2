/** `citydesk sync`: enrols this desk where asked, sends what waits, takes what is new. */
import { once } from 'node:events'
import type { SyncStatus } from '../../contract/topics.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { systemClock } from '../../main/engine/clock.ts'
import { usableJournalFolder } from '../../main/engine/storage-outbox.ts'
import { closeStores, openStores } from '../../main/engine/stores.ts'
import { deskKeysFor } from '../../main/sync/desk-keys.ts'
import { openDeviceKey } from '../../main/sync/device-key.ts'
import { enrolDesk } from '../../main/sync/enrol.ts'
import { keepIdentity, recogniseDesk, reviveIdentity } from '../../main/sync/instance.ts'
import { startSync } from '../../main/sync/loop.ts'
import { UnusableInput, textOption } from '../command.ts'
import type { Command, CommandEnvironment, OptionValues } from '../command.ts'
import { deskFolder } from '../with-desk.ts'

const ONCE_MS_MAX = 120_000

export const sync: Command = {
  name: 'sync',
  summary: 'Sends what waits and takes what is new; keeps going unless --once.',
  help: `[--server URL] [--enrol-code CODE] [--desk-name NAME] [--once]

--enrol-code makes a new home known to the server, once.
JSON: { connection, reason, pending, exceptions }`,
  options: {
    server: { type: 'string' },
    'enrol-code': { type: 'string' },
    'desk-name': { type: 'string' },
    once: { type: 'boolean' },
  },
  run: async (_words, values, environment) => {
    const home = deskFolder(environment.home)
    const keys = deskKeysFor(home, environment.env)
    const stores = openStores(home, Buffer.from(keys.keyHex, 'hex'), {
      journalFolder: usableJournalFolder(home),
    })
    const announcer = createAnnouncer()
    try {
      const key = openDeviceKey(keys.deviceKeyPath)
      if (textOption(values, 'enrol-code') === null) {
        reviveIdentity(keys.deviceKeyPath, stores.outbox, systemClock.now())
      }
      recogniseDesk(keys.deviceKeyPath, stores.outbox, systemClock.now())
      await settleServer(stores.outbox, values, key)
      keepIdentity(keys.deviceKeyPath, stores.outbox)
      const port = startSync({
        stores,
        announcer,
        clock: systemClock,
        key,
        appVersion: 'citydesk',
        random: Math.random,
      })
      const status =
        values['once'] === true
          ? await untilSettled(announcer, port.status)
          : await untilStopped(environment, announcer, port.status)
      await port.close()
      return report(status)
    } finally {
      await closeStores(stores)
    }
  },
}

async function settleServer(
  outbox: ReturnType<typeof openStores>['outbox'],
  values: OptionValues,
  key: ReturnType<typeof openDeviceKey>,
): Promise<void> {
  const serverUrl = textOption(values, 'server')
  const code = textOption(values, 'enrol-code')
  const identity = outbox.identity()
  if (code !== null) {
    if (identity !== null) throw new UnusableInput('this home is a desk already')
    if (serverUrl === null) throw new UnusableInput('--enrol-code needs --server')
    const deskName = textOption(values, 'desk-name') ?? 'citydesk'
    outbox.saveIdentity(await enrolDesk({ serverUrl, code, deskName }, key, systemClock))
  } else if (identity === null || identity.serverUrl === null) {
    throw new UnusableInput('this home is not known to a server: --server URL --enrol-code CODE')
  } else if (serverUrl !== null) {
    outbox.saveIdentity({ ...identity, serverUrl })
  }
}

/** Online with nothing waiting, or a reason why not. */
function untilSettled(
  announcer: ReturnType<typeof createAnnouncer>,
  status: () => SyncStatus,
): Promise<SyncStatus> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stop()
      clearTimeout(timer)
      resolve(status())
    }
    const look = (): void => {
      const now = status()
      const isDone = now.connection === 'online' && now.pendingCount === 0 && !now.isFilling
      const isStuck = now.connection !== 'online' && now.reason !== 'starting'
      if (isDone || isStuck) finish()
    }
    const timer = setTimeout(finish, ONCE_MS_MAX)
    const stop = announcer.listen((topic) => {
      if (topic === 'sync-status') look()
    })
  })
}

async function untilStopped(
  { signal, log }: CommandEnvironment,
  announcer: ReturnType<typeof createAnnouncer>,
  status: () => SyncStatus,
): Promise<SyncStatus> {
  const stop = announcer.listen((topic) => {
    if (topic === 'sync-status') log(statusText(status()))
  })
  if (!signal.aborted) await once(signal, 'abort')
  stop()
  return status()
}

function report(status: SyncStatus) {
  const { connection, reason, pendingCount, openExceptionsCount } = status
  const isDone = connection === 'online' && pendingCount === 0
  return {
    exit: isDone ? (0 as const) : (1 as const),
    json: { connection, reason, pending: pendingCount, exceptions: openExceptionsCount },
    text: statusText(status),
  }
}

const statusText = ({ connection, reason, pendingCount }: SyncStatus): string =>
  `${connection}${reason === null ? '' : ` (${reason})`}, ${pendingCount} waiting to be sent`
