/** What CNMARC defines, looked up by tag. */
import { codedFields } from './coded-fields.ts'
import { codedFilm, codedFilmArchive } from './coded-film.ts'
import { codedGeneral } from './coded-general.ts'
import { codedGraphic, codedObject } from './coded-graphics.ts'
import { codedLeader } from './coded-leader.ts'
import { codedMap, codedMapForm, codedRemoteSensing } from './coded-maps.ts'
import { codedOldBook, codedOldCopy } from './coded-old-books.ts'
import { codedElectronic, codedMicroform, codedRubbing } from './coded-other-media.ts'
import { codedMusic, codedSound, codedSoundDetails } from './coded-sound.ts'
import type { CodedString } from './coded-string.ts'
import { codedBook, codedSerial } from './coded-text.ts'
import { describedFields } from './described-fields.ts'
import type { FieldDefinition } from './field-definition.ts'
import { identifyingFields } from './identifying-fields.ts'
import { linkFields } from './link-fields.ts'
import { noteFields } from './note-fields.ts'
import { responsibleFields } from './responsible-fields.ts'
import { subjectFields } from './subject-fields.ts'
import { titleFields } from './title-fields.ts'

/** In the order of their tags. */
export const fieldDefinitions: readonly FieldDefinition[] = [
  ...identifyingFields,
  ...codedFields,
  ...describedFields,
  ...noteFields,
  ...linkFields,
  ...titleFields,
  ...subjectFields,
  ...responsibleFields,
]

const definitionsByTag: ReadonlyMap<string, FieldDefinition> = new Map(
  fieldDefinitions.map((definition) => [definition.tag, definition]),
)

/** Null for a tag of a local system, which CNMARC leaves open. */
export const definitionOf = (tag: string): FieldDefinition | null =>
  definitionsByTag.get(tag) ?? null

const codedStrings: readonly CodedString[] = [
  codedLeader,
  codedGeneral,
  codedBook,
  codedSerial,
  codedFilm,
  codedFilmArchive,
  codedGraphic,
  codedObject,
  codedMap,
  codedMapForm,
  codedRemoteSensing,
  codedMusic,
  codedSound,
  codedSoundDetails,
  codedMicroform,
  codedElectronic,
  codedOldBook,
  codedOldCopy,
  codedRubbing,
]

/** `LDR` for the leader; empty where nothing of the field has fixed places. */
export const codedStringsOf = (tag: string): readonly CodedString[] =>
  codedStrings.filter((string) => string.tag === tag)
