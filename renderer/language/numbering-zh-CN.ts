export const numberingZh = {
  take: '取书次号',
  keep: '用原有的号',
  kept: '这种书已有 {{number}} 号',
  open: '待定',
  next: '{{class}} 类的下一号是 {{number}}，本台还有 {{count}} 个',
  ofCity: '本台没有这一类的号，取号时由全市给',
  typed: '著者号请写在索书号里，再取号登记',
  noScheme: '这个架位不属于任何种次号方案，索书号请手工写全。',
  provisional: '待定号',
  waits: '线路恢复后由全市补号，补号前不打书标。',
  clash: '同号异书',
}
