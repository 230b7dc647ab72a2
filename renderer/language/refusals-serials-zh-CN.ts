import type { SerialRefusalWords } from './refusal-words.ts'

export const serialRefusalsZh: SerialRefusalWords = {
  'unknown-subscription': {
    title: '没有这项订购',
    what: '这台工作台没有找到这项订购。',
    why: '订购可能还没有传来，或没有被接受。',
    next: '联网同步后再看；刊已到的，照实登记。',
  },
  'subscription-of-other-branch': {
    title: '别的网点订的刊',
    what: '这项订购属于别的网点。',
    why: '到刊、催缺和装订由收刊的网点登记。',
    next: '把刊送到订购的网点登记。',
  },
  'subscription-crosses-year': {
    title: '起止不在同一年',
    what: '订购的起止日期、首期日期必须在同一年，止不早于起。',
    why: '报刊按年订购、按年结算。',
    next: '改好日期；跨年的，分年订购，或用续订。',
  },
  'pattern-without-issues': {
    title: '推不出一期',
    what: '按这个出版规律，订购期内没有一期。',
    why: '首期太晚，或出版的月份都被跳过。',
    next: '核对首期日期、刊期和停刊月份。',
  },
  'subscribed-already': {
    title: '这一年已经订了',
    what: '本网点已订此刊：{{beginsOn}} 至 {{endsOn}}，每期 {{copies}} 份。',
    why: '重复订购会多付钱。',
    next: '只想加份数的，改原来的订购；确实另订的，说明理由后放行。',
  },
  'subscription-changed-elsewhere': {
    title: '订购在别处改过',
    what: '现有的是第 {{revision}} 版。',
    why: '屏幕上的不是最新一版，直接写入会盖掉它。',
    next: '看过现有内容再改。',
  },
  'subscription-ended': {
    title: '订购已停',
    what: '这项订购已经停订。',
    why: '停订以后不再更改、不再续订。',
    next: '还要订的，另起一项订购。',
  },
  'subscription-renewed': {
    title: '已经续订',
    what: '{{year}} 年已经续订。',
    why: '一项订购只续一次。',
    next: '到 {{year}} 年的订购里修改。',
  },
  'more-copies-than-ordered': {
    title: '到的比订的多',
    what: '已登记 {{count}} 份，订了 {{copies}} 份。',
    why: '可能两台各登记了同一份，也可能是赠送或多发。',
    next: '数一数手上的刊；登记多了的，撤销一次。',
  },
  'issue-turned-up': {
    title: '以为不来的，来了',
    what: '这一期曾记为缺期、未出版或已剔除。',
    why: '刊在手上，以实物为准。',
    next: '已记为到刊，不用再做什么。',
  },
  'issue-arrived': {
    title: '这一期已到',
    what: '第 {{number}} 期已经登记到刊。',
    why: '已到的不催，也不能记为缺期。',
    next: '登记错了的，先撤销那次登记。',
  },
  'issue-not-due': {
    title: '还没到出版日期',
    what: '第 {{number}} 期预计 {{publishedOn}} 出版。',
    why: '没到期的不催。',
    next: '到期未来再催。',
  },
  'issue-bound': {
    title: '这一期已装订',
    what: '这一期已经装订成册。',
    why: '一期只进一册合订本；散出来的另算一份。',
    next: '另来的一份已记在册外；要重新装订，先撤销那次装订。',
  },
  'no-copy-to-label': {
    title: '没有可贴条码的刊',
    what: '这一期在手 {{count}} 份，都已贴了条码。',
    why: '一份刊只贴一个条码。',
    next: '先登记到刊，再贴条码。',
  },
  'no-loose-copies': {
    title: '没有散刊',
    what: '所选的期没有一份散刊在手。',
    why: '没有到的、已装订的和已剔除的不能再处理。',
    next: '重新选期。',
  },
  'volume-incomplete': {
    title: '合订本缺期',
    what: '所选的期中缺 {{count}} 期。',
    why: '缺的期以后补到，要另装。',
    next: '先催缺；等不到的，可以这样装订。',
  },
  'issue-on-loan': {
    title: '有一份在读者手里',
    what: '有 {{count}} 期的单册还在借出。',
    why: '借出的刊不能装订，也不能剔除。',
    next: '还回以后再做。',
  },
  'last-copy': {
    title: '全市只剩这一份',
    what: '有 {{count}} 期全市没有别处保存：第 {{numbers}} 期。',
    why: '剔除以后，全市再也没有这几期。',
    next: '送保存馆收藏；确实要剔除的，由审校员说明理由后放行。',
  },
}
