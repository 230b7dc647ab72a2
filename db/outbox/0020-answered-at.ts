/** When the server's durable answer came: an operation is kept 90 days beyond it (design/sync.md). */
import type { Migration } from '../migrate.ts'

export const answeredAt: Migration = {
  version: 20,
  up: (db) => {
    db.exec('ALTER TABLE operation ADD COLUMN answeredAt INTEGER')
    // Nobody wrote down when the old ones were answered: their 90 days begin now.
    db.exec(`UPDATE operation SET answeredAt = unixepoch() * 1000 WHERE outcome <> 'pending'`)
  },
}
