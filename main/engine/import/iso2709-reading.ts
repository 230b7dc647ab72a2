/** A stream of ISO 2709 → records. Memory is bounded by one chunk and one record. */
import { detectFrameForm, utf8FormOf } from '../../../domain/marc/encoding.ts'
import type { EncodingReading, RecordForm } from '../../../domain/marc/encoding.ts'
import type { MarcEncoding } from '../../../domain/marc/marc-encodings.ts'
import { foreignEncodingOf } from '../../../domain/marc/foreign-encodings.ts'
import type { ForeignEncoding } from '../../../domain/marc/foreign-encodings.ts'
import { readFrame, readFrameWhole } from '../../../domain/marc/iso2709.ts'
import type { FramedRecord } from '../../../domain/marc/iso2709.ts'
import { frameRecord } from '../../../domain/marc/record-frame.ts'
import type { RecordFrame } from '../../../domain/marc/record-frame.ts'
import { createRecordSplitter } from '../../../domain/marc/record-splitter.ts'
import type { RecordSlice } from '../../../domain/marc/record-splitter.ts'
import type { MarcProfileName } from '../../../domain/marc/marc-record.ts'
import type { Chunks, Reading, ReadingChoices, Remark } from './record-reading.ts'
import { decodeUtf8, fieldsDecoder, textDecoder } from './text-decoders.ts'

export async function* readIso2709(
  chunks: Chunks,
  choices: ReadingChoices,
): AsyncGenerator<readonly Reading[]> {
  const splitter = createRecordSplitter()
  let number = 0
  const readAll = (cuts: ReturnType<typeof splitter.push>): Reading[] =>
    cuts.map((cut) => {
      number += 1
      return 'refused' in cut
        ? { refused: { record: number, ...cut.refused } }
        : readSlice(cut, number, choices)
    })
  for await (const chunk of chunks) {
    yield readAll(splitter.push(chunk))
  }
  yield readAll(splitter.end())
}

interface Form {
  readonly profile: MarcProfileName
  readonly encoding: MarcEncoding
  readonly remarks: readonly string[]
}

/** Looked at record by record: exports joined from several systems mix both. */
function formOf(frame: RecordFrame, { profile, encoding }: ReadingChoices): Form {
  if (profile !== 'auto' && encoding !== 'auto') return { profile, encoding, remarks: [] }
  return chosenForm(detectFrameForm(frame, profile === 'auto' ? null : profile), encoding)
}

function chosenForm(form: RecordForm, encoding: ReadingChoices['encoding']): Form {
  return {
    profile: form.profile,
    encoding: encoding === 'auto' ? form.reading.encoding : encoding,
    remarks: encoding === 'auto' ? encodingRemarks(form.reading) : [],
  }
}

interface Read {
  readonly form: Form
  readonly parsed: FramedRecord
  /** Tags of fields with bytes that the encoding cannot read. */
  readonly unreadable: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

/** Most records are UTF-8: read at once, they need no look at their bytes before. */
function readAsUtf8(frame: RecordFrame, { profile, encoding }: ReadingChoices): Read | null {
  if (encoding !== 'auto') return null
  const whole = readFrameWhole(frame, decodeUtf8)
  if (whole === null) return null
  const form = utf8FormOf(frame, whole, profile === 'auto' ? null : profile)
  if (form === null) return null
  return { form: chosenForm(form, encoding), parsed: whole.framed, unreadable: NONE }
}

function readByForm(frame: RecordFrame, choices: ReadingChoices): Read | ForeignEncoding {
  const form = formOf(frame, choices)
  // Where a person names the encoding, that is what it is read in.
  const foreign =
    choices.encoding === 'auto' && form.encoding !== 'utf-8' ? foreignEncodingOf(frame) : null
  return foreign ?? readAs(form, frame)
}

function readAs(form: Form, frame: RecordFrame): Read {
  const unreadable = new Set<string>()
  const decode = textDecoder(form.encoding, ({ tag }) => unreadable.add(tag))
  return { form, parsed: readFrame(frame, decode, fieldsDecoder(form.encoding)), unreadable }
}

const encodingRemarks = ({ isFlagWrong, evidence }: EncodingReading): string[] => [
  ...(isFlagWrong ? ['encoding-flag-wrong'] : []),
  ...(evidence === 'census' ? ['encoding-guessed'] : []),
]

function readSlice(
  { bytes, offset }: RecordSlice,
  number: number,
  choices: ReadingChoices,
): Reading {
  const frame = frameRecord(bytes, offset)
  if ('refused' in frame) return { refused: { record: number, ...frame.refused } }
  const read = readAsUtf8(frame, choices) ?? readByForm(frame, choices)
  if (typeof read === 'string') return { refused: { record: number, offset, reason: read } }
  const { form, parsed, unreadable } = read
  const remark = (code: string, about: string | null): Remark => ({
    record: number,
    offset,
    code,
    about,
  })
  return {
    number,
    offset,
    record: parsed.record,
    profile: form.profile,
    encoding: form.encoding,
    isRecovered: parsed.isRecovered,
    remarks: isUnremarkable(read)
      ? NO_REMARKS
      : [
          ...form.remarks.map((code) =>
            remark(code, code === 'encoding-guessed' ? form.encoding : null),
          ),
          ...parsed.warnings.map(({ code, tag }) => remark(code, tag)),
          ...[...unreadable].map((tag) => remark('characters-unreadable', tag)),
        ],
  }
}

const NO_REMARKS: readonly Remark[] = []

const isUnremarkable = ({ form, parsed, unreadable }: Read): boolean =>
  form.remarks.length + parsed.warnings.length + unreadable.size === 0
