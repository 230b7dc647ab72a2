/** What the exception of a refused request says first (E11). */
import { alert } from './operation.ts'
import type { Finding } from './operation.ts'
import type { Asked } from './refused-request.ts'

interface Refusing {
  readonly asked: Asked
  /** The due date that the reader was told. */
  readonly promisedDueOn: string | undefined
  /** The findings that it was refused for. */
  readonly broken: readonly Finding[]
}

/** Said before the findings that it was refused for. */
export const requestRefused = ({ asked, promisedDueOn, broken }: Refusing): Finding =>
  alert('request-refused', 'E11', {
    params: {
      ...asked,
      ...(promisedDueOn === undefined ? {} : { printedOn: promisedDueOn }),
      isFinal: broken.some(({ level }) => level === 'impossible') ? 1 : 0,
    },
    exception: 'request-refused',
  })
