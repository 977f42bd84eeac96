// Reads the blocks that most texts do without: code, formulas, tables, footnotes and what is not formatted.
import { isProse, mathStart } from '#shared/formula-lines.ts'
import { isUndecided } from './block-starts.ts'
import { type BlockTree, newVersion } from './block-tree.ts'
import type { Code, MathBlock, Paragraph, Plain, Table } from './blocks.ts'
import { indentOf, type Rest, skipIndent, spaced } from './containers.ts'
import * as starts from './extra-starts.ts'
import { type LineStart, paragraph } from './leaves.ts'
import { normalLabel } from './links.ts'
import { PlainText } from './plain-text.ts'

/** A wider table stays text: each of its rows, however short, would be as many cells. */
const MAX_COLUMNS = 100

/** Whether the line began one of them. */
export function openExtra(tree: BlockTree, start: LineStart, line: string): boolean {
  const { leaf } = tree
  if (indentOf(start.rest) >= 4) return leaf?.kind !== 'paragraph' && openIndented(tree, start)
  return (
    (start.whole && leaf?.kind === 'paragraph' && openTable(tree, leaf, line)) ||
    openFence(tree, start.depth, line) ||
    openMath(tree, start, line)
  )
}

function openIndented(tree: BlockTree, { rest, depth, ended }: LineStart): boolean {
  const { text } = skipIndent(rest, 4)
  const lines = [ended ? `${text}\n` : text]
  const version = newVersion()
  tree.openLeaf(depth, { kind: 'code', version, language: '', fence: null, lines, open: true })
  return true
}

function openTable(tree: BlockTree, leaf: Paragraph, line: string): boolean {
  const align = starts.tableColumns(line)
  if (align === null) return false
  const lineStart = leaf.text.lastIndexOf('\n') + 1
  const header = starts.tableCells(leaf.text.slice(lineStart))
  if (header.length !== align.length || header.length > MAX_COLUMNS) return false
  const version = newVersion()
  const table = { kind: 'table', version, align, header, rows: [], open: true } as const
  if (lineStart === 0) {
    tree.replaceLeaf({ ...table, rows: [] })
  } else {
    tree.changes.set(leaf, 'text', leaf.text.slice(0, lineStart - 1))
    tree.openLeaf(tree.path.length, { ...table, rows: [] })
  }
  return true
}

function openFence(tree: BlockTree, depth: number, line: string): boolean {
  const code = starts.fenceStart(line)
  if (code === null) return false
  // Half of its name would be another language.
  const language = tree.changes.onTrial ? '' : code.language
  const version = newVersion()
  tree.openLeaf(depth, { kind: 'code', version, ...code, language, lines: [], open: true })
  return true
}

function openMath(tree: BlockTree, { depth, ended }: LineStart, line: string): boolean {
  const math = mathStart(line)
  if (math === null) return false
  const { text, end, closed } = math
  const lines = text.trim() === '' ? [] : [ended && !closed ? `${text}\n` : text]
  const version = newVersion()
  tree.openLeaf(depth, { kind: 'math', version, end, closed, lines, open: !closed })
  if (closed) tree.closeTo(tree.path.length)
  return true
}

export function addRow(tree: BlockTree, { rows, align }: Table, line: string): void {
  const open = tree.changes.onTrial
  tree.changes.push(rows, { version: newVersion(), cells: starts.tableCells(line), align, open })
}

/** Returns the depth inside the footnote that the line begins, and the rest of the line. */
export function enterFootnote(
  tree: BlockTree,
  depth: number,
  line: string,
): { depth: number; rest: Rest } | null {
  const start = starts.footnoteStart(line)
  if (start === null) return null
  const { label, text } = start
  tree.changes.add(tree.root.notes, normalLabel(label))
  const version = newVersion()
  return {
    depth: tree.enter(depth, { kind: 'footnote', version, label, children: [] }),
    rest: { text, column: 0 },
  }
}

/** From here on nothing is formatted. */
export function takePlain(tree: BlockTree, text: string, reason: Plain['reason']): void {
  const { leaf } = tree
  if (leaf?.kind === 'plain') return leaf.content.append(text)
  const content = new PlainText(text)
  tree.openLeaf(1, { kind: 'plain', version: newVersion(), reason, content, open: true })
}

/** Lines of code and formulas are taken as they are, until their end comes. */
export function takeRaw(tree: BlockTree, rest: Rest, ended: boolean): boolean {
  const { leaf } = tree
  if (leaf?.kind === 'math') return takeMath(tree, leaf, rest.text, ended)
  return leaf?.kind === 'code' && takeCode(tree, leaf, rest, ended)
}

function takeCode(tree: BlockTree, code: Code, rest: Rest, ended: boolean): boolean {
  const { fence } = code
  if (fence === null) {
    if (rest.text.trim() !== '' && indentOf(rest) < 4) return false
    tree.pushLine(code, skipIndent(rest, 4).text, ended)
    return true
  }
  const line = spaced(rest)
  if (tree.changes.onTrial && starts.mayBecomeFenceEnd(line, fence)) return true
  if (starts.isFenceEnd(line, fence)) tree.closeTo(tree.path.length)
  else tree.pushLine(code, skipIndent(rest, fence.indent).text, ended)
  return true
}

function takeMath(tree: BlockTree, math: MathBlock, line: string, ended: boolean): boolean {
  if (tree.changes.onTrial && isUndecided(line)) return true
  // A formula may hold a blank line; words after one are those of a formula that never ended.
  if (math.lines.at(-1)?.trim() === '' && isProse(line)) return false
  const at = line.indexOf(math.end)
  if (at === -1) {
    tree.pushLine(math, line, ended)
    return true
  }
  if (line.slice(0, at).trim() !== '') tree.pushLine(math, line.slice(0, at), false)
  tree.changes.set(math, 'closed', true)
  const rest = line.slice(at + math.end.length)
  if (rest.trim() === '') tree.closeTo(tree.path.length)
  else tree.openLeaf(tree.path.length, paragraph(rest))
  return true
}
