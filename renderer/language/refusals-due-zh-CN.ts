import type { DueRefusalWords } from './refusal-words.ts'

export const dueRefusalsZh: DueRefusalWords = {
  'returned-late-hours': {
    title: '超时归还',
    what: '超时 {{hours}} 小时，超期费 {{fee}}。',
    why: '按小时借的书到点还，闭馆的时间不收费。',
    next: '有费用的已记在读者名下，请告知读者。',
  },
  'due-date-beyond-policy': {
    title: '应还日晚于规定',
    what: '按规定最晚 {{dueOn}}。',
    why: '比规定借得更久，要有人负责。',
    next: '改早一些，或写明原因放行。',
  },
  'due-date-after-card': {
    title: '应还日晚于证件有效期',
    what: '证件到 {{expiresOn}} 为止。',
    why: '证到期以后读者不能续借。',
    next: '可以先给证延期，或改早一些。',
  },
  'nothing-owed': {
    title: '没有欠费却收了钱',
    what: '多收 {{excess}}。',
    why: '收钱的时候，费用已由别处结清或减免。',
    next: '钱已入账，例外中退还给读者。',
  },
}
