// What a line's text becomes inside its container: a new leaf, or more of the open one.
import * as starts from './block-starts.ts'
import { type BlockTree, newVersion } from './block-tree.ts'
import type { Align, Paragraph, Row } from './blocks.ts'
import { indentOf } from './containers.ts'
import { normalLabel } from './links.ts'
import { PIECE } from './pieces.ts'

const MAX_DEFINITIONS = 1_000

export interface Place {
  rest: string
  depth: number
  /** The line stays in every open block and opens no container, so it may continue the leaf. */
  whole: boolean
  ended: boolean
}

export function paragraph(text: string, continued = false): Paragraph {
  return { kind: 'paragraph', version: newVersion(), text: text.trimStart(), open: true, continued }
}

/** Whether the line began a leaf that is more than a paragraph. */
export function openLeaf(tree: BlockTree, place: Place): boolean {
  const { leaf } = tree
  const inText = leaf?.kind === 'paragraph' || leaf?.kind === 'footnote'
  if (indentOf(place.rest) >= 4) return !inText && openIndented(tree, place)
  return (
    (place.whole && leaf?.kind === 'paragraph' && remake(tree, leaf, place.rest)) ||
    openSingle(tree, place) ||
    openFence(tree, place) ||
    openMath(tree, place) ||
    (!inText && define(tree, place))
  )
}

function openIndented(tree: BlockTree, { rest, depth, ended }: Place): boolean {
  const lines = [ended ? `${rest.slice(4)}\n` : rest.slice(4)]
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
  if (header.length !== align.length) return false
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

function openSingle(tree: BlockTree, { rest, depth }: Place): boolean {
  const heading = starts.headingStart(rest)
  if (heading !== null) {
    const open = tree.changes.onTrial
    tree.addClosed(depth, { kind: 'heading', version: newVersion(), ...heading, open })
    return true
  }
  if (!starts.isRule(rest)) return false
  tree.addClosed(depth, { kind: 'rule', version: newVersion() })
  return true
}

function openFence(tree: BlockTree, { rest, depth }: Place): boolean {
  const code = starts.fenceStart(rest)
  if (code === null) return false
  // Half of its name would be another language.
  const language = tree.changes.onTrial ? '' : code.language
  const version = newVersion()
  tree.openLeaf(depth, { kind: 'code', version, ...code, language, lines: [], open: true })
  return true
}

function openMath(tree: BlockTree, { rest, depth, ended }: Place): boolean {
  const math = starts.mathStart(rest)
  if (math === null) return false
  const { text, end, closed } = math
  const lines = text.trim() === '' ? [] : [ended && !closed ? `${text}\n` : text]
  const version = newVersion()
  tree.openLeaf(depth, { kind: 'math', version, end, closed, lines, open: !closed })
  if (closed) tree.closeTo(tree.path.length)
  return true
}

function define(tree: BlockTree, { rest, depth }: Place): boolean {
  const footnote = starts.footnoteStart(rest)
  if (footnote !== null) {
    tree.openLeaf(depth, { kind: 'footnote', version: newVersion(), ...footnote, open: true })
    return true
  }
  const link = starts.linkDefinition(rest)
  if (link === null) return false
  const { links } = tree.root
  const label = normalLabel(link.label)
  if (!links.has(label) && links.size < MAX_DEFINITIONS) links.set(label, link.address)
  return true
}

/** Adds the line to the paragraph, table or footnote that is open, or begins a paragraph. */
export function addText(tree: BlockTree, { rest, depth, whole }: Place): void {
  const { leaf } = tree
  if (leaf?.kind === 'table' && whole) {
    tree.changes.push(leaf.rows, row(rest, leaf.align, tree.changes.onTrial))
  } else if (leaf?.kind !== 'paragraph' && leaf?.kind !== 'footnote') {
    tree.openLeaf(depth, paragraph(rest))
  } else if (leaf.text.length + rest.length > PIECE) {
    tree.openLeaf(tree.path.length, paragraph(rest, true))
  } else {
    tree.changes.set(leaf, 'text', `${leaf.text}\n${rest.trimStart()}`)
  }
}

function row(line: string, align: readonly Align[], open: boolean): Row {
  return { version: newVersion(), cells: starts.tableCells(line), align, open }
}
