/** The answers about pads. */
import { createHash } from 'node:crypto'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
import { CITY_OWNER_ISIL } from '../../domain/rfid/tag-of-item.ts'
import { noElements, setInfoText } from '../../domain/rfid/tag-elements.ts'
import { AFI_IN_STOCK, AFI_ON_LOAN } from '../../domain/rfid/tag-security.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { VirtualTag } from '../../devices/device-host-messages.ts'
import type { Rows } from '../../db/replica/rows.ts'
import { DeskFailure } from './desk-failure.ts'
import type { PadDesk } from './pad-desk.ts'
import type { Readers } from './readers.ts'

/** An SLIX: 28 blocks of four bytes. */
const MEMORY_BYTES = 112
/** Of no model that we read: the beginning is another system's, the rest its text. */
const FOREIGN_TAG = Uint8Array.from(Buffer.from('e15663223e6c39411062767a', 'hex'))

type PadQuery =
  | 'pad-status'
  | 'offer-pad'
  | 'take-parts'
  | 'virtual-tag'
  | 'write-tag'
  | 'give-up-tag'
interface PadAnswerDeps {
  readonly padDesk: PadDesk
  readonly readers: Readers
  readonly stores: { readonly replica: { readonly rows: Rows } }
}
type PadAnswers = { readonly [Q in PadQuery]: (ask: AskOf<Q>) => AnswerOf<Q> }

export const padAnswers = (deps: PadAnswerDeps): PadAnswers => ({
  'pad-status': () => deps.padDesk.status(),
  'offer-pad': ({ barcodes }) => ({ offeredCount: deps.padDesk.offer(barcodes) }),
  'take-parts': ({ barcode }) => {
    if (!deps.padDesk.takeParts(barcode)) throw new DeskFailure('bad-request', 'no such set')
    return {}
  },
  'write-tag': (ask) => deps.padDesk.write(ask),
  'give-up-tag': ({ uid }) => {
    if (!deps.padDesk.giveUpTag(uid)) throw new DeskFailure('bad-request', 'no such tag')
    return {}
  },
  'virtual-tag': (ask) => {
    const made = virtualTagOf(deps, ask)
    const lying = ask.isOn ? undefined : lyingTag(deps, ask.barcode)
    if (!deps.readers.virtualTag({ ...made, uid: lying ?? made.uid }, ask.isOn)) {
      throw new DeskFailure('bad-request', 'no virtual pad')
    }
    return {}
  },
})

/** One that was written on the pad has another number than its item would have brought. */
const lyingTag = ({ padDesk }: PadAnswerDeps, name: string): string | undefined =>
  padDesk.status().tags.find(({ barcode, uid }) => (barcode ?? uid) === name)?.uid

/** The tag that this item would have: the same chip whenever it is laid down. */
const virtualTagOf = (
  { stores }: PadAnswerDeps,
  { barcode, part, parts, content }: AskOf<'virtual-tag'>,
): VirtualTag => {
  const elements = {
    ...noElements,
    primaryItemId: barcode,
    ownerIsil: CITY_OWNER_ISIL,
    setInfo: part === null || parts === null ? null : setInfoText({ part, parts }),
  }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: MEMORY_BYTES })
  if (!encoded.ok) throw new DeskFailure('bad-request', encoded.reason)
  const [item] = stores.replica.rows.find('itemByBarcode', [barcode])
  const chip = createHash('sha256')
    .update(`${barcode}/${part ?? 0}`)
    .digest('hex')
    .slice(0, 12)
  const uid = `e004${chip}`
  if (content === 'blank') return { uid, memory: new Uint8Array(), afi: 0 }
  if (content === 'foreign') return { uid, memory: FOREIGN_TAG, afi: AFI_IN_STOCK }
  return {
    uid,
    memory: encoded.bytes,
    afi: item?.state === 'on-loan' ? AFI_ON_LOAN : AFI_IN_STOCK,
  }
}
