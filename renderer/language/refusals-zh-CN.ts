import type {
  AllAdviceWords,
  AllFailureWords,
  AllNoDeviceWords,
  AllReasonWords,
  AllRefusalWords,
} from './refusal-words.ts'
import { authorityRefusalsZh } from './refusals-authorities-zh-CN.ts'
import { copyRefusalsZh } from './refusals-copy-zh-CN.ts'
import { shelfRefusalsZh } from './refusals-shelf-zh-CN.ts'
import { draftRefusalsZh } from './refusals-drafts-zh-CN.ts'
import { serialRefusalsZh } from './refusals-serials-zh-CN.ts'
import { titleRefusalsZh } from './refusals-titles-zh-CN.ts'
import { dueRefusalsZh } from './refusals-due-zh-CN.ts'
import { itemRefusalsZh } from './refusals-items-zh-CN.ts'
import { holdRefusalsZh } from './refusals-holds-zh-CN.ts'
import { ledgerRefusalsZh } from './refusals-ledger-zh-CN.ts'
import { moneyRefusalsZh } from './refusals-money-zh-CN.ts'
import { ruleRefusalsZh } from './refusals-rules-zh-CN.ts'
import { readerRefusalsZh } from './refusals-readers-zh-CN.ts'

export const refusalsZh: AllRefusalWords = {
  ...ledgerRefusalsZh,
  ...itemRefusalsZh,
  ...moneyRefusalsZh,
  ...readerRefusalsZh,
  ...holdRefusalsZh,
  ...ruleRefusalsZh,
  ...dueRefusalsZh,
  ...draftRefusalsZh,
  ...serialRefusalsZh,
  ...copyRefusalsZh,
  ...authorityRefusalsZh,
  ...shelfRefusalsZh,
  ...titleRefusalsZh,
  'deposit-differs': {
    title: '押金对不上',
    what: '收退之后押金是 {{held}}，不是 {{told}}。',
    why: '别的台刚收过或退过这位读者的押金。',
    next: '请重新打开读者，按现在的押金再办。',
  },
  'deposit-short': {
    title: '押金不足',
    what: '这类证要 {{asked}} 押金，现有 {{held}}。',
    why: '押金随证的类别而定。',
    next: '补收押金，或改办其他类别。',
  },
  'deposit-held': {
    title: '押金未退',
    what: '还有 {{held}} 押金没有退。',
    why: '押金退还要记入账目和钱箱。',
    next: '先在“改类别”里把押金改为 0 并退还，再注销。',
  },
  'request-refused': {
    title: '工作台说了“好了”，中心未接受',
    what: '离线时已告诉读者办好，轮到中心时已不成立。',
    why: '当时工作台看不到别处刚发生的事。',
    next: '照当时答应的办，或告诉读者没有办成。',
  },
  'line-recorded-already': {
    title: '以前已记',
    what: '脱机文件里的这一行已经记入过。',
    why: '同一个文件在这里或别的台上接收过。',
    next: '不用再办，没有重复记。',
  },
  'unknown-item': {
    title: '条码查不到',
    what: '本机没有这个条码的记录。',
    why: '可能是新书还没有编目，也可能是条码扫错了。',
    next: '对照书上的条码再扫一次；书在手上就照常办理，系统会留下待补记录。',
  },
  'card-blocked-in-city': {
    title: '全市停借',
    what: '这张证在 {{until}} 前不能借书。',
    why: '全市名单里已停借，本机没有这位读者的其他资料。',
    next: '先不要借出；联网后查读者情况，或请读者到办证馆处理。',
  },
  'item-on-loan-elsewhere': {
    title: '在别馆借出',
    what: '全市记录显示这册书在借。',
    why: '可能在别的馆借出，或归还时没有扫到。',
    next: '书在手上：先替前一位读者归还，再借给这位读者。',
  },
  'loan-elsewhere': {
    title: '借自别馆',
    what: '这笔借阅记录在全市，不在本机。',
    why: '是在别的馆借出的。',
    next: '无需再办：联网后这笔借阅自动了结。',
  },
  'unknown-reader': {
    title: '读者证查不到',
    what: '本机没有这张证的记录。',
    why: '可能是别处的读者、刚办的新证，也可能不是本市的读者证。',
    next: '再扫一次，或为读者办证；证和书都在手上可以照借，系统会留下待补记录。',
  },
  'barcode-ambiguous': {
    title: '条码对应多册',
    what: '有不止一册书用了这个条码。',
    why: '条码重复，无法确定是哪一册。',
    next: '请先到检索里按题名找到这一册，并更换条码。',
  },
  'card-lost': {
    title: '证已挂失',
    what: '这张证已经挂失，不能使用。',
    why: '持证人报告过证件丢失。',
    next: '核对证件与本人；找回的证请先解除挂失，或补办新证。',
  },
  'card-closed': {
    title: '证已注销',
    what: '这张证已经注销，不能使用。',
    why: '读者已退证。',
    next: '请为读者重新办证。',
  },
  'card-expired': {
    title: '证已过期',
    what: '有效期到 {{expiresOn}}。',
    why: '过期的证不能直接借书。',
    next: '核对身份后可以放行，并提醒读者办理延期。',
  },
  'reader-blocked': {
    title: '停借中',
    what: '停借到 {{until}}。{{reason}}',
    why: '停借期内不能借书。',
    next: '请网点主管核实后放行，或请读者到期再来。',
  },
  'debt-above-limit': {
    title: '欠费超过限额',
    what: '欠费 {{owed}}，限额 {{limit}}。',
    why: '欠费超过限额不能直接借书。',
    next: '请读者先缴费；有特殊情况可以放行。',
  },
  'item-limit-reached': {
    title: '已到册数上限',
    what: '已借 {{count}} 册，上限 {{limit}} 册。',
    why: '每类读者证有册数上限。',
    next: '请读者先还书；有特殊情况可以放行。',
  },
  'class-limit-reached': {
    title: '已到这一类的册数上限',
    what: '已借$t(loanClass.{{loanClass}}) {{count}} 册，上限 {{limit}} 册。',
    why: '中文、外文和音像分别计数。',
    next: '请读者先还书；有特殊情况可以放行。',
  },
  'reader-has-overdue': {
    title: '另有超期图书',
    what: '最早一册应于 {{dueOn}} 归还。',
    why: '有超期图书时不能续借，但可以借书。',
    next: '请提醒读者尽快归还。',
  },
  'guardian-missing': {
    title: '缺少监护人',
    what: '未满十四岁的读者须登记监护人。',
    why: '少儿证由监护人负责。',
    next: '请扫监护人的读者证；监护人没有证的，先为其办证。',
  },
  'item-on-loan': {
    title: '在别人名下',
    what: '这册书还借在 {{reader}} 名下，应还日 {{dueOn}}。',
    why: '可能前一位读者还书时没有扫到。',
    next: '书在手上，可以“还回并借出”：先替前一位读者还书，再借给这位读者。',
  },
  'already-on-loan-to-reader': {
    title: '已在本人名下',
    what: '这册书已经借给这位读者，应还日 {{dueOn}}。',
    why: '同一册书不会借两次。',
    next: '读者想再看一段时间，可以改为续借。',
  },
  'item-withdrawn': {
    title: '已剔除',
    what: '这册书已经从馆藏剔除。',
    why: '剔除的书不能外借。',
    next: '请收下此书，送工作间处理。',
  },
  'item-not-for-loan': {
    title: '不外借',
    what: '这册书只供馆内阅览。',
    why: '参考书和阅览本留在馆内。',
    next: '请读者在馆内阅览；有特殊情况可以放行。',
  },
  'item-was-lost': {
    title: '曾登记丢失',
    what: '这册书登记为丢失，现在找到了。',
    why: '记录与实物不符。',
    next: '照常办理即视为找回；已赔偿的请告知主管。',
  },
  'item-damaged': {
    title: '有破损记录',
    what: '破损处：{{note}}',
    why: '以前登记过破损。',
    next: '请当面与读者核对，避免归还时争议。',
  },
  'item-in-transit': {
    title: '调拨途中',
    what: '记录显示这册书正在调拨途中。',
    why: '还没有网点签收。',
    next: '照常办理即结束调拨。',
  },
  'item-held-for-another': {
    title: '为他人预留',
    what: '{{reader}} 预约了这册书。',
    why: '预约的书先给预约的读者。',
    next: '请放到预约架；确需借出的可以放行。',
  },
  'adult-item-for-juvenile': {
    title: '少儿证借成人书',
    what: '这册书的读者对象是成人。',
    why: '少儿证借成人书需要看一眼。',
    next: '请与家长或读者确认。',
  },
  'due-date-moved': {
    title: '应还日顺延',
    what: '应还日由 {{from}} 顺延到 {{to}}。',
    why: '原来那天闭馆。',
    next: '无需处理，请告诉读者新的日期。',
  },
  'due-date-in-past': {
    title: '应还日在今天之前',
    what: '指定的应还日已经过去。',
    why: '应还日不能早于今天。',
    next: '请改选今天或以后的日期。',
  },
  'no-loan-rule': {
    title: '没有借期规则',
    what: '这类读者和这类书没有借期规则。',
    why: '没有规则就不知道借多久。',
    next: '请告诉主管补上规则；也可以指定应还日再借。',
  },
  'facts-old': {
    title: '资料较旧',
    what: '本机资料是 {{hours}} 小时前的。',
    why: '网络不通，期间别处的办理还看不到。',
    next: '照常办理，联网后自动核对。',
  },
  'clock-suspect': {
    title: '办理日期要核对',
    what: '工作台记的是 {{onDesk}}，到中心时是 {{arrivedOn}}。',
    why: '工作台的时钟当时不可靠，应还日和费用是按它算的。',
    next: '看一看应还日对不对，必要时告知读者。',
  },
  'order-doubtful': {
    title: '先后存疑',
    what: '工作台记的是 {{onDesk}}，当时并不知道全部情况；全市关于这册书最近的记录是 {{inCity}}。',
    why: '有一方的时钟不可靠，借出与还回的先后可能颠倒。',
    next: '看书在哪里，核对现有的借阅记录是否正确。',
  },
  'edited-elsewhere': {
    title: '两处改了同一项',
    what: '原有：{{theirs}}；后来改成：{{mine}}。',
    why: '两台工作台先后改了同一项，后改的没有看到先改的。',
    next: '对照两处内容，选一个留下。',
  },
  'unknown-staff': {
    title: '没有这位馆员',
    what: '查不到这位馆员，或已停用。',
    why: '名单可能刚刚变动。',
    next: '换一位馆员。',
  },
  'staff-may-not-settle': {
    title: '这位馆员不能处理例外',
    what: '{{name}}没有处理例外的权限。',
    why: '处理例外需要网点主管。',
    next: '交给一位网点主管。',
  },
  'nothing-to-bind': {
    title: '对不上记录',
    what: '这条例外没有可以对上的待补记录。',
    why: '可能已经处理过，也可能经过太多，不宜一次对上。',
    next: '换一种处理方式。',
  },
  'bound-to-placeholder': {
    title: '那也是待补记录',
    what: '输入的号码也只有一条待补记录。',
    why: '两条待补记录之间不能互相对上。',
    next: '输入已有正式记录的条码或证号。',
  },
  'would-be-lent-twice': {
    title: '书已在别人名下',
    what: '这册书记录在{{reader}}名下，应还日 {{dueOn}}。',
    why: '对上以后，一册书就有两笔未还的借阅。',
    next: '确认就是这册书，再按“一册书借给了两位读者”处理。',
  },
  'not-on-loan': {
    title: '不在借',
    what: '这册书没有借出记录。',
    why: '可能在馆内看过，或已经还过。',
    next: '无需处理，已记一次馆内阅览。',
  },
  'returned-late': {
    title: '超期归还',
    what: '超期 {{days}} 天，超期费 {{fee}}。',
    why: '超过应还日，闭馆日不收费。',
    next: '费用已记在读者名下，请告知读者。',
  },
  'belongs-elsewhere': {
    title: '属于别处',
    what: '这册书属于 {{branch}}。',
    why: '全市通还，书要送回所属网点。',
    next: '请夹上调拨单，放进调拨箱。',
  },
  'hold-waiting': {
    title: '有人预约',
    what: '{{reader}} 预约了这册书。',
    why: '预约的书先留给预约的读者。',
    next: '请放到预约架。',
  },
  'loan-disputed': {
    title: '借阅有争议',
    what: '有两笔借阅都说借走了这册书。',
    why: '两处先后办理时互相看不到。',
    next: '请到“例外”里处理；处理前不计超期。',
  },
  'loan-closed': {
    title: '已经还回',
    what: '这笔借阅已经结束。',
    why: '书已还回。',
    next: '无需续借。',
  },
  'unknown-loan': {
    title: '借阅查不到',
    what: '本机没有这笔借阅的记录。',
    why: '可能在别处已经归还。',
    next: '请重新扫读者证，看最新的借阅。',
  },
  'renewals-used-up': {
    title: '续借次数已用完',
    what: '已续借 {{count}} 次，最多 {{limit}} 次。',
    why: '每次借阅的续借次数有限。',
    next: '请读者按期归还；有特殊情况可以放行。',
  },
  'renewal-not-allowed': {
    title: '不可续借',
    what: '这类资料不可续借。',
    why: '期刊、音像资料和盲文书借期固定。',
    next: '请读者按期归还；有特殊情况可以放行。',
  },
  'loan-overdue': {
    title: '已经超期',
    what: '应还日是 {{dueOn}}。',
    why: '超期的书不能续借。',
    next: '请先归还；有特殊情况可以放行。',
  },
  'other-loan-overdue': {
    title: '另有超期图书',
    what: '有一册应于 {{dueOn}} 归还。',
    why: '有超期图书时不能续借。',
    next: '请先归还超期的书；有特殊情况可以放行。',
  },
  'fees-owed': {
    title: '有未付费用',
    what: '欠费 {{owed}}。',
    why: '有未付费用时不能续借。',
    next: '请读者先缴费；有特殊情况可以放行。',
  },
  'already-damaged': {
    title: '已登记破损',
    what: '这册书之前已登记破损。',
    why: '重复登记只更新说明。',
    next: '无需处理。',
  },
  'card-number-taken': {
    title: '证号已被使用',
    what: '这个证号已经属于另一位读者。',
    why: '证号全市唯一。',
    next: '请换一张新证再扫。',
  },
  'possible-duplicate': {
    title: '可能已有证',
    what: '有一位姓名与出生日期相同的读者，证号 {{card}}。',
    why: '一人一证。',
    next: '请先确认不是同一人；确认后可以放行。',
  },
  'unknown-category': {
    title: '没有这类读者证',
    what: '所选的读者类别不在规则里。',
    why: '类别决定册数与借期。',
    next: '请另选一个类别。',
  },
  'consent-missing': {
    title: '缺少监护人同意',
    what: '未满十四岁须监护人同意。',
    why: '法律要求保护少儿的个人信息。',
    next: '请监护人当面同意后勾选。',
  },
  'too-young': {
    title: '年龄不足',
    what: '现年 {{age}} 岁，满 {{min}} 岁方可办证。',
    why: '办证有最低年龄。',
    next: '请用家长的证借书。',
  },
  'unknown-operation': {
    title: '操作查不到',
    what: '本机没有这次操作的记录。',
    why: '可能是别的工作台办理的。',
    next: '请到原来的工作台撤销。',
  },
  'already-undone': {
    title: '已经撤销过',
    what: '这次操作已经撤销。',
    why: '同一操作只能撤销一次。',
    next: '无需处理。',
  },
  'changed-since': {
    title: '之后又有办理',
    what: '这次操作之后，同一记录又办理过别的事。',
    why: '先撤销前面的会弄乱后面的。',
    next: '请从最新的一次开始依次撤销。',
  },
  'not-undoable': {
    title: '不能撤销',
    what: '这类操作不能撤销。',
    why: '撤销本身，或没有改动的操作，没有可撤的内容。',
    next: '需要更正的，请重新办理。',
  },
  'other-branch': {
    title: '不是本网点今天的操作',
    what: '只能撤销本网点当天的操作。',
    why: '隔天或别处的操作要由网点主管看过。',
    next: '请网点主管撤销。',
  },
  'unknown-exception': {
    title: '例外查不到',
    what: '本机没有这条例外。',
    why: '可能还没有同步过来。',
    next: '请稍后再看。',
  },
  'already-settled': {
    title: '已经处理',
    what: '这条例外已经有人处理。',
    why: '例外只处理一次。',
    next: '无需处理。',
  },
  'settlement-does-not-fit': {
    title: '处理方式不合适',
    what: '这种处理方式不适用于这条例外。',
    why: '处理方式要与例外的种类相符。',
    next: '请另选一种处理方式。',
  },
  'barcode-taken': {
    title: '条码已在使用',
    what: '条码 {{barcode}} 已属于另一册。',
    why: '一个条码只属于一册，不覆盖已有的单册。',
    next: '请核对这一册的条码。',
  },
  'return-date-in-future': {
    title: '还书日期在将来',
    what: '还书日期晚于今天。',
    why: '书不会在将来还回。',
    next: '请改为今天或以前的日期。',
  },
}

