import type { TitleRefusalWords } from './refusal-words.ts'

export const titleRefusalsZh: TitleRefusalWords = {
  'same-title': {
    title: '同一条书目',
    what: '选的两条是同一条。',
    why: '合并要有留下的和并入的两条。',
    next: '另选一条。',
  },
  'titles-merged-already': {
    title: '两条已经合并',
    what: '别处已把这两条合成一条。',
    why: '两台同时合并时，先到中心的算数。',
    next: '不用再办。',
  },
  'title-without-record': {
    title: '没有完整记录',
    what: '其中一条只有柜台录入的题名。',
    why: '柜台临时录入的只代表手里的那一册，不按题名合并。',
    next: '到例外里把单册归入正式书目。',
  },
  'title-too-large': {
    title: '挂着的太多',
    what: '要并入的一条挂着五百以上的单册或预约。',
    why: '一次办理搬不动这么多。',
    next: '换个方向：留下单册多的一条。',
  },
  'title-kinds-differ': {
    title: '文献类型不同',
    what: '两条的文献类型不一样。',
    why: '图书与光盘、期刊通常不是同一种。',
    next: '看清楚再合并。',
  },
  'profiles-differ': {
    title: '格式不同',
    what: '两条记录的格式不同，字段不能互取。',
    why: '同一字段号在两种格式里意思不同。',
    next: '整条保留其中一条，或先转换格式。',
  },
  'merge-choices-dropped': {
    title: '没有取用字段',
    what: '其中一条已并入别的书目，只合并，不取字段。',
    why: '没有人对照过现在的两条。',
    next: '需要时起草修改留下的一条。',
  },
  'title-suppressed-already': {
    title: '已经不对读者显示',
    what: '这种书目读者已经看不到。',
    why: '这台或别处先办过了。',
    next: '不用再办。',
  },
  'title-not-suppressed': {
    title: '读者看得到',
    what: '这种书目没有对读者隐藏。',
    why: '这台或别处已经恢复显示。',
    next: '不用再办。',
  },
  'one-is-suppressed': {
    title: '有一条不对读者显示',
    what: '两条里有一条读者看不到。',
    why: '合并以后照留下的一条：它显示就显示，不显示就不显示。',
    next: '看清留下的是哪一条；需要时再改显示。',
  },
  'records-left': {
    title: '有几条没有改',
    what: '{{count}} 条没有改动。',
    why: '这一改对它们没有作用，或改后就没有题名了，或书目已不在。',
    next: '不用再办。',
  },
  'records-changed-since': {
    title: '有几条后来改过',
    what: '{{count}} 条保持现在的样子。',
    why: '批量修改以后又有人改过，撤回会盖掉后来的改动。',
    next: '逐条打开看，需要时起草修改。',
  },
}
