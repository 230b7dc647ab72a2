import type { CopyRefusalWords } from './refusal-words.ts'

export const copyRefusalsZh: CopyRefusalWords = {
  'unknown-copy-target': {
    title: '没有这个来源',
    what: '这台工作台没有找到这个套录来源。',
    why: '它可能已被删去，或还没有传到这台工作台。',
    next: '联网同步后再看，或另选来源。',
  },
  'copy-target-changed': {
    title: '来源已在别处改过',
    what: '屏幕上的设置不是最新的。',
    why: '直接写入会盖掉别处的改动。',
    next: '看过现在的设置，再改一次。',
  },
  'copy-target-invalid': {
    title: '来源的设置不对',
    what: '地址或检索点不合这种来源的写法。',
    why: '地址里不写用户名、空格；至少要有一个检索点。',
    next: '对照旁边的例子改正。',
  },
  'copy-target-not-trusted': {
    title: '这个来源须经审校',
    what: '“{{source}}”的记录不直接入库。',
    why: '只有全市认可的来源，编目员可以直接收入书目。',
    next: '收作草稿后送审，或请审校员收入。',
  },
  'title-known-already': {
    title: '书目已有',
    what: '同一控制号的书目已在：{{title}}。',
    why: '同一种书只留一条书目。',
    next: '在本地书目里选中它，并入后再发布；加单册不必套录。',
  },
  'protection-changed': {
    title: '保护规则已在别处改过',
    what: '屏幕上的规则不是最新的。',
    why: '直接写入会盖掉别处的改动。',
    next: '看过现在的规则，再改一次。',
  },
}
