// Finds the numbers to chart in a sentence, with their names where each has one.

export interface WantedChart {
  kind: 'bar' | 'line' | null
  values: number[]
  labels: string[] | null
}

const WANTS_CHART = /\b(?:chart|plot|graph|diagram)\b(?: of\b|:)?(.*)/is
const LINE = /\bline\b|\bover time\b|\bplot\b/i
const ENTRY = /^(.*?)[\s:=]*(-?\d[\d_]*(?:\.\d+)?)\s*[%€$]?[.!?]?$/s
const MAX_VALUES = 200

/** Returns null if it names fewer than two numbers. */
export function findChart(question: string): WantedChart | null {
  const asked = WANTS_CHART.exec(question)?.[1]
  if (asked === undefined) return null
  const plain = asked.replaceAll(/(?<=\d),(?=\d{3}\b)/g, '')
  const pieces = plain.split(/[,;\n]|\band\b/).map((piece) => piece.trim())
  const entries = pieces.flatMap((piece) => {
    const [, name = '', value] = ENTRY.exec(piece) ?? []
    return value === undefined ? [] : [{ name: name.trim(), value: Number(value) }]
  })
  if (entries.length < 2 || entries.length > MAX_VALUES) return null
  const names = entries.map(({ name }) => name.slice(0, 60))
  return {
    kind: LINE.test(question) ? 'line' : null,
    values: entries.map(({ value }) => value),
    labels: names.every((name) => name !== '') ? names : null,
  }
}
