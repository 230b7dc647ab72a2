import type { RuleRefusalWords } from './refusal-words.ts'

export const ruleRefusalsZh: RuleRefusalWords = {
  'line-tie': {
    title: '已有同样的规则',
    what: '“{{line}}”管的是同样的情形，也从同一天起。',
    why: '两条一样具体的规则，说不清该听哪一条。',
    next: '直接修改“{{line}}”，或给这一条另定一个起始日期。',
  },
  'line-changed-meanwhile': {
    title: '这条规则刚被改过',
    what: '“{{line}}”和屏幕上的已经不一样。',
    why: '别处先改了它。',
    next: '关上再打开这条规则，看过现在的内容再改。',
  },
  'line-names-unknown': {
    title: '规则里有不认识的名称',
    what: '没有“{{name}}”这个馆或读者类别。',
    why: '写错的名称永远配不上。',
    next: '从列表里选。',
  },
  'line-says-nothing': {
    title: '规则没有内容',
    what: '期限、次数、费用都空着。',
    why: '空的规则改变不了什么。',
    next: '至少填一项；想取消一条规则，请用“删除”。',
  },
  'line-from-past': {
    title: '起始日期已过',
    what: '起始日期是 {{from}}。',
    why: '已经按旧规则办过的不能改。',
    next: '改成今天或以后；留空就是立即生效。',
  },
  'line-is-ground': {
    title: '这是兜底的规则',
    what: '它管所有没有别的规则管的情形，期限不能空。',
    why: '没有它，很多书就借不出去。',
    next: '可以改它的期限和费用，不能删除或限定范围。',
  },
  'too-many-lines': {
    title: '规则太多',
    what: '最多 {{limit}} 条。',
    why: '每次借还都要比对。',
    next: '先删去不用的规则。',
  },
  'unknown-calendar': {
    title: '没有这份日历',
    what: '全市记录里没有它。',
    why: '可能刚刚取消了。',
    next: '重新选一个馆。',
  },
  'closed-already': {
    title: '这些天已经是闭馆日',
    what: '没有新的闭馆日。',
    why: '别处可能先登记了。',
    next: '不用再办。',
  },
  'open-already': {
    title: '这些天没有临时闭馆',
    what: '没有可以恢复的日子。',
    why: '每周固定的闭馆日在“开放时间”里改。',
    next: '核对日期。',
  },
  'days-reversed': {
    title: '日期颠倒了',
    what: '结束日期早于开始日期。',
    why: '至少要有一天。',
    next: '核对两个日期。',
  },
  'closure-too-long': {
    title: '闭馆日太多',
    what: '超过 {{limit}} 天。',
    why: '多半是日期写错。',
    next: '核对日期；确实更长，请分次登记。',
  },
  'closure-too-old': {
    title: '日子过去太久',
    what: '只能补登 {{days}} 天以内的。',
    why: '更早的超期费早已结清。',
    next: '个别读者的费用请用“减免”。',
  },
  'hours-changed-meanwhile': {
    title: '开放时间刚被改过',
    what: '这一天的时间和屏幕上的已经不一样。',
    why: '别处先改了它。',
    next: '看过现在的时间再改。',
  },
  'bins-changed-meanwhile': {
    title: '分拣箱刚被改过',
    what: '这个馆的分拣箱和屏幕上的已经不一样。',
    why: '别处先改了它。',
    next: '看过现在的分拣箱再改。',
  },
  'hours-reversed': {
    title: '时间颠倒了',
    what: '关门不晚于开门。',
    why: '按小时借的书到关门为止。',
    next: '核对两个时间。',
  },
  'never-open': {
    title: '至少要有一天开门',
    what: '一周七天都不开了。',
    why: '应还日会一直往后推。',
    next: '长期闭馆请登记临时闭馆。',
  },
  'staff-of-other-branch': {
    title: '经办人不属于这个网点',
    what: '{{staff}} 的岗位不在 {{branch}}。',
    why: '每个人只在登记的网点办理。',
    next: '请本网点的同事核对；需要调岗，请管理员修改账号。',
  },
  'desk-of-other-branch': {
    title: '工作台报的网点不对',
    what: '工作台登记在 {{branch}}，却报作 {{told}}。',
    why: '一台工作台只属于一个网点。',
    next: '请核对这台工作台。',
  },
}
