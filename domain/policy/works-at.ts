/** Rights hold at the service points that an account names (B1). */
import type { Staff } from '../records.ts'

export const worksAt = ({ branchIds }: Pick<Staff, 'branchIds'>, branchId: string): boolean =>
  (branchIds as readonly string[]).includes(branchId)
