/**
 * The shipped default: the unified service of Shenzhen (reference/domain-cn.md 4.1).
 *
 * Books 31 days and one renewal of 31 days counted from the day of renewal; periodicals and AV
 * 21 days and braille 60 days without renewal; ¥0.3 per item and day, at most ¥10 per item.
 * Nanshan lends for 30 days: one line, not code.
 */
import type { Policy } from '../records.ts'
import type { LoanRule, ReaderCategory } from './policy-shapes.ts'
import type { Charges } from './charge-shapes.ts'
import { shenzhenPoints } from './shenzhen-points.ts'

const nothingSaid: LoanRule = {
  id: '',
  readerCategory: null,
  itemType: null,
  ownerLibraryId: null,
  lendingLibraryId: null,
  audience: null,
  isRenewal: null,
  fromOn: null,
  loanDays: null,
  loanHours: null,
  latestDueOn: null,
  endsWithCard: null,
  renewalsMax: null,
  renewalDays: null,
  overdueFenPerDay: null,
  overdueMaxFen: null,
  graceDays: null,
  overdueFenPerHour: null,
}

const line = (id: string, parts: Partial<LoanRule>): LoanRule => ({ ...nothingSaid, ...parts, id })

const category = (
  id: string,
  nameZh: string,
  nameEn: string,
  itemsMax: number,
  parts: Partial<ReaderCategory> = {},
): ReaderCategory => ({
  id,
  nameZh,
  nameEn,
  itemsMax,
  maxByClass: { chinese: null, foreign: null, av: null },
  cardYears: 10,
  depositFen: 0,
  isJuvenile: false,
  holdsMax: 5,
  ...parts,
})

/** So many in Chinese and so many in other languages (reference/domain-cn.md 4.1). */
const items = (chinese: number, foreign: number) => ({
  maxByClass: { chinese, foreign, av: null },
})

const deposit = (yuan: number, parts: Partial<ReaderCategory>): Partial<ReaderCategory> => ({
  ...parts,
  depositFen: yuan * 100,
})

/** Tag, label and loss as reference/domain-cn.md 4.1 has them; the others are ours, none is published. */
const charges: Charges = {
  lines: [
    { cause: 'rfid-tag', usualFen: 500, minFen: 500, maxFen: 500 },
    { cause: 'label', usualFen: 200, minFen: 200, maxFen: 200 },
    { cause: 'damage', usualFen: 500, minFen: 100, maxFen: 10_000 },
    { cause: 'card', usualFen: 1000, minFen: 100, maxFen: 2000 },
    { cause: 'other', usualFen: 100, minFen: 1, maxFen: 50_000 },
  ],
  loss: { factorMin: 3, factorMax: 10, priceUnknownFen: 4000 },
  waiveMaxFen: 1000,
}

export const shenzhenPolicy: Policy = {
  id: 'city',
  version: 1,
  loanRules: [
    line('city-default', {
      loanDays: 31,
      renewalsMax: 1,
      renewalDays: 31,
      overdueFenPerDay: 30,
      overdueMaxFen: 1000,
    }),
    line('periodical-21', { itemType: 'periodical', loanDays: 21, renewalsMax: 0 }),
    line('av-21', { itemType: 'av', loanDays: 21, renewalsMax: 0 }),
    line('braille-60', { itemType: 'braille', loanDays: 60, renewalsMax: 0 }),
    line('nanshan-30', { lendingLibraryId: '044006', loanDays: 30, renewalDays: 30 }),
    line('institution-90', { readerCategory: 'institution', loanDays: 90, renewalDays: 90 }),
  ],
  readerCategories: [
    category('lidu', '鹏城励读证', 'Pengcheng reading card', 11, items(10, 1)),
    category('deposit-50', '押金证（50元）', 'Deposit card ¥50', 5, deposit(50, items(5, 0))),
    category('deposit-100', '押金证（100元）', 'Deposit card ¥100', 10, deposit(100, items(10, 0))),
    category('deposit-200', '押金证（200元）', 'Deposit card ¥200', 1, deposit(200, items(0, 1))),
    category('deposit-300', '押金证（300元）', 'Deposit card ¥300', 12, deposit(300, items(10, 2))),
    category('juvenile', '少儿证', 'Juvenile card', 10, { isJuvenile: true }),
    category('senior', '长者证', 'Senior card', 11, items(10, 1)),
    category('staff', '馆员证', 'Staff card', 30),
    category('braille', '视障读者证', 'Braille reader card', 20),
    category('institution', '单位证', 'Institution card', 2000, { holdsMax: 50 }),
    category('university', '大学城证', 'University Town card', 20),
    category('unregistered', '待登记', 'Unregistered', 0, { holdsMax: 0 }),
  ],
  debtMaxFen: 2000,
  factsFreshMs: 24 * 3_600_000,
  // Each city draws its own when it is made; this one is known to everybody.
  cardHashKey: '0'.repeat(64),
  points: shenzhenPoints,
  charges,
  itemRules: {
    lossRefundDays: 90,
    takeOversPerYear: 2,
    overLimitAloneMax: 2,
    readingRoomMax: 5,
    transitLateDays: 7,
    floatingTypes: [],
    logisticsBranchId: '044WL',
    setAsideFactor: 7,
  },
  // 预借: delivered in two days, kept for two (reference/domain-cn.md 4.1).
  holds: { keepDays: 2, deliverDays: 2 },
}
