/** Both directions of the crosswalk under one name. */
import type { CrosswalkResult } from './crosswalk-field.ts'
import { marc21ToCnmarc } from './crosswalk-to-cnmarc.ts'
import { cnmarcToMarc21 } from './crosswalk-to-marc21.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'

/** A record already in the family asked for comes back as it is, with no losses. */
export const crosswalk = (
  record: MarcRecord,
  from: MarcProfileName,
  to: 'cnmarc' | 'marc21',
): CrosswalkResult => {
  const isUnimarc = from !== 'marc21'
  if (to === 'marc21') return isUnimarc ? cnmarcToMarc21(record) : { record, losses: [] }
  return isUnimarc ? { record, losses: [] } : marc21ToCnmarc(record)
}

/** Of a record after `crosswalk`: it leaves one alone that is of the wanted family already. */
export const profileAfter = (
  profile: MarcProfileName,
  to: 'cnmarc' | 'marc21' | null,
): MarcProfileName => {
  if (to === null) return profile
  return (profile === 'marc21') === (to === 'marc21') ? profile : to
}
