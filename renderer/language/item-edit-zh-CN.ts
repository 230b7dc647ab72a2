export const itemEditZh = {
  actions: '编目操作',
  edit: '改单册',
  barcode: '换条码',
  withdraw: '剔除',
  newBarcode: '扫新贴的条码，旧条码仍可找到这册书',
  reason: '剔除的原因，书再出现时会提示',
}
