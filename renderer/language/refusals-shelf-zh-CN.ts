import type { ShelfRefusalWords } from './refusal-words.ts'

export const shelfRefusalsZh: ShelfRefusalWords = {
  'unknown-scheme': {
    title: '没有这个排架方案',
    what: '这台工作台没有这个种次号方案。',
    why: '方案可能刚改过，或还没有传到这里。',
    next: '联网同步后再看，或另选方案。',
  },
  'scheme-changed-elsewhere': {
    title: '方案在别处改过',
    what: '这个方案现在的内容与屏幕上的不同。',
    why: '别的工作台先保存了，直接写入会盖掉它。',
    next: '请看过现在的内容，再改一次。',
  },
  'place-in-other-scheme': {
    title: '架位已在别的方案',
    what: '“{{branch}}”“{{shelf}}”已经归“{{scheme}}”。',
    why: '一个架位的书只能用一套种次号。',
    next: '先从那个方案里移出，再加到这里。',
  },
  'place-twice': {
    title: '架位写了两次',
    what: '“{{branch}}”“{{shelf}}”在这个方案里出现了两次。',
    why: '不写架位，就是整个服务点。',
    next: '请去掉重复的一行。',
  },
  'class-not-well-formed': {
    title: '分类号不对',
    what: '“{{class}}”不是写得对的分类号。',
    why: '分类号以字母开头，数字每三位后加点。',
    next: '请对照书目里的分类号改正。',
  },
  'title-has-book-number': {
    title: '这种书已有书次号',
    what: '在这个方案里，它的书次号是“{{number}}”。',
    why: '同一种书的复本和各卷用同一个书次号。',
    next: '请用已有的号；标签已贴出的，请改贴。',
  },
  'book-number-taken': {
    title: '书次号已被别的书用了',
    what: '{{class}} 类的“{{number}}”号已经给了另一种书。',
    why: '两种书同一个索书号，架上就分不清。',
    next: '请换一个号；标签已贴出的，请改贴其中一种。',
  },
  'book-number-provisional': {
    title: '书次号待定',
    what: '这台工作台没有领到这一类的号。',
    why: '线路断着，号由全市统一给。',
    next: '可以照常加单册；线路恢复后自动补号，再打标签。',
  },
  'numbered-by-hand': {
    title: '手工给号',
    what: '这个方案按种次号顺序给号，这次是手工写的。',
    why: '手工号可能与别处已领的号段相撞。',
    next: '请确认书上原来就是这个号。',
  },
  'call-number-provisional': {
    title: '书次号待定，不打标签',
    what: '条码 {{barcode}} 的索书号“{{callNumber}}”还没有号。',
    why: '待定的号不印到书上。',
    next: '联网补号后再打。',
  },
  'call-number-changed': {
    title: '索书号已变',
    what: '条码 {{barcode}} 的索书号已不是“{{callNumber}}”。',
    why: '别处刚改过这册书的索书号。',
    next: '请刷新列表，按新的索书号打。',
  },
  'item-changed-elsewhere': {
    title: '单册在别处改过',
    what: '条码 {{barcode}} 现在的索书号是“{{callNumber}}”，或架位、类型、价格已变。',
    why: '别的工作台先保存了。',
    next: '请看过现在的内容，再改一次。',
  },
  'withdrawn-while-lent': {
    title: '还在读者手里',
    what: '条码 {{barcode}} 还没有还回。',
    why: '借出的书不能剔除。',
    next: '等书还回，或先按丢失办理。',
  },
  'last-of-title': {
    title: '全市最后一册',
    what: '条码 {{barcode}} 是这种书目在全市的最后一册，已剔除。',
    why: '别处没有在架、在借或在途的复本。',
    next: '要保存的，在“今日”里撤销，改送保存本书库。',
  },
  'item-kept-for-reader': {
    title: '为读者留着',
    what: '条码 {{barcode}} 正为一位预约的读者留着。',
    why: '读者在等这一册。',
    next: '先把它从预约架取下，或换一册给读者。',
  },
  'same-barcode': {
    title: '就是现在的条码',
    what: '条码 {{barcode}} 已经是这册书的条码。',
    why: '没有什么可换。',
    next: '请扫新贴的条码。',
  },
  'title-has-items': {
    title: '书目下已加了单册',
    what: '导入之后，这种书加了 {{count}} 册，如 {{barcode}}。',
    why: '撤销导入会让这些书没有书目。',
    next: '先撤销加单册或剔除这些书，再撤销导入。',
  },
}
