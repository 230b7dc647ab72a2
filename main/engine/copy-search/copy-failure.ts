/** Another catalogue gave no records, and why. Expected: the screen says it in words. */
import type { CopyTrouble } from '../../../contract/copy-shapes.ts'

const DETAIL_LENGTH_MAX = 300
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]+/g

export class CopyFailure extends Error {
  readonly trouble: CopyTrouble

  /** `detail`: in the catalogue's own words; whatever it sent becomes one short line of text. */
  constructor(trouble: CopyTrouble, detail = '') {
    super(
      detail
        .toWellFormed()
        .replace(CONTROLS, ' ')
        .trim()
        .slice(0, DETAIL_LENGTH_MAX)
        .toWellFormed(),
    )
    this.name = 'CopyFailure'
    this.trouble = trouble
  }
}

export const isCopyFailure = (error: unknown): error is CopyFailure => error instanceof CopyFailure
