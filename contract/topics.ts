/** What the engine announces. Broadcasts of state, never control flow. */
import { z } from 'zod'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import { recordSchemas } from '../domain/records.ts'
import type { RecordKind } from '../domain/records.ts'
import { BatchJob } from './batch-shapes.ts'
import { QualityProgress } from './quality-shapes.ts'
import { ExportProgress } from './export-shapes.ts'
import { OfflineProgress } from './offline-shapes.ts'
import { PadStatus } from './pad-shapes.ts'
import { StorageStatus } from './storage-status.ts'

const kinds = Object.keys(recordSchemas) as [RecordKind, ...RecordKind[]]

/** Why the city cannot be used now. Most pass by themselves; the words are in renderer/language. */
export const SyncReason = z.enum([
  'starting',
  'unreachable',
  'timed-out',
  /** A captive portal, a proxy's page, an answer that makes no sense. */
  'not-our-server',
  'bad-request',
  'bad-signature',
  'device-revoked',
  'code-not-valid',
  'desk-too-old',
  'server-too-old',
  'too-large',
  'busy',
  /** Two logs under one name. */
  'device-fork',
  /** The server came back from its backup: this desk sends it again what it lost. */
  'server-restored',
  /** The city answered a push without an outcome for its first operation. */
  'nothing-taken',
  'disk-full',
])
export type SyncReason = z.infer<typeof SyncReason>

/** Own service point and city · every item of the city in brief · titles. */
export const FactsClass = z.enum(['branch', 'brief', 'catalogue'])
export type FactsClass = z.infer<typeof FactsClass>

export const SyncStatus = z.strictObject({
  connection: z.enum(['online', 'offline', 'unplugged', 'not-enrolled', 'too-old', 'revoked']),
  /** Why offline; null while online, and where `connection` says it all. */
  reason: SyncReason.nullable(),
  pendingCount: z.int(),
  lastPullAt: z.number().nullable(),
  /** Of the own service point; null before the first complete pull. */
  factsAgeMs: z.number().nullable(),
  /** Ms since the city last told all it had of each class. */
  agesMs: z.record(FactsClass, z.number().nullable()),
  openExceptionsCount: z.int(),
  /** Titles known of the city's, while the catalogue fills. */
  isFilling: z.boolean(),
  /** To be added to the machine's clock; null before the first contact. */
  clockOffsetMs: z.number().nullable(),
})
export type SyncStatus = z.infer<typeof SyncStatus>

export const DeviceStatus = z.strictObject({
  readers: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      model: z.string(),
      state: z.enum([
        'absent',
        'found',
        'opening',
        'probing',
        'ready',
        'busy',
        'lost',
        'denied',
        'foreign',
        'faulty',
      ]),
      /** What a person can do about it; the words are in renderer/language. */
      advice: z.enum(['udev-rule', 'close-other-program', 'switch-to-hid-pos']).nullable(),
      /** The rule to install, for `udev-rule`. */
      adviceText: z.string().nullable(),
      /** What it reads: codes, tags on a pad, identity cards. */
      reads: z.enum(['codes', 'tags', 'id-cards']),
      /** Of an identity card reader: cards that could not be read. Each time it rises, one is told. */
      unreadCardsCount: z.int(),
      lastReportHex: z.string().nullable(),
      lastText: z.string().nullable(),
      /** What the scanner said of the symbols, e.g. `]C0`; null where it says none. */
      lastAim: z.string().max(8).nullable(),
      scansCount: z.int(),
    }),
  ),
  isVirtual: z.boolean(),
  /** Recordings of readers that the demo can play. */
  captures: z.array(z.string()),
  /** Why no reader can be used at all; null where devices work. */
  failure: z.enum(['hid-unavailable', 'reader-service-restarting']).nullable(),
})
export type DeviceStatus = z.infer<typeof DeviceStatus>

export const ScanNews = z.strictObject({
  /** Rises by one for each scan of this engine's life. */
  number: z.int(),
  /** Of an ID card masked: the number itself never leaves the engine. */
  text: z.string(),
  kind: z.enum([
    'item',
    'reader-card',
    'isbn',
    'issn',
    'virtual-card',
    'staff-badge',
    'kiosk',
    'bin',
    'ticket',
    'id-card',
    'unknown',
  ]),
  /** Other kinds it might be; the screen asks. */
  alsoKinds: z.array(z.string()),
  /** Of an ID card, under the city's key; null where its check letter is wrong, and for other kinds. */
  idNumberHash: z.string().length(64).nullable(),
  /**
   * Of an ID card on a card reader: what a registration begins with. The name is null where it has a
   * character that only the police's typeface knows.
   */
  holder: z.strictObject({ name: z.string().max(60).nullable(), bornOn: CalendarDate }).nullable(),
  /** Of an ISSN, the digits beside its code, which say the issue; null where there are none. */
  addOn: z.string().max(5).nullable(),
  source: z.enum(['hid', 'wedge', 'virtual', 'typed', 'pad']),
  /** Of the page that entered it; null where a reader did. */
  scanId: z.string().nullable(),
  at: z.number(),
})
export type ScanNews = z.infer<typeof ScanNews>

export const ImportProgress = z.strictObject({
  jobId: z.string(),
  file: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  readBytes: z.number(),
  totalBytes: z.number(),
  read: z.int(),
  imported: z.int(),
  updated: z.int(),
  recovered: z.int(),
  items: z.int(),
  refusedCount: z.int(),
  /** The first 200; the rest is in the report file of the command line. */
  refused: z.array(z.strictObject({ record: z.int(), offset: z.number(), reason: z.string() })),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
})
export type ImportProgress = z.infer<typeof ImportProgress>

export const topics = {
  /** A scan, delivered once, in order, unless the screen holds the queue. */
  scan: ScanNews,
  'scan-queue': z.strictObject({
    isHeld: z.boolean(),
    waiting: z.array(z.string()),
    dropped: z.int(),
  }),
  /** Records that changed under the screens: kinds, and ids where few. */
  changed: z.strictObject({
    kinds: z.array(z.enum(kinds)),
    ids: z.array(z.string()),
    /** `operations` changed: today's list, outcomes. */
    operations: z.boolean(),
  }),
  'sync-status': SyncStatus,
  'device-status': DeviceStatus,
  'pad-status': PadStatus,
  'import-progress': ImportProgress,
  'batch-progress': BatchJob,
  'quality-progress': QualityProgress,
  'export-progress': ExportProgress,
  'storage-status': StorageStatus,
  'offline-progress': OfflineProgress,
  /** A catalogue answered, or failed: what has come is asked for by `copy-found`. */
  'copy-progress': z.strictObject({ searchId: z.string() }),
  /** The session began, ended or was locked. */
  session: z.strictObject({ isSignedIn: z.boolean() }),
} as const

export type TopicName = keyof typeof topics
export type TopicNews<T extends TopicName> = z.infer<(typeof topics)[T]>
