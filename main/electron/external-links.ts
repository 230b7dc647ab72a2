/** Links that leave the desk: a short list of hosts, opened in the user's own browser. */

/** Hosts that records and help texts may link to. */
export const linkHosts: ReadonlySet<string> = new Set(['www.szlib.org.cn', 'www.nlc.cn'])

/** What to open, or null. Only plain `https:` addresses of a listed host, on its usual port. */
export function externalLink(text: string, hosts: ReadonlySet<string> = linkHosts): string | null {
  // The parser would forgive blanks and control characters around and inside an address.
  if (/[\s\p{Cc}\\]/u.test(text)) return null
  const url = URL.parse(text)
  if (url === null || url.protocol !== 'https:') return null
  if (url.username !== '' || url.password !== '' || url.port !== '') return null
  return hosts.has(url.hostname) ? url.href : null
}
