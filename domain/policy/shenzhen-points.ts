/**
 * The shipped default. Shenzhen counts reading points for loans, donations, activities and
 * volunteering, and tells no rates (reference/domain-cn.md 4.2): those of loans are Guangzhou's, of
 * activities and volunteering Zhuhai's and Meixian's (4.3); donated books are Shenzhen's own 捐赠换书,
 * at most 100 a book (4.5). Rewards are an example. Each is a line to be changed, not code.
 */
import type { PointsPolicy } from './points-shapes.ts'

const HOUR_MS = 3_600_000

export const shenzhenPoints: PointsPolicy = {
  earnings: [
    { id: 'activity', nameZh: '参加活动', nameEn: 'Activity', points: 50, pointsMax: 50 },
    { id: 'reading', nameZh: '阅读打卡', nameEn: 'Reading', points: 1, pointsMax: 80 },
    { id: 'volunteer', nameZh: '志愿服务', nameEn: 'Volunteering', points: 100, pointsMax: 100 },
    { id: 'donation', nameZh: '捐赠换书', nameEn: 'Donated book', points: 20, pointsMax: 100 },
  ],
  rewards: [
    { id: 'bookmark', nameZh: '书签', nameEn: 'Bookmark', points: 20 },
    { id: 'notebook', nameZh: '笔记本', nameEn: 'Notebook', points: 60 },
    { id: 'bag', nameZh: '帆布袋', nameEn: 'Canvas bag', points: 120 },
  ],
  floor: 0,
  leaseMax: 300,
  leaseDays: 7,
  leaseSkewMs: 2 * HOUR_MS,
  leaseGraceDays: 30,
  series: [
    {
      id: 'certificate',
      nameZh: '捐赠证书',
      nameEn: 'Donation certificate',
      prefix: 'JZ',
      blockSize: 20,
      askBelow: 5,
      blockDays: 365,
    },
  ],
}
