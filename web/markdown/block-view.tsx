// One block as elements. What has no state of its own is a function and no component: a long
// answer has thousands of them.
import type { ReactNode } from 'react'
import { tableCells } from './block-starts.ts'
import type { Block, Heading, Item, List, Paragraph } from './blocks.ts'
import { CodeView } from './code-view.tsx'
import { directionOf } from './direction.ts'
import { drawText } from './draw-text.tsx'
import { grouped, type PartProps } from './grouped.tsx'
import { withoutDefinitions } from './link-definitions.ts'
import { MathView } from './math-view.tsx'
import { PlainView } from './plain-view.tsx'
import { ListSection, Section } from './sections.tsx'
import { drawTable, TableView } from './table-view.tsx'

export const Blocks = grouped(BlockView, {
  size: 16,
  Group: Section,
  lengthOf,
  heightOf: (block) => heightOf(block) + 14,
  // The space under these is shared with what comes next.
  keepsNext: ({ kind }) => kind === 'heading' || kind === 'rule',
})
// Longer lists are drawn as several, each of which goes on counting.
const Items = grouped(ItemView, {
  size: 50,
  Group: ListSection,
  lengthOf: ({ children: [first] }) => (first === undefined ? 0 : lengthOf(first)),
  heightOf: ({ children: [first] }) => (first === undefined ? 26 : heightOf(first)) + 5,
})

function BlockView({ part: block, version, tight }: PartProps<Block>): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return drawParagraph(block, tight)
    case 'heading':
      return drawHeading(block)
    case 'list':
      return drawList(block)
    case 'quote':
      return (
        <blockquote dir={directionOf(block.children)}>
          <Blocks parts={block.children} tight={false} whole={null} />
        </blockquote>
      )
    case 'code':
      return <CodeView code={block} version={version} />
    case 'table':
      return <TableView table={block} />
    case 'math':
      return <MathView math={block} />
    case 'footnote':
      return (
        <div className="md-footnote">
          <sup>{block.label}</sup> <Blocks parts={block.children} tight={false} whole={null} />
        </div>
      )
    case 'rule':
      return <hr />
    case 'plain':
      return <PlainView plain={block} version={version} />
  }
}

/** Without the space around it. */
function heightOf(block: Block): number {
  if (block.kind === 'list') return 31 * block.children.length
  if (block.kind !== 'paragraph') return 60
  return 26.4 * Math.max(block.lineCount, Math.ceil(block.text.length / 80))
}

function lengthOf(block: Block): number {
  return block.kind === 'paragraph' || block.kind === 'heading' ? block.text.length : 0
}

function drawParagraph(paragraph: Paragraph, tight: boolean): ReactNode {
  const { open, continued } = paragraph
  const text = open && !continued ? withoutDefinitions(paragraph.text) : paragraph.text
  if (text === '') return null
  // A first line that begins with a bar is the header of a table whose rest is still to come.
  if (open && text.startsWith('|') && !text.includes('\n')) {
    return drawTable({ header: tableCells(text), align: [], arriving: true })
  }
  const content = drawText(text, open)
  if (tight && !continued) return content
  return <p className={continued ? 'md-continued' : undefined}>{content}</p>
}

function drawHeading({ level, text, open }: Heading): ReactNode {
  const Tag = `h${level}` as const
  return <Tag>{drawText(text, open)}</Tag>
}

function drawList(list: List): ReactNode {
  return <Items parts={list.children} tight={!list.loose} whole={list} />
}

function ItemView({ part: { task, children }, tight }: PartProps<Item>): ReactNode {
  return (
    <li className={task === null ? undefined : 'md-task'}>
      {task !== null && (
        <input type="checkbox" checked={task} disabled aria-label={task ? 'Done' : 'To do'} />
      )}
      <Blocks parts={children} tight={tight} whole={null} />
    </li>
  )
}
