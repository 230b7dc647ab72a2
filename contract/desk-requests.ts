/** Requests that touch only this desk: its scans, its plug, its imports. */
import { z } from 'zod'
import { MARC_ENCODINGS } from '../domain/marc/marc-encodings.ts'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import { PlainText } from '../domain/words/plain-text.ts'
import { exportRequests } from './export-shapes.ts'
import { nothing, route } from './route.ts'
import { padQueries } from './pad-shapes.ts'
import { OfflineFile } from './offline-shapes.ts'
import { ImportProgress, SyncStatus } from './topics.ts'

export const deskRequests = {
  ...padQueries,
  /** A dialog that needs an answer holds the scans; the screen lets them go again. */
  'hold-scans': route({
    ask: z.strictObject({ isHeld: z.boolean() }),
    answer: nothing,
    permission: null,
    audit: 'none',
    effect: 'desk',
  }),
  /**
   * A code that the window caught from a keyboard wedge, or a person typed. Asked again after a broken
   * connection it is told again, under the same `scanId`: the page takes it once.
   */
  'enter-scan': route({
    ask: z.strictObject({
      text: z.string().min(1).max(1024),
      source: z.enum(['wedge', 'typed']),
      scanId: z.string().min(1).max(40),
    }),
    answer: nothing,
    permission: null,
    audit: 'none',
    effect: 'desk',
  }),
  /** The virtual scanner: real reports of a real layout through the replay port. */
  'virtual-scan': route({
    ask: z.strictObject({ text: z.string().min(1).max(1024), aim: z.string().max(3).nullable() }),
    answer: nothing,
    permission: 'use-devices',
    audit: 'none',
    effect: 'desk',
  }),
  /** The virtual identity card reader: a card is laid on it until it is read. */
  'virtual-id-card': route({
    ask: z.strictObject({
      number: z.string().min(15).max(18),
      name: PlainText(60),
      bornOn: CalendarDate,
    }),
    answer: nothing,
    permission: 'use-devices',
    audit: 'none',
    effect: 'desk',
  }),
  /** Plays a recording of a real layout, at its own pace. */
  'play-capture': route({
    ask: z.strictObject({ name: z.string().min(1).max(100) }),
    answer: nothing,
    permission: 'use-devices',
    audit: 'none',
    effect: 'desk',
  }),
  /** Sample city only: takes the desk off the network and back. */
  'pull-plug': route({
    ask: z.strictObject({ isUnplugged: z.boolean() }),
    answer: SyncStatus,
    permission: null,
    audit: 'desk',
    effect: 'desk',
  }),
  /**
   * A file for import, a piece at a time (base64, at most 256 KiB decoded a piece); the first piece
   * names it, the last starts the job.
   */
  'import-upload': route({
    ask: z.strictObject({
      uploadId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
      fileName: z.string().min(1).max(200),
      offset: z.int().min(0),
      chunkBase64: z.string().max(360_000),
      isLast: z.boolean(),
      format: z.enum(['auto', 'iso2709', 'marcxml']),
      profile: z.enum(['auto', 'cnmarc', 'unimarc', 'marc21']),
      encoding: z.enum(['auto', ...MARC_ENCODINGS]),
      isDryRun: z.boolean(),
    }),
    answer: z.strictObject({ receivedBytes: z.int(), jobId: z.string().nullable() }),
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'desk',
  }),
  'import-cancel': route({
    ask: z.strictObject({ jobId: z.string() }),
    answer: nothing,
    permission: 'edit-catalogue',
    audit: 'desk',
    effect: 'desk',
  }),
  'import-jobs': route({
    ask: nothing,
    answer: z.array(ImportProgress),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  ...exportRequests,
  /**
   * Another system's offline file, a piece at a time as `import-upload`; after the last piece it is
   * looked through, and waits for `offline-record`.
   */
  'offline-upload': route({
    ask: z.strictObject({
      fileId: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
      fileName: z.string().min(1).max(200),
      offset: z.int().min(0),
      chunkBase64: z.string().max(360_000),
      isLast: z.boolean(),
    }),
    answer: z.strictObject({ receivedBytes: z.int(), isWhole: z.boolean() }),
    permission: 'circulate',
    audit: 'desk',
    effect: 'desk',
  }),
  'offline-record': route({
    ask: z.strictObject({ fileId: z.string().max(64) }),
    answer: nothing,
    permission: 'circulate',
    audit: 'desk',
    effect: 'desk',
  }),
  'offline-stop': route({
    ask: z.strictObject({ fileId: z.string().max(64) }),
    answer: nothing,
    permission: 'circulate',
    audit: 'desk',
    effect: 'desk',
  }),
  /** Those of this run of the engine, the newest first. */
  'offline-files': route({
    ask: nothing,
    answer: z.array(OfflineFile),
    permission: 'circulate',
    audit: 'none',
    effect: 'none',
  }),
} as const
