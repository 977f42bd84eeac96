// Character references (the numeric ones and the names that people and models write) and backslash escapes.

/** Names of characters that follow each other, from the first on. */
const runs: [number, string][] = [
  [
    0xa0,
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn ' +
      'sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
      'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute ' +
      'Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml ' +
      'Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc ' +
      'euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ' +
      'ugrave uacute ucirc uuml yacute thorn yuml',
  ],
  [
    0x3b1,
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho ' +
      'sigmaf sigma tau upsilon phi chi psi omega',
  ],
]

const others = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  euro: '€',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
  harr: '↔',
  rArr: '⇒',
  infin: '∞',
  ne: '≠',
  le: '≤',
  ge: '≥',
  asymp: '≈',
  check: '✓',
  cross: '✗',
  Delta: 'Δ',
  Omega: 'Ω',
  Sigma: 'Σ',
  sum: '∑',
  radic: '√',
}

const names = new Map([
  ...Object.entries(others),
  ...runs.flatMap(([first, list]) =>
    list.split(' ').map((name, index) => [name, String.fromCharCode(first + index)] as const),
  ),
])

/** `reference` is what stands between `&` and `;`. Null when it means nothing. */
export function characterOf(reference: string): string | null {
  if (!reference.startsWith('#')) return names.get(reference) ?? null
  const hex = /^#x/i.test(reference)
  const code = Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10)
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : '\ufffd'
}

/** The text that an address or a title stands for. */
export function withoutEscapes(text: string): string {
  return text.replace(
    /\\([!-/:-@[-`{-~])|&(#?\w{1,32});/g,
    (found: string, escaped?: string, name?: string) =>
      escaped ?? (name === undefined ? null : characterOf(name)) ?? found,
  )
}
