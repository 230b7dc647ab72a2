/**
 * One queue of scans, owned by the desk. A dialog that needs an answer holds it; the scans that
 * arrive meanwhile wait in order and in sight, and none is lost without a word.
 */
import type { ScanNews } from '../../contract/topics.ts'
import { classifyScan, defaultScanPolicy } from '../../domain/words/classify-scan.ts'
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

export function createScanDesk(announcer: Announcer, clock: Clock): ScanDesk {
  let number = 0
  let isHeld = false
  let dropped = 0
  let waiting: ScanNews[] = []

  const tell = (): void =>
    announcer.announce('scan-queue', { isHeld, waiting: waiting.map((scan) => scan.text), dropped })

  return {
    take({ text, source, aim, scanId }) {
      const classified = classifyScan(defaultScanPolicy, { text, aim })
      const kinds = classified.kind === 'ambiguous' ? classified.kinds : [classified.kind]
      const scan: ScanNews = {
        number: (number += 1),
        text: classified.code,
        kind: kinds[0] ?? 'unknown',
        alsoKinds: kinds.slice(1),
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
