/** One question: its shapes both ways, who may ask it, and what the audit trail keeps of it. */
import { z } from 'zod'
import type { Permission } from '../domain/policy/roles.ts'

export interface Route<A extends z.ZodType, B extends z.ZodType> {
  readonly ask: A
  readonly answer: B
  readonly permission: z.infer<typeof Permission> | null
  /** What the audit trail writes: nothing, that it was asked, or also about whom. */
  readonly audit: 'none' | 'asked' | 'reader-seen' | 'session' | 'desk'
  readonly effect: 'none' | 'desk'
}
export const route = <A extends z.ZodType, B extends z.ZodType>(parts: Route<A, B>): Route<A, B> =>
  parts

export const nothing = z.strictObject({})
export const limit = z.int().min(1).max(500)
