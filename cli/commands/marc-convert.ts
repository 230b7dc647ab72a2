/** `citydesk marc convert FILE` */
import { createReadStream } from 'node:fs'

import { crosswalk, profileAfter } from '../../domain/marc/crosswalk.ts'
import { encodeRecord, framing } from '../../main/engine/export/encode-record.ts'
import type { RecordForm } from '../../main/engine/export/encode-record.ts'
import { textEncoder } from '../../main/engine/import/text-decoders.ts'
import { readRecords } from '../../main/engine/import/read-records.ts'
import type { Reading } from '../../main/engine/import/record-reading.ts'
import { UnusableInput, choice, requiredOption } from '../command.ts'
import type { Command, OptionValues } from '../command.ts'
import { openDraftFile } from '../draft-file.ts'
import type { DraftFile } from '../draft-file.ts'

interface Report {
  read: number
  written: number
  refused: { record: number; offset: number; reason: string }[]
  losses: { record: number; field: string; reason: string }[]
}

export const marcConvert: Command = {
  name: 'marc convert',
  summary:
    'Converts a file of records; what a format cannot hold is listed, never dropped silently.',
  help: `FILE --to iso2709|marcxml --out FILE
  --encoding utf-8|gb18030|gbk      of the new file (default utf-8)
  --crosswalk marc21|cnmarc         to the other format's fields; without it fields stay as they are

JSON: { read, written, refused: [{ record, offset, reason }], losses: [{ record, field, reason }] }`,
  options: {
    to: { type: 'string' },
    encoding: { type: 'string' },
    crosswalk: { type: 'string' },
    out: { type: 'string' },
  },
  run: async ([path], values) => {
    if (path === undefined) throw new UnusableInput('marc convert needs a FILE')
    const form: RecordForm = {
      format: choice(values, 'to', ['iso2709', 'marcxml']),
      encoding: choice(values, 'encoding', ['utf-8', 'gb18030', 'gbk'], 'utf-8'),
    }
    const report = await convert(path, requiredOption(values, 'out'), form, targetOf(values))
    const { read, written, refused, losses } = report
    return {
      exit: refused.length > 0 ? 1 : 0,
      json: report,
      text: [
        `${read} read, ${written} written, ${refused.length} refused, ${losses.length} losses`,
        ...refused.map(({ record, reason }) => `record ${record}: ${reason}`),
        ...losses.map(({ record, field, reason }) => `record ${record}: ${field} ${reason}`),
      ].join('\n'),
    }
  },
}

type Target = 'marc21' | 'cnmarc' | null

const targetOf = (values: OptionValues): Target =>
  values['crosswalk'] === undefined ? null : choice(values, 'crosswalk', ['marc21', 'cnmarc'])

async function convert(path: string, out: string, form: RecordForm, target: Target) {
  const report: Report = { read: 0, written: 0, refused: [], losses: [] }
  const choices = { format: 'auto', profile: 'auto', encoding: 'auto' } as const
  const file = await openDraftFile(out)
  const { before, after } = framing(form)
  const textBytes = (text: string): Uint8Array => textEncoder(form.encoding)(text).bytes
  try {
    await file.put(textBytes(before))
    for await (const { readings } of readRecords(createReadStream(path), choices)) {
      for (const reading of readings) await convertOne(reading, { target, form, file }, report)
    }
    await file.put(textBytes(after))
    await file.finish()
    return report
  } catch (error) {
    file.discard()
    throw error
  }
}

async function convertOne(
  reading: Reading,
  { target, form, file }: { target: Target; form: RecordForm; file: DraftFile },
  report: Report,
): Promise<void> {
  report.read += 1
  if ('refused' in reading) {
    report.refused.push(reading.refused)
    return
  }
  const { number, offset, profile } = reading
  const converted = target === null ? null : crosswalk(reading.record, profile, target)
  for (const { field, reason } of converted?.losses ?? []) {
    report.losses.push({ record: number, field, reason })
  }
  const written = encodeRecord(
    converted?.record ?? reading.record,
    profileAfter(profile, target),
    form,
  )
  if (written instanceof Uint8Array) {
    await file.put(written)
    report.written += 1
  } else report.refused.push({ record: number, offset, reason: written.reason })
}
