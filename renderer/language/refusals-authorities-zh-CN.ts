import type { AuthorityRefusalWords } from './refusal-words.ts'

export const authorityRefusalsZh: AuthorityRefusalWords = {
  'unknown-authority': {
    title: '没有这个标目',
    what: '这个规范标目已经不在。',
    why: '别处删除了，或还没有传到本机。',
    next: '重新打开规范标目再看。',
  },
  'authority-changed': {
    title: '别处改过',
    what: '这个标目在别处又保存过。',
    why: '保存指明的不是最近的一次，免得盖掉别人的改动。',
    next: '看过现在的内容再改。',
  },
  'heading-without-name': {
    title: '标目没有名称',
    what: '标目里没有可读的名称。',
    why: '拼音和代码不能单独成标目。',
    next: '填写名称再保存。',
  },
  'heading-kept-already': {
    title: '已有这个标目',
    what: '同类的规范标目里已有一样的。',
    why: '同一个标目只立一次，空格、大小写、全半角不算不同。',
    next: '打开已有的，把别名加在那里。',
  },
  'variant-is-heading': {
    title: '别名就是标目',
    what: '别名里有一个和标目一样。',
    why: '见自己等于没有参照。',
    next: '去掉这一行再保存。',
  },
  'variant-is-other-heading': {
    title: '别名另有标目',
    what: '别名里有的已是别的标目：{{headings}}。',
    why: '一个写法既是标目又是别名，读者会被带到两处。',
    next: '看清是不是同一个；不是的话，去掉这一行。',
  },
}
