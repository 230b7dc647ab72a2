/** How the page gets its token: a one-time code in the address is exchanged once, then forgotten. */
const STORED_AS = 'citydesk.token'

/** The token of this window, or null where the address carries no code and none was kept. */
export async function tokenOfThisWindow(): Promise<string | null> {
  const code = new URLSearchParams(location.hash.slice(1)).get('code')
  if (code === null) return sessionStorage.getItem(STORED_AS)
  history.replaceState(null, '', location.pathname)
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  if (!response.ok) return sessionStorage.getItem(STORED_AS)
  const { token } = (await response.json()) as { token: string }
  sessionStorage.setItem(STORED_AS, token)
  return token
}
