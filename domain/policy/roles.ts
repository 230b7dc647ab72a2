/** Who may do what. Four roles suffice now; finer grants come with administration. */
import { z } from 'zod'

export const Role = z.enum(['circulation', 'cataloguer', 'branch-head', 'reviewer'])
export type Role = z.infer<typeof Role>

export const Permission = z.enum([
  'circulate',
  'register-readers',
  'see-readers',
  'search-catalogue',
  'edit-catalogue',
  'see-exceptions',
  'settle-exceptions',
  'override-limits',
  'override-blocks',
  'use-devices',
  'undo-any',
  'edit-slips',
  'edit-policy',
  'edit-calendar',
  'review-records',
])
export type Permission = z.infer<typeof Permission>

const circulation = [
  'circulate',
  'register-readers',
  'see-readers',
  'search-catalogue',
  'see-exceptions',
  'override-limits',
  'use-devices',
] as const satisfies readonly Permission[]

export const permissionsByRole: Record<Role, readonly Permission[]> = {
  circulation,
  cataloguer: ['search-catalogue', 'edit-catalogue', 'use-devices'],
  'branch-head': [
    ...circulation,
    'edit-catalogue',
    'settle-exceptions',
    'override-blocks',
    'undo-any',
    'edit-slips',
    'edit-policy',
    'edit-calendar',
    'review-records',
  ],
  reviewer: ['search-catalogue', 'edit-catalogue', 'review-records', 'use-devices'],
}

export const mayDo = (role: Role, permission: Permission): boolean =>
  permissionsByRole[role].includes(permission)
