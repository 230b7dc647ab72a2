/**
 * What a batch is to do, on the disk before it begins. How far it came is in the outbox alone: each
 * piece is an operation under a request id that follows from the batch, so that a batch that broke
 * off goes on where it was, and no piece is made twice.
 */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BatchFix } from '../../domain/marc/batch-fix.ts'
import { CORRECTED_MAX } from '../../domain/operations/titles-correct.ts'
import { TitleId } from '../../domain/words/ids.ts'

const BatchPlan = z.strictObject({
  batchId: z.string(),
  fix: BatchFix,
  year: z.int(),
  /** Titles that the fix would change, as it was looked at. */
  ids: z.array(TitleId),
  excluded: z.array(z.string()),
  lookedCount: z.int(),
  isCut: z.boolean(),
  startedAt: z.number(),
  state: z.enum(['ready', 'begun', 'undo-begun']),
})
export type BatchPlan = z.infer<typeof BatchPlan>

const PLANS_KEPT_MAX = 20
const SUFFIX = '.json'

export interface BatchPlans {
  readonly save: (plan: BatchPlan) => void
  /** The newest first. A file that is no plan is taken away. */
  readonly all: () => readonly BatchPlan[]
}

export function openBatchPlans(folder: string): BatchPlans {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pathOf = (name: string): string => join(folder, name)
  const read = (name: string): BatchPlan | null => {
    const parsed = BatchPlan.safeParse(jsonOf(readFileSync(pathOf(name), 'utf8')))
    return parsed.success ? parsed.data : null
  }
  const all = (): BatchPlan[] => {
    const plans: BatchPlan[] = []
    for (const name of readdirSync(folder)) {
      const plan = name.endsWith(SUFFIX) ? read(name) : null
      if (plan === null) rmSync(pathOf(name), { force: true })
      else plans.push(plan)
    }
    return plans.toSorted((one, other) => other.startedAt - one.startedAt)
  }
  return {
    all,
    save(plan) {
      // The whole plan or the one before it: never half of one.
      const whole = pathOf(`${plan.batchId}${SUFFIX}`)
      writeFileSync(`${whole}.new`, JSON.stringify(plan), { mode: 0o600 })
      renameSync(`${whole}.new`, whole)
      for (const old of all().slice(PLANS_KEPT_MAX)) {
        rmSync(pathOf(`${old.batchId}${SUFFIX}`), { force: true })
      }
    },
  }
}

/** Null where it is no JSON: cut off by a power failure before the rename, or somebody else's. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return null
  }
}

/** Titles of each operation, in order. */
export function piecesOf({ ids, excluded }: BatchPlan): readonly (readonly TitleId[])[] {
  const without = new Set(excluded)
  const wanted = ids.filter((id) => !without.has(id))
  const pieces: TitleId[][] = []
  for (let at = 0; at < wanted.length; at += CORRECTED_MAX) {
    pieces.push(wanted.slice(at, at + CORRECTED_MAX))
  }
  return pieces
}

export const requestOf = ({ batchId }: BatchPlan, piece: number): string => `${batchId}-${piece}`
export const undoRequestOf = ({ batchId }: BatchPlan, piece: number): string =>
  `${batchId}-u${piece}`
