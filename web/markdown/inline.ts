// What the text of a paragraph, heading or cell is made of.
import type { Formula } from '#shared/find-formula.ts'

export interface Span {
  kind: 'strong' | 'em' | 'del'
  children: Inline[]
}

export interface Link {
  kind: 'link'
  /** Null while it is still arriving. */
  address: string | null
  title: string | null
  children: Inline[]
}

export interface Image {
  kind: 'image'
  /** Null while it is still arriving. */
  address: string | null
  title: string | null
  alt: string
}

export interface Note {
  kind: 'note'
  label: string
}

export type Inline =
  | string
  | Span
  | Link
  | Image
  | Formula
  | { kind: 'code'; text: string }
  | Note
  | { kind: 'break' }

export function textOf(nodes: readonly Inline[]): string {
  return nodes.map(textOfNode).join('')
}

function textOfNode(node: Inline): string {
  if (typeof node === 'string') return node
  switch (node.kind) {
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
      return textOf(node.children)
    case 'image':
      return node.alt
    case 'formula':
      return node.tex
    case 'code':
      return node.text
    case 'note':
      return node.label
    case 'break':
      return '\n'
  }
}
