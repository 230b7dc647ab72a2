/** How the desk's own files are: what the screen says of disk, mirror, repairs and clock. */
import { z } from 'zod'

/** What became of a damaged outbox.db: one page for staff and for whoever looks into it. */
export const SalvageReport = z.strictObject({
  at: z.number(),
  reason: z.enum(['damaged', 'unreadable', 'missing']),
  /** Operations found, by where. */
  operations: z.strictObject({ file: z.int(), backup: z.int(), journal: z.int() }),
  unsent: z.int(),
  /** Operations that nobody has here, both ends included; the server may have them. */
  missing: z.array(z.strictObject({ epoch: z.int(), from: z.int(), to: z.int() })),
  unchained: z.array(z.strictObject({ epoch: z.int(), seq: z.int() })),
  falsified: z.int(),
  audit: z.strictObject({ kept: z.int(), lost: z.int(), chainedAnew: z.int() }),
  journal: z.strictObject({
    files: z.int(),
    lines: z.int(),
    damagedLines: z.int(),
    tornLines: z.int(),
    foreignLines: z.int(),
  }),
  hadBackup: z.boolean(),
  /** Inside `quarantine`; null where there was no file to put aside. */
  quarantine: z.string().nullable(),
})
export type SalvageReport = z.infer<typeof SalvageReport>

/** `short`: a warning. `low`: imports and the catalogue rest. `full`: no new operations. */
export const DiskLevel = z.enum(['ample', 'short', 'low', 'full'])
export type DiskLevel = z.infer<typeof DiskLevel>

export const StorageStatus = z.strictObject({
  disk: DiskLevel,
  /** Null where the system does not say. */
  freeBytes: z.number().nullable(),
  /** `behind`: some operations are in the database only. */
  mirror: z.enum(['kept', 'behind']),
  /** The records were lost and the city has not sent them again yet. */
  isWithoutRecords: z.boolean(),
  /** Files begun anew under the running desk since it started, and at its start. */
  rebuilt: z.array(z.strictObject({ file: z.enum(['replica', 'catalogue']), at: z.number() })),
  /** Operations that came back from the mirror at the last start. */
  mergedCount: z.int(),
  salvage: SalvageReport.nullable(),
  lastBackupAt: z.number().nullable(),
  /** The desk's clock went back, or jumped: dates given now are checked when next online. */
  isClockSuspect: z.boolean(),
})
export type StorageStatus = z.infer<typeof StorageStatus>
