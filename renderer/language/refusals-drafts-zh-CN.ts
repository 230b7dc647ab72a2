import type { DraftRefusalWords } from './refusal-words.ts'

export const draftRefusalsZh: DraftRefusalWords = {
  'unknown-draft': {
    title: '没有这份草稿',
    what: '这台工作台没有找到这份草稿。',
    why: '草稿可能还没有传到这台工作台。',
    next: '联网同步后再看。',
  },
  'draft-of-other': {
    title: '别人的草稿',
    what: '这份草稿由别的编目员起草。',
    why: '草稿由起草的人或审校员处理。',
    next: '请起草的人处理，或交给审校员。',
  },
  'draft-saved-elsewhere': {
    title: '草稿在别处保存过',
    what: '现有的是第 {{revision}} 次保存。',
    why: '屏幕上的不是最新一次，直接写入会盖掉它。',
    next: '重新打开草稿，对照后再继续。',
  },
  'draft-state-differs': {
    title: '草稿的状态已变',
    what: '草稿已经送审、退回、发布或作废。',
    why: '每一步只能从前一步走来。',
    next: '打开草稿看现在的状态。',
  },
  'record-faulty': {
    title: '记录有错',
    what: '有 {{count}} 条规则不合：{{rules}}。',
    why: '有错的记录不进全市书目。',
    next: '照规则改正后再送审。',
  },
  'record-without-title': {
    title: '没有题名',
    what: '记录里没有正题名。',
    why: '没有题名的记录查不到。',
    next: '填写正题名。',
  },
  'record-changed-elsewhere': {
    title: '书目已在别处改过',
    what: '两边都改了的字段：{{tags}}。',
    why: '起草以后，别处发布了同一记录；同一字段改得不同，谁的也不覆盖。',
    next: '对照两边的内容，选定后再发布；草稿原样保留。',
  },
  'record-doubtful': {
    title: '记录有可疑之处',
    what: '有 {{count}} 条提醒：{{rules}}。',
    why: '这些规则只提醒，不拦。',
    next: '审校前看一遍。',
  },
}
