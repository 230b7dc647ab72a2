/** Where this city copies records from, and what of its own they leave alone. */
import type { CopyTarget, FieldProtection } from '../../domain/copying-records.ts'
import { defaultProtection } from '../../domain/copying/default-protection.ts'
import { MarcProfile } from '../../domain/cataloguing-records.ts'
import type { Stores } from './stores.ts'

export const copyTargets = ({ replica }: Pick<Stores, 'replica'>): readonly CopyTarget[] =>
  replica.rows.select('copy-target', 'ORDER BY id')

export const fieldProtection = ({ replica }: Pick<Stores, 'replica'>): readonly FieldProtection[] =>
  MarcProfile.options.map((id) => replica.row('field-protection', id) ?? defaultProtection(id))
