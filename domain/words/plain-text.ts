import { z } from 'zod'

/** Text a person wrote or a label shows: well-formed, without control characters. */
export const PlainText = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .refine((text) => text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text))
