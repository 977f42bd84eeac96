/**
 * Matches a pattern such as `gpt-*`; every character except `*` is literal. Finds each part after the
 * previous one and never backtracks, so that no pattern takes long.
 */
export function fitsPattern(model: string, pattern: string): boolean {
  const name = model.toLowerCase()
  const [start = '', ...rest] = pattern.toLowerCase().split('*')
  const end = rest.pop()
  if (end === undefined) return name === start
  if (!name.startsWith(start)) return false
  let at = start.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return name.length - end.length >= at && name.endsWith(end)
}
