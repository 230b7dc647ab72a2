/** A record as another catalogue sent it → as a screen shows it and a draft keeps it. */
import type { CopiedRecord } from '../../../contract/copy-shapes.ts'
import { BibContent } from '../../../domain/cataloguing-records.ts'
import type { CopyTarget } from '../../../domain/copying-records.ts'
import { fieldToBibField } from '../../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../../domain/marc/brief.ts'
import { detectProfile } from '../../../domain/marc/encoding.ts'
import type { MarcProfileName, MarcRecord } from '../../../domain/marc/marc-record.ts'
import { titleOfBrief } from '../../../domain/marc/title-of-brief.ts'

/** Null where it is beyond the bounds of a stored record. */
export function toCopiedRecord(
  record: MarcRecord,
  target: Pick<CopyTarget, 'profile'>,
): CopiedRecord | null {
  const parsed = BibContent.safeParse({
    leader: record.leader,
    fields: record.fields.map(fieldToBibField),
  })
  if (!parsed.success) return null
  const profile = profileOf(record, target.profile)
  const brief = titleOfBrief(recordToBrief(record, profile), () => {})
  return {
    profile,
    content: parsed.data,
    title: brief?.title ?? null,
    author: brief?.author ?? null,
    publisher: brief?.publisher ?? null,
    year: brief?.year ?? null,
    isbn: brief?.isbns[0] ?? null,
  }
}

/** CNMARC and UNIMARC differ in habits, and the target says which; MARC21 is another family. */
function profileOf(record: MarcRecord, told: MarcProfileName): MarcProfileName {
  const seen = detectProfile(record)
  return (seen === 'marc21') === (told === 'marc21') ? told : seen
}
