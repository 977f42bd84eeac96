// A base URL may carry a user, a password and a query. They are sent, each where it belongs, and
// never shown.

export interface BaseUrl {
  /** Without user, password, query and the last slash. */
  address: string
  host: string
  query: Record<string, string>
  headers: Record<string, string>
}

export function readBaseUrl(baseUrl: string): BaseUrl {
  const url = new URL(baseUrl)
  const { host, username, password } = url
  const query = Object.fromEntries(url.searchParams)
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const basic = Buffer.from(user).toString('base64')
  return {
    address: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    host,
    query,
    headers: username === '' ? {} : { authorization: `Basic ${basic}` },
  }
}
