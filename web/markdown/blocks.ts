// What a document is made of. A node is written by the block parser while it is open and never
// again after that. `version` names its content: a view that saw a version need not look again.
import type { LinkTarget } from './links.ts'
import type { PlainText } from './plain-text.ts'

interface Node {
  version: number
}

/** Text that may still grow while `open`. */
interface TextNode extends Node {
  text: string
  open: boolean
}

/** Definitions at its beginning are part of its text while it is open. */
export interface Paragraph extends TextNode {
  kind: 'paragraph'
  lineCount: number
  /** The rest of a paragraph that was too long for one piece. */
  continued: boolean
}

export interface Heading extends TextNode {
  kind: 'heading'
  level: 1 | 2 | 3 | 4 | 5 | 6
}

/** Each line carries its own ending, so that joining them gives the source back. */
export interface Lines extends Node {
  lines: string[]
  open: boolean
}

export interface Code extends Lines {
  kind: 'code'
  /** The first word after the fence, or nothing. */
  language: string
  /** Null for an indented code block. */
  fence: { mark: string; length: number; indent: number } | null
}

export interface MathBlock extends Lines {
  kind: 'math'
  end: '$$' | '\\]'
  /** False when the block ended before its closing mark came. */
  closed: boolean
}

/** Text that is not formatted, because there is too much of it or because it is nested too deeply. */
export interface Plain extends Node {
  kind: 'plain'
  content: PlainText
  open: boolean
  reason: 'length' | 'depth'
}

export type Align = 'left' | 'center' | 'right' | null

export interface Table extends Node {
  kind: 'table'
  open: boolean
  align: Align[]
  header: string[]
  rows: Row[]
}

export interface Row extends Node {
  cells: string[]
  /** Of the table's columns: a row has as many. */
  align: readonly Align[]
  open: boolean
}

export interface Rule extends Node {
  kind: 'rule'
}

export interface Quote extends Node {
  kind: 'quote'
  children: Block[]
}

export interface List extends Node {
  kind: 'list'
  /** `-`, `+`, `*`, `.` or `)`: another mark begins another list. */
  mark: string
  /** Null for a list of bullets. */
  start: number | null
  /** A blank line stands between its items or inside one. */
  loose: boolean
  children: Item[]
}

export interface Item extends Node {
  kind: 'item'
  /** The column at which its content begins. */
  indent: number
  /** Whether the task is done; null when it is no task. */
  task: boolean | null
  children: Block[]
}

export interface Footnote extends Node {
  kind: 'footnote'
  label: string
  children: Block[]
}

export interface Root extends Node {
  kind: 'root'
  children: Block[]
  links: Map<string, LinkTarget>
  /** The labels of the footnotes. */
  notes: Set<string>
}

export type Leaf = Paragraph | Heading | Code | MathBlock | Plain | Table
export type Block = Leaf | Rule | Quote | List | Footnote
export type Container = Root | Quote | List | Item | Footnote
