// Formulas inside of a text: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`.
export interface Formula {
  kind: 'formula'
  tex: string
  display: boolean
  /** False while its end has not come. */
  closed: boolean
}

export interface Found {
  formula: Formula
  length: number
}

/** A dollar sign is money unless it hugs its formula and no digit follows. */
const hugging = /(?<!\$)\$(?![\s$])(?:\\.|[^$\n\\])*?[^\s\\]\$(?![\d$])/y
const arrivingOne = /(?<![\w$\\])\$(?=[A-Za-z\\(])[^$\n]*$/y

/** The formula that begins at a dollar sign. */
export function findDollars(text: string, at: number, arriving: boolean): Found | null {
  if (text.startsWith('$$', at)) return between(text, at, { open: '$$', close: '$$', arriving })
  const whole = match(hugging, text, at)
  if (whole !== null) {
    const tex = whole.slice(1, -1)
    return isFormula(text, at, tex) ? found(tex, false, true, whole.length) : null
  }
  const half = arriving ? match(arrivingOne, text, at) : null
  // Until its end comes, a name or a price begins like a formula.
  if (half === null || !/[\\^]|_[{\d]/.test(half)) return null
  return found(half.slice(1), false, false, half.length)
}

/**
 * Between two dollar signs also stands what joins two names (`$HOME/$USER`) or prices. A formula
 * touches a word only where that cannot be (`CO$_2$`, `$n$th`), and is no sentence.
 */
function isFormula(text: string, at: number, tex: string): boolean {
  if (/^[\^_\\]/.test(tex)) return true
  if (!tex.includes('\\') && /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(tex)) return false
  if (/\w/.test(text.charAt(at - 1))) return false
  return (
    match(/[a-z_]/iy, text, at + tex.length + 2) === null ||
    match(/(?:st|nd|rd|th)\b/y, text, at + tex.length + 2) !== null
  )
}

/** The formula that begins at a backslash. */
export function findBackslashed(text: string, at: number, arriving: boolean): Found | null {
  if (text.startsWith('\\(', at)) return between(text, at, { open: '\\(', close: '\\)', arriving })
  // Behind a word it is an escaped bracket: `array\[0\]`.
  if (!text.startsWith('\\[', at) || /[!-'+-9;-^`-~]/.test(text.charAt(at - 1))) return null
  const whole = between(text, at, { open: '\\[', close: '\\]', arriving })
  return whole !== null && isBracketFormula(whole.formula.tex) ? whole : null
}

/** Text between `\[` and `\]` is an escaped number, tick or remark, or else a formula. */
export function isBracketFormula(tex: string): boolean {
  return !/^[\d\s.,;–-]*$|^\s*[xX]\s*$|^\s*\p{L}{3,}(?:\s+\p{L}+)*\s*$/u.test(tex)
}

interface Marks {
  open: string
  close: string
  /** Its end may still come. */
  arriving: boolean
}

function between(text: string, at: number, { open, close, arriving }: Marks): Found | null {
  const start = at + open.length
  const end = text.indexOf(close, start)
  if (end === -1 && !arriving) return null
  const tex = text.slice(start, end === -1 ? undefined : end)
  if (tex.trim() === '') return null
  const length = open.length + tex.length + (end === -1 ? 0 : close.length)
  return found(tex, open !== '\\(', end !== -1, length)
}

function found(tex: string, display: boolean, closed: boolean, length: number): Found {
  return { formula: { kind: 'formula', tex: tex.trim(), display, closed }, length }
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
