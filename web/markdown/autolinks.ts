// Addresses written out in the text, as GFM finds them.
export interface Autolink {
  start: number
  end: number
  address: string
}

const candidates =
  /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.)[^\s<`]+|(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+/giu

export function findAutolinks(text: string): Autolink[] {
  if (!/:\/\/|www\.|@/i.test(text)) return []
  return [...text.matchAll(candidates)].flatMap(({ 0: found, index }) => {
    const shown = withoutTrail(found)
    const end = index + shown.length
    const address = addressOf(shown)
    return address === null ? [] : [{ start: index, end, address }]
  })
}

function addressOf(shown: string): string | null {
  if (/^https?:\/\//i.test(shown)) return shown.length > 8 ? shown : null
  if (/^www\./i.test(shown)) return shown.includes('.', 4) ? `http://${shown}` : null
  return `mailto:${shown}`
}

/** A sentence's punctuation, a closing bracket and marks of emphasis are no part of an address. */
function withoutTrail(found: string): string {
  let end = found.length
  let unopened = found.split(')').length - found.split('(').length
  for (;;) {
    const last = found.charAt(end - 1)
    if (last === ')' && unopened > 0) unopened -= 1
    else if (!/[?!.,:;*_~'"\]|]/.test(last)) return found.slice(0, end)
    end -= 1
  }
}
