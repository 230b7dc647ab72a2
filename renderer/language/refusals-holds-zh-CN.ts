import type { HoldRefusalWords } from './refusal-words.ts'

export const holdRefusalsZh: HoldRefusalWords = {
  'unknown-title': {
    title: '题名查不到',
    what: '本机没有这个题名的记录。',
    why: '可能刚刚编目，书目还没有到本机。',
    next: '请稍后再查，或换一种检索。',
  },
  'nothing-to-hold': {
    title: '没有可预约的书',
    what: '这个题名没有可以外借的书。',
    why: '全部为阅览本、已丢失或已剔除。',
    next: '请为读者另选题名，或登记荐购。',
  },
  'hold-limit-reached': {
    title: '预约已满',
    what: '已预约 {{count}} 种，上限 {{limit}} 种。',
    why: '每类读者同时预约的数量有上限。',
    next: '先取消一个预约；确有需要可以放行。',
  },
  'hold-placed-already': {
    title: '已经预约过',
    what: '这位读者已在等这个题名。',
    why: '同一题名只排一次队。',
    next: '不必再预约；需要换取书网点，先取消原来的预约。',
  },
  'title-on-loan-to-reader': {
    title: '这位读者正借着',
    what: '同一题名的另一册在这位读者名下，{{dueOn}} 应还。',
    why: '通常不必再预约一册。',
    next: '请与读者确认；确需再要一册可以放行。',
  },
  'unknown-branch': {
    title: '取书网点查不到',
    what: '本机没有这个网点。',
    why: '网点可能已经撤销。',
    next: '请另选取书网点。',
  },
  'needed-by-in-past': {
    title: '日期已过',
    what: '“最迟需要日”已经过去。',
    why: '过了这一天，预约就不再配书。',
    next: '请改为今天或以后的日期。',
  },
  'unknown-hold': {
    title: '预约查不到',
    what: '本机没有这个预约。',
    why: '中心可能没有接受，或早已结束。',
    next: '请刷新后再看。',
  },
  'hold-closed': {
    title: '预约已结束',
    what: '这个预约已经取走、取消或过期。',
    why: '别的工作台可能先办了。',
    next: '读者仍需要，请重新预约。',
  },
  'hold-kept-already': {
    title: '已经留书',
    what: '已有一册为这个预约留着。',
    why: '留书之后，排队次序不再起作用。',
    next: '读者不来取，请取消预约。',
  },
  'hold-goes-to-branch': {
    title: '送往取书网点',
    what: '有读者预约，送往{{branch}}。',
    why: '读者在那里取书。',
    next: '夹上预约单，放进调拨箱。',
  },
  'hold-filled-meanwhile': {
    title: '预约已由别处满足',
    what: '当时为之留书的预约，已不在排队。',
    why: '别处先留了另一册，或预约已取消。',
    next: '请把这册给下一位读者，或放回书架。',
  },
  'hold-filled': {
    title: '预约已取',
    what: '读者的预约到此完成。',
    why: '借走的正是预约的书。',
    next: '无需再办。',
  },
  'hold-filled-by-other-copy': {
    title: '预约由这一册满足',
    what: '读者预约的另一册还留在预约架或途中。',
    why: '同一题名的任何一册都算。',
    next: '请把预约架上的那一册清走。',
  },
  'hold-item-to-clear': {
    title: '有一册要清走',
    what: '留着的一册：{{barcode}}。',
    why: '预约取消后，书不会自己回架。',
    next: '在“清架”中扫这一册，系统会告诉去向。',
  },
  'hold-still-kept': {
    title: '还要留着',
    what: '{{reader}} 预约，留到 {{until}}。',
    why: '保留期没有过。',
    next: '请放回预约架。',
  },
  'hold-not-collected': {
    title: '逾期未取',
    what: '{{reader}} 预约，留到 {{until}}，没有来取。',
    why: '预约的书只留规定的天数。',
    next: '按下面的去向放置。',
  },
  'not-on-hold-shelf': {
    title: '不该在预约架',
    what: '记录中这册书不在本处预约架。',
    why: '可能放错了地方。',
    next: '按下面的去向放置。',
  },
  'no-hold-waits': {
    title: '没有预约在等',
    what: '没有读者在等这一册。',
    why: '预约可能已取消，或已由别处满足。',
    next: '请放回书架。',
  },
  'title-waited-for': {
    title: '有人预约',
    what: '还有 {{count}} 个预约在等这一册。',
    why: '别处架上没有可以替代的。',
    next: '请读者按时归还；确有需要可以放行。',
  },
}
