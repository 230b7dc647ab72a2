/**
 * The control that needs no argument about what NORMAL would have synced: plain SQL through
 * db/open.ts at the level given, ended by SIGKILL. `node plain-day.ts <root> <history> <count> <level>`
 */
import { openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import { PLAIN_DATABASE } from './check-plain.ts'

const [, , root = '', historyPath = '', count = '', level = ''] = process.argv
const db = openDatabase({ ...PLAIN_DATABASE, path: join(root, 'plain.db') })
db.pragma(`synchronous = ${level}`)
// Small, so that the log starts anew often enough within a short day.
db.pragma('wal_autocheckpoint = 100')
db.exec('CREATE TABLE loan (number INTEGER PRIMARY KEY, barcode TEXT UNIQUE, note BLOB) STRICT')
const insert = db.prepare('INSERT INTO loan VALUES (?, ?, ?)')
const acks = openSync(join(root, 'acks'), 'a')
for (let number = 1; number <= Number(count); number += 1) {
  // Scattered over the index, so that a loan touches pages that others touched long ago.
  insert.run(number, `B${(number * 7919) % 100_003}`, Buffer.alloc(200 + (number % 900), number))
  writeSync(acks, `done ${number}\n`)
}
writeFileSync(historyPath, '{}')
process.kill(process.pid, 'SIGKILL')
