/** Of due dates: hours, dates that somebody chose; and of money that nobody owed. */
export const dueRefusals = [
  'returned-late-hours',
  'due-date-beyond-policy',
  'due-date-after-card',
  'nothing-owed',
] as const
export type DueRefusal = (typeof dueRefusals)[number]
