// Adds the text of a line inside its container: as a new leaf, or to the open one.
import * as starts from './block-starts.ts'
import { type BlockTree, newVersion } from './block-tree.ts'
import type { Align, Paragraph, Row } from './blocks.ts'
import { indentOf, type Rest, skipIndent, spaced } from './containers.ts'
import { PIECE, PIECE_LINES } from './pieces.ts'

/** A wider table stays text: each of its rows, however short, would be as many cells. */
const MAX_COLUMNS = 100

export interface LineStart {
  rest: Rest
  depth: number
  /** The line stays in every open block and opens no container, so it may continue the leaf. */
  whole: boolean
  ended: boolean
}

export function paragraph(text: string, continued = false): Paragraph {
  const version = newVersion()
  return { kind: 'paragraph', version, text: text.trimStart(), lineCount: 1, open: true, continued }
}

/** Whether the line began a leaf that is more than a paragraph. */
export function openLeaf(tree: BlockTree, start: LineStart): boolean {
  const { leaf } = tree
  if (indentOf(start.rest) >= 4) return leaf?.kind !== 'paragraph' && openIndented(tree, start)
  const line = spaced(start.rest)
  return (
    (start.whole && leaf?.kind === 'paragraph' && remake(tree, leaf, line)) ||
    openSingle(tree, start.depth, line) ||
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

/** A paragraph turns out to be a heading or the header of a table. */
function remake(tree: BlockTree, leaf: Paragraph, line: string): boolean {
  const level = starts.underline(line)
  const align = starts.tableColumns(line)
  if (level !== null) {
    tree.replaceLeaf({
      kind: 'heading',
      version: newVersion(),
      level,
      text: leaf.text,
      open: false,
    })
    tree.closeTo(tree.path.length)
    return true
  }
  return align !== null && openTable(tree, leaf, align)
}

function openTable(tree: BlockTree, leaf: Paragraph, align: Align[]): boolean {
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

function openSingle(tree: BlockTree, depth: number, line: string): boolean {
  const heading = starts.headingStart(line)
  if (heading !== null) {
    const open = tree.changes.onTrial
    tree.addClosed(depth, { kind: 'heading', version: newVersion(), ...heading, open })
    return true
  }
  if (!starts.isRule(line)) return false
  tree.addClosed(depth, { kind: 'rule', version: newVersion() })
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
  const math = starts.mathStart(line)
  if (math === null) return false
  const { text, end, closed } = math
  const lines = text.trim() === '' ? [] : [ended && !closed ? `${text}\n` : text]
  const version = newVersion()
  tree.openLeaf(depth, { kind: 'math', version, end, closed, lines, open: !closed })
  if (closed) tree.closeTo(tree.path.length)
  return true
}

/** Adds the line to the paragraph or table that is open, or begins a paragraph. */
export function addText(tree: BlockTree, { rest: { text }, depth, whole }: LineStart): void {
  const { leaf } = tree
  if (leaf?.kind === 'table' && whole) {
    tree.changes.push(leaf.rows, row(text, leaf.align, tree.changes.onTrial))
  } else if (leaf?.kind !== 'paragraph') {
    tree.openLeaf(depth, paragraph(text))
  } else if (leaf.text.length + text.length > PIECE || leaf.lineCount >= PIECE_LINES) {
    // A long list of definitions is no long paragraph.
    tree.settleDefinitions()
    tree.openLeaf(tree.path.length, paragraph(text, tree.leaf !== null))
  } else {
    tree.changes.set(leaf, 'text', `${leaf.text}\n${text.trimStart()}`)
    tree.changes.set(leaf, 'lineCount', leaf.lineCount + 1)
  }
}

function row(line: string, align: readonly Align[], open: boolean): Row {
  return { version: newVersion(), cells: starts.tableCells(line), align, open }
}
