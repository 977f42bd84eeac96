// Adds the text of a line inside its container: as a new leaf, or to the open one.
import * as starts from './block-starts.ts'
import { type BlockTree, newVersion } from './block-tree.ts'
import type { Paragraph } from './blocks.ts'
import { type Rest, spaced } from './containers.ts'
import { loadedExtras } from './lazy-extras.ts'
import { PIECE, PIECE_LINES } from './pieces.ts'

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
  const line = spaced(start.rest)
  return (
    (start.whole && underlined(tree, line)) ||
    openSingle(tree, start.depth, line) ||
    loadedExtras()?.openExtra(tree, start, line) === true
  )
}

/** A paragraph turns out to be a heading. */
function underlined(tree: BlockTree, line: string): boolean {
  const { leaf } = tree
  const level = starts.underline(line)
  if (leaf?.kind !== 'paragraph' || level === null) return false
  tree.replaceLeaf({ kind: 'heading', version: newVersion(), level, text: leaf.text, open: false })
  tree.closeTo(tree.path.length)
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

/** Adds the line to the paragraph or table that is open, or begins a paragraph. */
export function addText(tree: BlockTree, { rest: { text }, depth, whole }: LineStart): void {
  const { leaf } = tree
  if (leaf?.kind === 'table' && whole) loadedExtras()?.addRow(tree, leaf, text)
  else if (leaf?.kind !== 'paragraph') {
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
