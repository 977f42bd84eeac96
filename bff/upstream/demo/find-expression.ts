// Finds arithmetic in a sentence: signs and numbers, or the words for them.

const WORDS: [RegExp, string][] = [
  [/\b24\/7\b/g, ' '],
  [/\bwhat(?:'s| is)\b|\bplease\b/g, ' '],
  [/(\d+(?:\.\d+)?)\s*(?:%|percent)\s+of\s+/g, '($1 / 100) * '],
  [/\b(?:the )?square root of\s+(\d+(?:\.\d+)?)/g, 'sqrt($1)'],
  [/\b(?:the )?cube root of\s+(\d+(?:\.\d+)?)/g, 'cbrt($1)'],
  [/\bto the power of\b/g, '^'],
  [/\bsquared\b/g, '^ 2'],
  [/\bcubed\b/g, '^ 3'],
  [/\bplus\b/g, '+'],
  [/\bminus\b/g, '-'],
  [/\b(?:times|multiplied by)\b/g, '*'],
  [/\b(?:divided by|over)\b/g, '/'],
  [/(?<=\d)\s*x\s*(?=\d)/g, ' * '],
  [/(?<=\d),(?=\d{3}\b)/g, ''],
]

const FUNCTION = '(?:sqrt|cbrt|abs|exp|ln|log10|log2|log|sin|cos|tan|floor|ceil|round|min|max)'
const ATOM = `(?:\\d+(?:\\.\\d+)?|pi\\b|${FUNCTION}\\()`
const EXPRESSION = new RegExp(`[-(\\s]*${ATOM}(?:[\\s()+*/^%×÷·−,.-]|${ATOM})*`, 'g')
const OPERATION = new RegExp(`${FUNCTION}\\(|\\d[\\s)]*[-+*/^%×÷·−][\\s(]*[\\d.a-z(-]`)

/** Returns null if there is nothing to compute. */
export function findExpression(question: string): string | null {
  let text = question.toLowerCase()
  for (const [words, sign] of WORDS) text = text.replace(words, sign)
  const candidates = (text.match(EXPRESSION) ?? [])
    .map((found) => balanced(found.trim().replace(/[\s.,+*/^%(-]+$/, '')))
    .filter((found) => OPERATION.test(found) && !isDate(found))
  const longest = candidates.toSorted((a, b) => b.length - a.length)[0]
  return longest === undefined ? null : longest.replaceAll(/\bpi\b/g, 'PI').replaceAll(/\s+/g, ' ')
}

/** 2026-11-20 is a date and 555-1234 may be a number to call: a minus sign has spaces around it. */
function isDate(text: string): boolean {
  return /^\d+(?:-\d+)+$/.test(text)
}

function balanced(text: string): string {
  const open = (text.match(/\(/g) ?? []).length - (text.match(/\)/g) ?? []).length
  if (open > 0) return text + ')'.repeat(open)
  return open < 0 ? text.replace(new RegExp(`\\){${-open}}$`), '') : text
}
