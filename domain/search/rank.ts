/**
 * The static rank: the row id of a title in the index, best first. Its upper part is a bucket of
 * popularity and age, its lower part a number within the bucket, so that a record is ranked again
 * only when it changes bucket, and nothing is ever renumbered.
 */
import type { Title } from '../records.ts'

const LOANS_BUCKETS = 32
const YEAR_BUCKETS = 16
const YEARS_A_BUCKET = 2
/** The years of the newest bucket are still to come; what is older than 30 years is one bucket. */
const NEWEST_YEAR = 2031
/** 4,194,304 titles a bucket can hold: more than a city has. Ranks stay below 2 ** 31, four bytes. */
export const BUCKET_SIZE = 2 ** 22

/** Two buckets for each doubling of the loans. */
const loansBucket = (loansCount: number): number =>
  Math.min(LOANS_BUCKETS - 1, Math.floor(2 * Math.log2(1 + loansCount)))

const yearBucket = (year: string | null): number => {
  const found = /\d{4}/.exec(year ?? '')?.[0]
  if (found === undefined) return 0
  const age = Math.floor((NEWEST_YEAR - Number(found)) / YEARS_A_BUCKET)
  return Math.max(0, Math.min(YEAR_BUCKETS - 1, YEAR_BUCKETS - 1 - age))
}

/** 0 is the best; 510 the last, so that the first rank after it is below 2 ** 31. */
export const bucketOf = ({ loansCount, year }: Title): number =>
  Math.min(
    LOANS_BUCKETS * YEAR_BUCKETS - 2,
    (LOANS_BUCKETS - 1 - loansBucket(loansCount)) * YEAR_BUCKETS +
      (YEAR_BUCKETS - 1 - yearBucket(year)),
  )

/** The first rank of a bucket; the next bucket's first rank ends it. Never 0. */
export const firstRankOf = (bucket: number): number => (bucket + 1) * BUCKET_SIZE

export const bucketOfRank = (rank: number): number => Math.floor(rank / BUCKET_SIZE) - 1
