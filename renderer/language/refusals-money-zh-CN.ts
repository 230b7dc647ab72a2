import type { MoneyRefusalWords } from './refusal-words.ts'

export const moneyRefusalsZh: MoneyRefusalWords = {
  'fee-of-other-reader': {
    title: '费用属于别人',
    what: '其中有一笔费用现在记在另一位读者名下。',
    why: '待补的证已经对上了真实读者。',
    next: '请重新打开读者再收款。',
  },
  'payment-exceeds-owed': {
    title: '收多了',
    what: '只欠 {{owed}}，多出 {{excess}}。',
    why: '可能在别处已经缴过一部分，或减免过。',
    next: '请按欠款收取，多出的退给读者。',
  },
  'no-excess': {
    title: '没有多收',
    what: '这笔费用没有这么多可退。',
    why: '可能已经退过，或缴费已冲正。',
    next: '请核对账目；确已了结的，按实际情况认可。',
  },
  'no-open-till': {
    title: '钱箱没有开',
    what: '本台没有开着的钱箱，这笔现金不计入任何钱箱。',
    why: '现金进出要对得上钱箱的清点。',
    next: '请先开钱箱；确需现在办理的，说明原因。',
  },
  'charge-unexplained': {
    title: '缺少说明',
    what: '“其他”费用要写明是什么。',
    why: '读者和会计都要看得懂。',
    next: '请填写说明。',
  },
  'charge-of-no-item': {
    title: '没有指定图书',
    what: '丢失赔偿要有一册书。',
    why: '金额按书价的倍数计算。',
    next: '请扫这册书的条码，或从在借中选。',
  },
  'cause-not-charged': {
    title: '不收这项费用',
    what: '政策中没有这一项。',
    why: '收费项目由全市政策规定。',
    next: '请选别的项目。',
  },
  'charge-out-of-bounds': {
    title: '金额超出规定',
    what: '规定为 {{min}} 至 {{max}}。',
    why: '收费标准由全市政策规定。',
    next: '请改金额，或请网点主管放行。',
  },
  'waiver-exceeds-owed': {
    title: '减免过多',
    what: '只欠 {{owed}}。',
    why: '可能在别处已经缴过或减免过。',
    next: '请按欠款减免。',
  },
  'waiver-above-limit': {
    title: '超过减免限额',
    what: '馆员一笔费用最多减免 {{waiveMax}}。',
    why: '较大的减免要有人复核。',
    next: '请网点主管放行。',
  },
  'nothing-to-replace': {
    title: '不能以书相抵',
    what: '这不是丢失赔偿。',
    why: '只有丢失的书可以赔同版书。',
    next: '请收款或减免。',
  },
  'till-open-already': {
    title: '钱箱已经开着',
    what: '本台已有一个开着的钱箱。',
    why: '一台工作台同时只开一个钱箱。',
    next: '请先清点并关闭。',
  },
  'till-of-other-desk': {
    title: '别台的钱箱',
    what: '这个钱箱不是本台开的。',
    why: '钱箱由开它的工作台清点。',
    next: '请到那一台办理，或请网点主管代为关闭。',
  },
  'unknown-till': {
    title: '没有这个钱箱',
    what: '本机没有这个钱箱的记录。',
    why: '可能已撤销，或属于别的网点。',
    next: '请重新打开“钱箱”页。',
  },
  'till-closed': {
    title: '钱箱已关闭',
    what: '这个钱箱已经清点过。',
    why: '清点只做一次。',
    next: '请重新打开“钱箱”页。',
  },
  'difference-unexplained': {
    title: '账款不符',
    what: '应有 {{expected}}，相差 {{difference}}。',
    why: '有差额要写明原因，才能关闭。',
    next: '请再数一遍；仍不符的，写明原因。',
  },
  'count-differs': {
    title: '账款有差额',
    what: '应有 {{expected}}，相差 {{difference}}。',
    why: '清点数与应有数不同，原因已记下。',
    next: '请交网点主管核对。',
  },
}
