/**
 * Writes the constructed conversations with an identity card reader:
 * `node devices/id-card/conversations/write-conversations.ts`. Nobody's card was read for them: the
 * first is the standard's own example, the others are of a county that does not exist.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { encodeCardText, type IdCard } from '../card-text.ts'
import {
  encodeSamAnswer,
  encodeSamCommand,
  SAM_COMMAND,
  SAM_STATUS,
  toSamReports,
  type SamAnswer,
  type SamCommand,
} from '../sam-frames.ts'

const ORIGIN = 'constructed from public descriptions of the protocol'
const PHOTO = new Uint8Array(1_024).fill(0x5a)

const card = (
  kind: IdCard['kind'],
  { number, name, bornOn }: { number: string; name: string | null; bornOn: string },
): IdCard => ({ kind, number, name, bornOn: CalendarDate.parse(bornOn) })

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const turn = (command: SamCommand, status: number, content: Uint8Array = new Uint8Array()) => {
  const answer: SamAnswer = { status, content }
  return {
    asked: toHex(encodeSamCommand(command)),
    answered: toSamReports(encodeSamAnswer(answer)).map(toHex),
  }
}

const { status, find, select, read } = SAM_COMMAND
const began = [turn(status, SAM_STATUS.done), turn(find, SAM_STATUS.notFound)]
const selected = [
  turn(find, SAM_STATUS.found, new Uint8Array(4)),
  turn(select, SAM_STATUS.done, new Uint8Array(8)),
]
const wholeText = (of: IdCard): Uint8Array =>
  Uint8Array.of(1, 0, 4, 0, ...encodeCardText(of), ...PHOTO)

const CARDS: Readonly<Record<string, IdCard>> = {
  resident: card('resident', {
    number: '11010519491231002X',
    name: '范例',
    bornOn: '1949-12-31',
  }),
  'hong-kong-macao-taiwan': card('hong-kong-macao-taiwan', {
    number: '810000199408230021',
    name: '范例',
    bornOn: '1994-08-23',
  }),
  'foreigner-2017': card('foreigner-2017', {
    number: 'ZZZ449999010203',
    name: 'SAMPLE PERSON',
    bornOn: '1980-02-29',
  }),
  'foreigner-2023': card('foreigner-2023', {
    number: '900000198002290013',
    name: 'SAMPLE PERSON',
    bornOn: '1980-02-29',
  }),
  'rare-character': card('resident', {
    number: '449999201503120015',
    name: null,
    bornOn: '2015-03-12',
  }),
}

const write = (name: string, told: IdCard | null, turns: readonly object[]): void => {
  const file = fileURLToPath(new URL(`${name}.json`, import.meta.url))
  writeFileSync(file, `${JSON.stringify({ origin: ORIGIN, card: told, turns }, null, 2)}\n`)
}

for (const [name, told] of Object.entries(CARDS)) {
  write(name, told, [...began, ...selected, turn(read, SAM_STATUS.done, wholeText(told))])
}
write('not-read', null, [...began, ...selected, turn(read, SAM_STATUS.notRead)])
write('no-licence', null, [turn(status, SAM_STATUS.notLicensed)])
