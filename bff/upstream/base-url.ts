// A base URL may carry a user, a password and a query. They are sent, each where it belongs, and
// never shown.

export interface BaseUrl {
  /** Without user, password, query and the last slash. */
  address: string
  host: string
  query: Record<string, string>
  headers: Record<string, string>
  /** The parts that must not be shown, as written and as sent. */
  secrets: string[]
}

export function readBaseUrl(baseUrl: string): BaseUrl {
  const url = new URL(baseUrl)
  const { host, username, password } = url
  const query = Object.fromEntries(url.searchParams)
  const secret = decodeURIComponent(password)
  const user = `${decodeURIComponent(username)}:${secret}`
  const basic = Buffer.from(user).toString('base64')
  return {
    address: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    host,
    query,
    headers: username === '' ? {} : { authorization: `Basic ${basic}` },
    secrets: [...secretsIn(query), ...(username === '' ? [] : [secret, basic])],
  }
}

/** A caller that asks for the wrong version must be told. */
function secretsIn(query: Record<string, string>): string[] {
  return Object.entries(query).flatMap(([name, value]) => (/version/i.test(name) ? [] : [value]))
}
