/** The shapes of policy about points, leases and numbers. */
import { z } from 'zod'

const text = z.string().min(1).max(60)
const Points = z.int().min(1).max(100_000)
const days = (max: number) => z.int().min(1).max(max)

/** What points are earned for. */
export const PointsEarning = z.strictObject({
  id: text,
  nameZh: text,
  nameEn: text,
  /** Proposed; staff may give less or more, at most `pointsMax` at a time. */
  points: Points,
  pointsMax: Points,
})
export type PointsEarning = z.infer<typeof PointsEarning>

/** What points are redeemed for. */
export const PointsReward = z.strictObject({
  id: text,
  nameZh: text,
  nameEn: text,
  points: Points,
})
export type PointsReward = z.infer<typeof PointsReward>

/** Numbers that are unique in the city and drawn without asking it. */
export const SeriesTerms = z.strictObject({
  id: text,
  nameZh: text,
  nameEn: text,
  /** Printed before the number. */
  prefix: z.string().max(20),
  blockSize: z.int().min(1).max(10_000),
  /** With fewer left than this the desk asks for its next block. */
  askBelow: z.int().min(1).max(10_000),
  blockDays: days(3650),
})
export type SeriesTerms = z.infer<typeof SeriesTerms>

export const PointsPolicy = z.strictObject({
  earnings: z.array(PointsEarning).max(200),
  rewards: z.array(PointsReward).max(500),
  /** No balance goes below it (I23): 0 where points cannot be owed. */
  floor: z.int().min(-100_000).max(0),
  /** Points of one reader that one desk may hold at a time. */
  leaseMax: Points,
  leaseDays: days(90),
  /** A desk stops spending this long before the end: its clock may be wrong by as much. */
  leaseSkewMs: z.int().min(0).max(86_400_000),
  /** The longest a desk may be offline: after it an unused lease is taken back. */
  leaseGraceDays: days(365),
  series: z.array(SeriesTerms).max(100),
})
export type PointsPolicy = z.infer<typeof PointsPolicy>
