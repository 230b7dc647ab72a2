/** 导入之前说明文件看来是什么。 */
export const importLookZh = {
  title: '导入之前：{{file}}',
  looking: '正在看文件的开头…',
  looked: '看了开头的 {{count}} 条记录，另有 {{refused}} 条读不出。',
  allRead: '看了开头的 {{count}} 条记录，都读得出。',
  nothing: '开头没有读得出的记录，请另选格式或编码，或换一个文件。',
  profile: '机读格式',
  encoding: '编码',
  titles: '题名',
  some: '{{name}}，{{count}} 条',
  packed: '压缩文件，直接读取，不必解开。',
  guessed: '编码是从字节推断的：题名读得通就对了；读不通，请在左边选编码。',
  begin: '开始导入',
  beginCheck: '开始检查',
  back: '换一个文件',
}
