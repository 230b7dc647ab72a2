/** What the shell itself must say, where no page can say it. */
import type { StartFailure } from '../sync/desk-messages.ts'
import type { KeyTrouble } from './safe-key.ts'

type ShellTrouble = StartFailure | KeyTrouble | 'page-crashes'
type Language = 'zh' | 'en'

const titles: Record<Language, string> = { zh: '城图工作台无法启动', en: 'CityDesk cannot start' }

const texts: Record<ShellTrouble, Record<Language, string>> = {
  'home-in-use': {
    zh: '本机的另一个程序正在使用这个工作台的数据。请先关闭它。',
    en: 'Another program on this computer is using the data of this desk. Close it first.',
  },
  'storage-damaged': {
    zh: '数据文件已损坏。请不要删除任何文件，联系技术人员恢复。',
    en: 'The data files are damaged. Delete nothing; ask IT staff to recover them.',
  },
  'wrong-key': {
    zh: '现有密钥打不开数据文件。请联系技术人员，不要删除任何文件。',
    en: 'The key on this computer does not open the data files. Ask IT staff; delete nothing.',
  },
  'from-the-future': {
    zh: '数据由更新版本的程序写成。请安装最新版本。',
    en: 'The data was written by a newer version. Install the newest version.',
  },
  'enrolment-failed': {
    zh: '未能在市中心服务器登记这个工作台。请检查网络和一次性登记码。',
    en: 'This desk could not be enrolled with the central server. Check network and enrolment code.',
  },
  'desk-revoked': {
    zh: '这台工作台已被停用。已办的全部交给了市中心，本机数据已清除。要继续使用，请向技术人员要新的登记码。',
    en: 'This desk was revoked. All it did was handed to the city and its data was erased. Ask IT staff for a new enrolment code.',
  },
  'other-keychain': {
    zh: '密钥由另一种桌面环境的钥匙串保管。请换回原来的桌面环境登录。',
    en: 'The key is kept by the keychain of another desktop. Sign in to that desktop again.',
  },
  'keychain-unavailable': {
    zh: '系统钥匙串没有打开。请解锁钥匙串，再启动工作台。',
    en: "The system's keychain is not open. Unlock it and start the desk again.",
  },
  'keychain-changed': {
    zh: '系统钥匙串已重置，无法取出密钥。请联系技术人员，不要删除任何文件。',
    en: "The system's keychain was reset and no longer holds the key. Ask IT staff; delete nothing.",
  },
  'key-damaged': {
    zh: '密钥文件已损坏。请联系技术人员，不要删除任何文件。',
    en: 'The key file is damaged. Ask IT staff; delete nothing.',
  },
  'key-lost': {
    zh: '有数据文件，但找不到密钥。请联系技术人员，不要删除任何文件。',
    en: 'There are data files, and no key to them. Ask IT staff; delete nothing.',
  },
  'page-crashes': {
    zh: '窗口在五分钟内三次停止工作。已完成的操作都已保存。',
    en: 'The window stopped three times within five minutes. Everything done is saved.',
  },
}

/** `locale` as Electron gives it, e.g. `zh-CN`. `detail` goes last, for IT staff. */
export function shellWords(
  trouble: ShellTrouble,
  detail: string,
  locale: string,
): { readonly title: string; readonly text: string } {
  const language: Language = locale.startsWith('zh') ? 'zh' : 'en'
  const text = texts[trouble][language]
  return { title: titles[language], text: detail === '' ? text : `${text}\n\n${detail}` }
}
