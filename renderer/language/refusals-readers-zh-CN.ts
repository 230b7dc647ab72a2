import type { ReaderRefusalWords } from './refusal-words.ts'

export const readerRefusalsZh: ReaderRefusalWords = {
  'card-replaced': {
    title: '旧证，已换新证',
    what: '{{card}} 已经换过证。',
    why: '捡到旧证的人也可能拿来借书。',
    next: '请核对本人，最好改用新证；本人无误时写明原因后放行。',
  },
  'renewal-blocked': {
    title: '停续借',
    what: '停到 {{until}}。{{reason}}',
    why: '停借期内不能续借。',
    next: '由网点主管放行，或解除停借。',
  },
  'reader-to-be-completed': {
    title: '待补读者',
    what: '这张证还没有登记资料。',
    why: '资料补齐之前，记录只是占位。',
    next: '请先在“例外”里对上真实读者。',
  },
  'card-replaced-elsewhere': {
    title: '别处也换了证',
    what: '现在的主证是 {{card}}。',
    why: '两个工作台先后换了证，两张新证都在读者手里。',
    next: '两张都可用；请收回一张并挂失。',
  },
  'unknown-card': {
    title: '不是这位读者的证',
    what: '这位读者名下没有这个证号。',
    why: '挂失和找回只针对读者自己的证。',
    next: '请核对证号，或重新打开读者。',
  },
  'card-not-lost': {
    title: '没有挂失',
    what: '这张证没有挂失。',
    why: '只有挂失的证才需要解挂。',
    next: '不用再做什么。',
  },
  'suspension-in-past': {
    title: '日期已过',
    what: '停借的最后一天早于今天。',
    why: '停借从今天起算。',
    next: '请改为今天或以后，或留空表示不定期。',
  },
  'suspended-longer': {
    title: '原停借期更长',
    what: '停到 {{until}}。',
    why: '两次停借，取较晚的日期和较宽的范围。',
    next: '如要缩短，请先解除再停。',
  },
  'not-suspended': {
    title: '没有停借',
    what: '这位读者现在没有停借。',
    why: '停借已到期，或已由别处解除。',
    next: '不用再做什么。',
  },
  'same-category': {
    title: '没有变化',
    what: '类别和押金都与现在相同。',
    why: '没有可记录的变化。',
    next: '请另选类别，或改押金。',
  },
  'nothing-to-extend': {
    title: '不用延期',
    what: '证有效到 {{until}}。',
    why: '从今天起算的有效期不比现在长。',
    next: '不用再做什么。',
  },
  'unknown-message': {
    title: '没有这条留言',
    what: '本机查不到这条留言。',
    why: '留言属于另一位读者，或还没有同步到本机。',
    next: '请重新打开读者。',
  },
  'message-dismissed': {
    title: '已经转告',
    what: '这条留言已经转告过。',
    why: '一条留言只转告一次。',
    next: '不用再做什么。',
  },
  'same-reader': {
    title: '是同一条记录',
    what: '两边是同一条读者记录。',
    why: '合并需要两条不同的记录。',
    next: '请扫另一张证。',
  },
  'already-merged': {
    title: '已经合并',
    what: '这条记录已并入另一条。',
    why: '一条记录只并入一次。',
    next: '请打开现在的读者。',
  },
  'persons-differ': {
    title: '姓名或出生日期不同',
    what: '{{card}} 与 {{otherCard}} 的姓名、出生日期不一致。',
    why: '合并后两个人的借阅会混在一起。',
    next: '请看身份证件，确认是同一人再合并。',
  },
  'lease-open': {
    title: '还有额度在工作台上',
    what: '被并入的读者有积分额度尚未退回。',
    why: '只有持有额度的工作台知道用了多少。',
    next: '请在那台工作台退回额度，或等它到期后再合并。',
  },
  'merge-too-large': {
    title: '记录太多',
    what: '被并入的一方借阅、费用或账目过多。',
    why: '合并要一次移完，不能只移一部分。',
    next: '请对调两方：保留记录多的，并入记录少的。',
  },
  'loans-open': {
    title: '还有未还的书',
    what: '名下还有 {{count}} 册未还。',
    why: '注销以后无法再追还。',
    next: '请先还清，或办理丢失赔偿。',
  },
}
