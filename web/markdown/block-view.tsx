import { CodeView } from './code-view.tsx'
import type { Block, Heading, Item, List, Paragraph } from './blocks.ts'
import { tableCells } from './block-starts.ts'
import { grouped, type PartProps } from './grouped.tsx'
import { MathView } from './math-view.tsx'
import { PlainView } from './plain-view.tsx'
import { TableFrame, TableView } from './table-view.tsx'
import { Text } from './text-view.tsx'

export const Blocks = grouped(BlockView)
const Items = grouped(ItemView)

function BlockView({ part: block, version, tight }: PartProps<Block>) {
  switch (block.kind) {
    case 'paragraph':
      return <ParagraphView block={block} tight={tight} />
    case 'heading':
      return <HeadingView block={block} />
    case 'list':
      return <ListView block={block} />
    case 'quote':
      return (
        <blockquote>
          <Blocks parts={block.children} tight={false} />
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
        <p className="md-footnote">
          <sup>{block.label}</sup> <Text text={block.text} arriving={block.open} />
        </p>
      )
    case 'rule':
      return <hr />
    case 'plain':
      return <PlainView plain={block} version={version} />
  }
}

function ParagraphView({ block, tight }: { block: Paragraph; tight: boolean }) {
  const { text, open, continued } = block
  // A first line that begins with a bar is the header of a table whose rest is still to come.
  if (open && text.startsWith('|') && !text.includes('\n')) {
    return <TableFrame header={tableCells(text)} align={[]} arriving />
  }
  const content = <Text text={text} arriving={open} />
  if (tight && !continued) return content
  return <p className={continued ? 'md-continued' : undefined}>{content}</p>
}

function HeadingView({ block }: { block: Heading }) {
  const Tag = `h${block.level}` as const
  return (
    <Tag>
      <Text text={block.text} arriving={block.open} />
    </Tag>
  )
}

function ListView({ block }: { block: List }) {
  const items = <Items parts={block.children} tight={!block.loose} />
  return block.start === null ? (
    <ul>{items}</ul>
  ) : (
    <ol start={block.start === 1 ? undefined : block.start}>{items}</ol>
  )
}

function ItemView({ part: item, tight }: PartProps<Item>) {
  return (
    <li className={item.task === null ? undefined : 'md-task'}>
      {item.task !== null && (
        <input
          type="checkbox"
          checked={item.task}
          disabled
          aria-label={item.task ? 'Done' : 'To do'}
        />
      )}
      <Blocks parts={item.children} tight={tight} />
    </li>
  )
}
