import { expect, test } from 'vitest'
import { externalLink } from './external-links.ts'

const hosts = new Set(['www.szlib.org.cn'])

test.each([
  ['https://www.szlib.org.cn', 'https://www.szlib.org.cn/'],
  ['https://www.szlib.org.cn/opac?q=三体', 'https://www.szlib.org.cn/opac?q=%E4%B8%89%E4%BD%93'],
  ['HTTPS://WWW.SZLIB.ORG.CN/', 'https://www.szlib.org.cn/'],
])('%s is opened', (text, opened) => {
  expect(externalLink(text, hosts)).toBe(opened)
})

test.each([
  'http://www.szlib.org.cn/',
  'https://szlib.org.cn.evil.com/',
  'https://www.szlib.org.cn.evil.com/',
  'https://evil.com/www.szlib.org.cn',
  'https://www.szlib.org.cn@evil.com/',
  'https://user@www.szlib.org.cn/',
  'https://user:pass@www.szlib.org.cn/',
  'https://www.szlib.org.cn:8443/',
  ' https://www.szlib.org.cn/',
  'https://www.szlib.org.cn/\n',
  'https:\\\\www.szlib.org.cn\\',
  'file:///etc/passwd',
  'ms-settings:',
  'smb://www.szlib.org.cn/share',
  'javascript:alert(1)',
  'data:text/html,x',
  'citydesk://app/',
  'mailto:a@b.c',
  '//www.szlib.org.cn/',
  'C:\\Windows\\system32\\calc.exe',
  '',
])('%j is not', (text) => {
  expect(externalLink(text, hosts)).toBeNull()
})
