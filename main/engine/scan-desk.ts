/**
 * One queue of scans, owned by the desk. A dialog that needs an answer holds it; the scans that
 * arrive meanwhile wait in order and in sight, and none is lost without a word.
 */
import type { ScanNews } from '../../contract/topics.ts'
import type { Rows } from '../../db/replica/rows.ts'
import { idNumberHashOf } from '../../db/id-number-hash.ts'
import { normaliseBarcode } from '../../domain/words/barcode.ts'
import { classifyScan, defaultScanPolicy } from '../../domain/words/classify-scan.ts'
import { maskedIdNumber } from '../../domain/words/id-number.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'

/** More than a stack of books; a stuck trigger stops here and says so. */
const WAITING_MAX = 256

export interface TakenScan extends Pick<ScanNews, 'text' | 'source' | 'scanId'> {
  /** The AIM symbology identifier where the reader sent one, e.g. `]C0`. */
  readonly aim: string | null
}

export interface ScanDesk {
  readonly take: (scan: TakenScan) => void
  readonly hold: (isHeld: boolean) => void
}

type Read = Pick<ScanNews, 'text' | 'kind' | 'alsoKinds' | 'idNumberHash' | 'addOn'>

/**
 * What the screens are told of a scan. The number of an identity card stays here: they get it masked,
 * with its keyed hash (D19); of one whose check letter is wrong, masked alone.
 */
export function readScan(rows: Rows, text: string, aim: string | null): Read {
  const classified = classifyScan(defaultScanPolicy, { text, aim })
  const { code } = classified
  const isWrongId = classified.kind === 'unknown' && classified.nearlyKinds[0] === 'id-card'
  if (classified.kind === 'id-card' || isWrongId) {
    return {
      text: maskedIdNumber(code),
      kind: 'id-card',
      alsoKinds: [],
      idNumberHash: isWrongId ? null : idNumberHashOf(rows, code),
      addOn: null,
    }
  }
  const kinds = classified.kind === 'ambiguous' ? classified.kinds : [classified.kind]
  const kind = kinds[0] ?? 'unknown'
  const addOn = kind === 'issn' ? normaliseBarcode(text).slice(code.length) : ''
  return {
    text: code,
    kind,
    alsoKinds: kinds.slice(1),
    idNumberHash: null,
    addOn: addOn === '' ? null : addOn,
  }
}

export function createScanDesk(
  announcer: Announcer,
  clock: Clock,
  { replica }: { readonly replica: { readonly rows: Rows } },
): ScanDesk {
  let number = 0
  let isHeld = false
  let dropped = 0
  let waiting: ScanNews[] = []

  const tell = (): void =>
    announcer.announce('scan-queue', { isHeld, waiting: waiting.map((scan) => scan.text), dropped })

  return {
    take({ text, source, aim, scanId }) {
      const scan: ScanNews = {
        number: (number += 1),
        ...readScan(replica.rows, text, aim),
        source,
        scanId,
        at: clock.now(),
      }
      if (!isHeld) {
        announcer.announce('scan', scan)
        return
      }
      if (waiting.length < WAITING_MAX) waiting.push(scan)
      else dropped += 1
      tell()
    },
    hold(wantsHeld) {
      if (isHeld === wantsHeld) return
      isHeld = wantsHeld
      const released = isHeld ? [] : waiting
      if (!isHeld) {
        waiting = []
        dropped = 0
      }
      tell()
      for (const scan of released) announcer.announce('scan', scan)
    },
  }
}
