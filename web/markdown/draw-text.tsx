import { type ReactNode, use } from 'react'
import { LinksContext, NO_LINKS, NotesContext } from './document-context.ts'
import { Formula } from './formula.tsx'
import { ImageView } from './image-view.tsx'
import { type Inline, textOf } from './inline.ts'
import { parseInline } from './inline-parser.ts'
import { LinkView } from './link-view.tsx'

/** Deeper than this, marks only repeat themselves. */
const MAX_DEPTH = 40

interface TextProps {
  text: string
  /** More of it may come. */
  arriving: boolean
}

export function drawText(text: string, arriving: boolean): ReactNode {
  // Only brackets can refer to a definition elsewhere in the document.
  if (text.includes('[')) return <LinkedText text={text} arriving={arriving} />
  return drawAll(parseInline(text, arriving, { links: NO_LINKS, notes: null }), 0, false)
}

function LinkedText({ text, arriving }: TextProps): ReactNode {
  const links = use(LinksContext)
  // What has no notes in it need not be drawn anew when they are known.
  const notes = text.includes('[^') ? use(NotesContext) : null
  return drawAll(parseInline(text, arriving, { links, notes }), 0, false)
}

function drawAll(nodes: readonly Inline[], depth: number, inLink: boolean): ReactNode {
  const [only] = nodes
  if (nodes.length === 1 && typeof only === 'string') return only
  if (depth > MAX_DEPTH) return textOf(nodes)
  return nodes.map((node, index) =>
    typeof node === 'string' ? node : draw(node, index, depth + 1, inLink),
  )
}

function draw(
  node: Exclude<Inline, string>,
  key: number,
  depth: number,
  inLink: boolean,
): ReactNode {
  switch (node.kind) {
    case 'strong':
      return <strong key={key}>{drawAll(node.children, depth, inLink)}</strong>
    case 'em':
      return <em key={key}>{drawAll(node.children, depth, inLink)}</em>
    case 'del':
      return <del key={key}>{drawAll(node.children, depth, inLink)}</del>
    case 'code':
      return <code key={key}>{node.text}</code>
    case 'break':
      return <br key={key} />
    case 'note':
      return <sup key={key}>{node.label}</sup>
    case 'formula':
      return <Formula key={key} {...node} />
    case 'image':
      return inLink ? node.alt : <ImageView key={key} {...node} />
    case 'link':
      return (
        <LinkView key={key} address={node.address} title={node.title} text={textOf(node.children)}>
          {drawAll(node.children, depth, true)}
        </LinkView>
      )
  }
}
