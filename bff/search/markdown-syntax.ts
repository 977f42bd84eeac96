// Where the syntax of Markdown is in a piece of a text, so that a snippet reads like the answer. The piece may
// begin and end anywhere, so a construct that is cut stays as it is written.
import type { TextRange } from '#shared/search.ts'

/** What does not belong to the group `keep` of a match is syntax; without one, the whole match is. */
const CODE = [
  /^[ \t]*(?<fence>`{3,}|~{3,})[^\n`]*\n(?<keep>(?:.*\n)*?)[ \t]*\k<fence>[`~]*[ \t]*$/dgm,
  /(?<!`)(?<ticks>`+)(?!`)(?<keep>[^\n]+?)(?<!`)\k<ticks>(?!`)/dg,
]

const RULES = [
  // Lines that show no text: a fence whose end is cut off, a rule, the line below the head of a table.
  /^[ \t]*(?:`{3,}|~{3,})[^\n`]*$/dgm,
  /^ {0,3}(?:(?:[-*_][ \t]*){3,}|\|?[ \t:-]*-[ \t:|-]*\|[ \t:|-]*)$/dgm,
  // What stands before the text of a line.
  /^(?: {0,3}>[ \t]?)*(?: {0,3}#{1,6}[ \t]+|[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)/dgm,
  /^(?: {0,3}>[ \t]?)+/dgm,
  // The ends of the rows of a table.
  /^[ \t]*\|[ \t]*(?<keep>[^\n]*?)[ \t]*\|[ \t]*$/dgm,
  // Images and links.
  /!?\[(?<keep>[^[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+"[^"\n]*")?\)/dg,
  /!?\[(?<keep>[^[\]\n]+)\]\[[^[\]\n]*\]/dg,
  /<(?<keep>https?:\/\/[^<>\s]+)>/dg,
  // Emphasis.
  /(?<!\\)(?<stars>\*{1,3})(?=[^\s*])(?<keep>[^\n]+?)(?<=[^\s*\\])\k<stars>/dg,
  /(?<![\p{L}\p{N}_\\])(?<lines>_{1,3})(?=[^\s_])(?<keep>[^\n]+?)(?<=[^\s_\\])\k<lines>(?![\p{L}\p{N}_])/dgu,
  /~~(?=\S)(?<keep>[^\n~]+?)(?<=\S)~~/dg,
  /\\(?<keep>[!-/:-@[-`{-~])/dg,
]

/** Returns ranges in their order, none of which overlaps another. */
export function syntaxIn(text: string): TextRange[] {
  const code = matchesOf(CODE, text)
  const isInCode = (at: number) =>
    code.some(({ index, 0: { length } }) => at >= index && at < index + length)
  const others = matchesOf(RULES, text).filter(({ index }) => !isInCode(index))
  const ranges: TextRange[] = []
  const found = [...code, ...others].flatMap(around)
  for (const [start, end] of found.toSorted((one, other) => one[0] - other[0])) {
    const from = Math.max(start, ranges.at(-1)?.[1] ?? 0)
    if (from < end) ranges.push([from, end])
  }
  return ranges
}

function matchesOf(rules: RegExp[], text: string): RegExpExecArray[] {
  return rules.flatMap((rule) => Array.from(text.matchAll(rule)))
}

function around({ 0: all, index, indices }: RegExpExecArray): TextRange[] {
  const end = index + all.length
  const [from, to] = indices?.groups?.['keep'] ?? [end, end]
  return [
    [index, from],
    [to, end],
  ]
}
