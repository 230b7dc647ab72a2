/** The answers about pads. */
import { createHash } from 'node:crypto'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
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
/** Of the sample city: a real owner's code, as its tags would have it. */
const SAMPLE_OWNER = 'CN-440300'

type PadQuery = 'pad-status' | 'offer-pad' | 'take-parts' | 'virtual-tag'
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
  'virtual-tag': (ask) => {
    if (!deps.readers.virtualTag(virtualTagOf(deps, ask), ask.isOn)) {
      throw new DeskFailure('bad-request', 'no virtual pad')
    }
    return {}
  },
})

/** The tag that this item would have: the same chip whenever it is laid down. */
const virtualTagOf = (
  { stores }: PadAnswerDeps,
  { barcode, part, parts }: AskOf<'virtual-tag'>,
): VirtualTag => {
  const elements = {
    ...noElements,
    primaryItemId: barcode,
    ownerIsil: SAMPLE_OWNER,
    setInfo: part === null || parts === null ? null : setInfoText({ part, parts }),
  }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: MEMORY_BYTES })
  if (!encoded.ok) throw new DeskFailure('bad-request', encoded.reason)
  const [item] = stores.replica.rows.find('itemByBarcode', [barcode])
  const chip = createHash('sha256')
    .update(`${barcode}/${part ?? 0}`)
    .digest('hex')
    .slice(0, 12)
  return {
    uid: `e004${chip}`,
    memory: encoded.bytes,
    afi: item?.state === 'on-loan' ? AFI_ON_LOAN : AFI_IN_STOCK,
  }
}
