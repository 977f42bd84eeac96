// Addresses written out in the text, as GFM finds them.
export interface Autolink {
  start: number
  end: number
  address: string
}

/** Marks of scripts that put no space between an address and what follows it. */
const wide =
  '\\u2018-\\u201d\\u3000-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65'
const web = `(?:(?<![a-z])https?://|(?<![\\p{sc=Latin}\\d./@:+-])www\\.)(?=[\\p{L}\\p{N}])(?:[^\\s<\`\\]${wide}]|\\](?![(\\[]))+`
const mail =
  '(?<![\\w.+/-])(mailto:|xmpp:)?[\\w.+-]{1,64}@([\\w-]+(?:\\.[\\w-]+)+)((?<=xmpp:.*)/[\\w@.]+)?'
const candidates = new RegExp(`${web}|${mail}`, 'giu')

/** The first one that begins at `from` or behind it. */
export function nextAutolink(text: string, from: number): Autolink | null {
  candidates.lastIndex = from
  for (let match = candidates.exec(text); match !== null; match = candidates.exec(text)) {
    const { 0: found, 1: scheme, 2: domain, index } = match
    const shown = domain === undefined ? withoutTrail(found) : found
    const address =
      domain === undefined ? webAddress(shown) : mailAddress(shown, scheme ?? '', domain)
    if (address !== null) return { start: index, end: index + shown.length, address }
  }
  return null
}

function webAddress(shown: string): string | null {
  const [, scheme, host = ''] = /^(https?:\/\/)?([\p{L}\p{N}_.-]*)/iu.exec(shown) ?? []
  const names = host.split('.')
  if (scheme === undefined && names.length < 2) return null
  if (names.slice(-2).some((name) => name.includes('_'))) return null
  return scheme === undefined ? `http://${shown}` : shown
}

/** A domain ends in a letter, and a version (`react@18.2.0-rc`) is none. */
function mailAddress(shown: string, scheme: string, domain: string): string | null {
  if (!/[a-z]$/i.test(domain) || /^\d+\.\d+\./.test(domain)) return null
  return scheme === '' ? `mailto:${shown}` : shown
}

/** A sentence's punctuation, a closing bracket and marks of emphasis are no part of an address. */
function withoutTrail(found: string): string {
  let end = found.length
  let unopened = found.split(')').length - found.split('(').length
  for (;;) {
    const last = found.charAt(end - 1)
    const reference =
      last === ';' ? /&[a-z\d]+;$/i.exec(found.slice(Math.max(0, end - 33), end)) : null
    if (last === ')' && unopened > 0) unopened -= 1
    else if (!/[?!.,:;*_~'"\]]/.test(last)) return found.slice(0, end)
    end -= reference?.[0].length ?? 1
  }
}
