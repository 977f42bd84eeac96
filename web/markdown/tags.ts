// What `<` begins, besides an address: a tag of HTML, which is shown as it was written.
const attribute = `\\s+[a-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*"))?`
const tag = new RegExp(
  `<[a-z][a-z\\d-]*(?:${attribute})*\\s*/?>|</[a-z][a-z\\d-]*\\s*>|<!--[^]*?-->`,
  'iy',
)

/** The length of the tag or comment that begins here. */
export function tagLength(text: string, at: number): number | null {
  tag.lastIndex = at
  return tag.exec(text)?.[0].length ?? null
}
