/**
 * One queue of scans, owned by the desk. A dialog that needs an answer holds it; the scans that
 * arrive meanwhile wait in order and in sight, and none is lost without a word.
 */
import type { IdCard } from '../../devices/id-card/card-text.ts'
import type { ScanNews } from '../../contract/topics.ts'
import type { Rows } from '../../db/replica/rows.ts'
import { idNumberHashOf } from '../../db/id-number-hash.ts'
import { normaliseBarcode } from '../../domain/words/barcode.ts'
import { classifyScan, defaultScanPolicy } from '../../domain/words/classify-scan.ts'
import { hasIdNumberForm, isIdNumber, maskedIdNumber } from '../../domain/words/id-number.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'

/** More than a stack of books; a stuck trigger stops here and says so. */
const WAITING_MAX = 256

export interface TakenScan extends Pick<ScanNews, 'text' | 'source' | 'scanId'> {
  /** The AIM symbology identifier where the reader sent one, e.g. `]C0`. */
  readonly aim: string | null
}

/** An identity card that a card reader read. */
export type TakenIdCard = Pick<IdCard, 'number' | 'name' | 'bornOn'>

export interface ScanDesk {
  readonly take: (scan: TakenScan) => void
  readonly takeIdCard: (card: TakenIdCard, source: ScanNews['source']) => void
  readonly hold: (isHeld: boolean) => void
}

type Read = Pick<ScanNews, 'text' | 'kind' | 'alsoKinds' | 'idNumberHash' | 'addOn' | 'holder'>

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
      holder: null,
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
    holder: null,
    addOn: addOn === '' ? null : addOn,
  }
}

/** The number stays here as ever; who holds it is what a registration begins with. */
function readIdCard(rows: Rows, { number, name, bornOn }: TakenIdCard): Read {
  // The older foreigner's card has no check letter.
  const isWrong = hasIdNumberForm(number) && !isIdNumber(number)
  return {
    text: maskedIdNumber(number),
    kind: 'id-card',
    alsoKinds: [],
    idNumberHash: isWrong ? null : idNumberHashOf(rows, number),
    holder: isWrong ? null : { name, bornOn },
    addOn: null,
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

  const pass = (read: Read, from: Pick<ScanNews, 'source' | 'scanId'>): void => {
    const scan: ScanNews = { number: (number += 1), ...read, ...from, at: clock.now() }
    if (!isHeld) {
      announcer.announce('scan', scan)
      return
    }
    if (waiting.length < WAITING_MAX) waiting.push(scan)
    else dropped += 1
    tell()
  }

  return {
    take({ text, source, aim, scanId }) {
      pass(readScan(replica.rows, text, aim), { source, scanId })
    },
    takeIdCard(card, source) {
      pass(readIdCard(replica.rows, card), { source, scanId: null })
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
