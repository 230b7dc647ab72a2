import { describe, expect, it } from 'vitest'
import { Subscription } from '../../domain/serial-records.ts'
import { heldOrdinals } from '../../domain/serials/held-issues.ts'
import { CalendarDate, dateAt } from '../../domain/words/calendar-date.ts'
import { sampleSerials } from './serials.ts'
import { sampleTitles } from './sample-titles.ts'

const titles = sampleTitles().map(({ title }) => title)
const seeded = (day: string) => sampleSerials(titles, CalendarDate.parse(day))

describe('the serials of the sample city', () => {
  it('are taken by two libraries, and the year before the seed has come', () => {
    const { subscriptions, issues } = seeded('2026-11-22')
    expect(subscriptions.map(({ id, branchId }) => [id, branchId])).toEqual([
      ['sub-01', '044005-01'],
      ['sub-02', '044005-01'],
      ['sub-03', '044005-01'],
      ['sub-04', '044006-01'],
    ])
    for (const row of subscriptions) expect(Subscription.parse(row)).toEqual(row)
    expect(issues.filter(({ subscriptionId }) => subscriptionId === 'sub-01')).toHaveLength(22)
    expect(issues.every(({ arrivedAt }) => dateAt(arrivedAt ?? 0) <= '2026-11-22')).toBe(true)
  })

  it('tell the city which issues are kept, and leave one out to be claimed', () => {
    const { subscriptions, issues } = seeded('2026-11-22')
    for (const row of subscriptions) {
      const come = issues.filter(({ subscriptionId }) => subscriptionId === row.id)
      expect(heldOrdinals(row)).toEqual(come.map(({ ordinal }) => ordinal))
    }
    const weekly = issues.filter(({ subscriptionId }) => subscriptionId === 'sub-02')
    const ordinals = weekly.map(({ ordinal }) => ordinal)
    expect(Math.max(...ordinals) - ordinals.length).toBe(1)
  })

  it('have hardly begun at the turn of the year', () => {
    const { subscriptions, issues } = seeded('2027-01-02')
    expect(subscriptions.map(({ year }) => year)).toEqual([2027, 2027, 2027, 2027])
    expect(issues).toEqual([])
  })
})
