/** Headings of the city: authorities, and what leads to them. */
export const authoritiesZh = {
  title: '规范标目',
  find: '标目或别名',
  kind: '标目类型',
  begin: '新立规范',
  kept: '规范标目 {{count}}',
  none: '还没有规范标目。从在用的标目里立，或按“新立规范”。',
  noneFound: '没有这样的规范标目',
  inUse: '书目里在用的标目',
  noneInUse: '书目里没有这样写的',
  records: '{{count}} 种',
  make: '立为规范',
  isKept: '规范',
  choose: '选一个标目',
  chooseHint: '左边选一个规范标目，或把在用的立为规范。',
  save: '保存',
  remove: '删除',
  saved: '已办理',
  toTitles: '检索它的书目',
  heading: '标目',
  headingHint: '子字段之间用“‡”或“$”隔开，后接代码；只写名称也可以。',
  variants: '单纯参照：由这些写法见本标目，一行一个',
  seeAlso: '相关参照：参见，一行一个',
  note: '附注',
  see: '见',
  seeFrom: '见自',
  kinds: { person: '个人', corporate: '团体', subject: '主题', place: '地名' },
  used: '别名',
  useHeading: '改用规范',
}

/** Their operations, as the day's list names them. */
export const authorityKindsZh = {
  'authority.save': '规范标目',
  'authority.remove': '删除规范标目',
}
