/**
 * Writes the sample city as one Change a line, for the server's `--seed`; or tells its accounts.
 *
 *   node cli/sample-city/write-seed.ts --out FILE [--size sample|city]
 *   node cli/sample-city/write-seed.ts --accounts
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Change } from '../../domain/change.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import { makeVerifier } from '../../main/engine/verify-password.ts'
import { sampleAccounts, sampleCity, samplePassword } from './city.ts'
import { generateCity } from './generated-city.ts'

/** `--size city`: a million titles and items, as the performance goals have it. */
const CITY = { titles: 1_000_000, items: 1_000_000, readers: 300_000, seed: 2026 }

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    size: { type: 'string', default: 'sample' },
    accounts: { type: 'boolean', default: false },
  },
})

async function writeSeed(out: string, size: string): Promise<void> {
  const verifiers = new Map<string, string>()
  for (const { username } of sampleAccounts) {
    verifiers.set(username, await makeVerifier(samplePassword))
  }
  const seedOn = dateAt(Date.now())
  const file = createWriteStream(out, { mode: 0o600 })
  const write = async (changes: readonly Change[]): Promise<void> => {
    const lines = changes.map((change) => `${JSON.stringify(change)}\n`).join('')
    if (!file.write(lines)) await once(file, 'drain')
  }
  await write(sampleCity(seedOn, (username) => verifiers.get(username) ?? ''))
  if (size === 'city') {
    for (const batch of generateCity({ ...CITY, seedOn })) await write(batch)
  }
  file.end()
  await once(file, 'close')
}

if (values.accounts) {
  const accounts = sampleAccounts.map(({ username, name, role }) => ({
    username,
    name,
    role,
    password: samplePassword,
  }))
  process.stdout.write(`${JSON.stringify({ sampleAccounts: accounts })}\n`)
} else if (values.out === undefined) {
  process.stderr.write('write-seed: --out FILE or --accounts\n')
  process.exitCode = 2
} else {
  await writeSeed(values.out, values.size)
}