export const failuresZh: AllFailureWords = {
  'not-signed-in': { title: '尚未登录', next: '请重新登录，再办理一次。' },
  'not-allowed': { title: '没有权限', next: '请有权限的同事办理，或请网点主管放行。' },
  'bad-request': { title: '内容填写有误', next: '请检查填写的内容，再试一次。' },
  'unknown-route': { title: '功能不可用', next: '请重新打开工作台；仍不行请联系技术人员。' },
  busy: { title: '正忙', next: '请稍等片刻再试。' },
  'disk-full': { title: '磁盘已满', next: '未办理。请清理磁盘空间后再试，并通知技术人员。' },
  'storage-damaged': { title: '存储损坏', next: '未办理。请停止使用这台工作台，并通知技术人员。' },
  'server-unreachable': { title: '连不上中心', next: '这件事需要联网，请网络恢复后再试。' },
  'engine-stopped': {
    title: '工作台内部中断',
    next: '正在重新启动，已办理的不会丢失，请稍候再试。',
  },
}

export const reasonsZh: AllReasonWords = {
  starting: '正在连接中心…',
  unreachable: '连不上中心，办理照常，恢复后自动补发。',
  'timed-out': '中心没有回应，稍后自动再试。',
  'not-our-server': '回答的不是中心，可能是网络的登录页面。',
  'bad-request': '中心看不懂本机的请求，请联系技术人员。',
  'bad-signature': '中心不认本机的签名，请检查电脑时间，或联系技术人员。',
  'device-revoked':
    '这台工作台已被停用。已办的会先交给中心，然后清除本机数据。要继续使用，请联系技术人员取新的登记码。',
  'code-not-valid': '登记码不对或已用过，请另要一个。',
  'desk-too-old': '程序版本太旧。可以继续办理，办理会保存并送出；请尽快升级，才能看到别处的变化。',
  'server-too-old': '中心版本比本机旧。可以继续办理，办理先存在本机，稍后送出。请联系技术人员。',
  'too-large': '有一笔办理太大，中心收不下，请联系技术人员。',
  busy: '中心正忙，稍后自动再试。',
  'device-fork': '有两台电脑用着本机的名义。请停止办理，联系技术人员。',
  'server-restored': '中心服务器从备份恢复，本机正在补送它丢失的办理。',
  'nothing-taken': '中心没有收下本机的办理，稍后自动再试。',
  'disk-full': '磁盘已满，请腾出空间。',
}

export const adviceZh: AllAdviceWords = {
  'udev-rule': '系统不允许打开扫描枪。请技术人员加入下面这条规则，再重新插拔：',
  'close-other-program': '扫描枪被别的程序占用。请关闭那个程序。',
  'switch-to-hid-pos': '扫描枪是键盘方式。可以直接用；要更稳定，请扫说明书上的“HID POS”设置码。',
}

export const noDevicesZh: AllNoDeviceWords = {
  'hid-unavailable': '这台电脑上无法直接读取扫描枪。请把扫描枪设为键盘方式使用。',
  'reader-service-restarting': '读取扫描枪的部分正在重新启动，请稍等。',
}
