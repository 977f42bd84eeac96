// The Markdown of an answer as HTML. A long text is rendered in blocks of bounded size.
import { preformatted } from './html-text.ts'

/** The time grows faster than the length for hostile texts. */
const MAX_BLOCK_CHARS = 6_000
const MAX_BRACKETS = 300
const MAX_ADDRESSES = 150
const GOOD_BLOCK_CHARS = 3_000
const LINES_PER_STEP = 500

/** Renders a block outside of the event loop (`render-block.ts`). */
export type RenderBlock = (block: string) => Promise<string>

/** Yields often enough to be interrupted between two pieces, some of which are empty. */
export async function* markdownHtml(text: string, render: RenderBlock): AsyncGenerator<string> {
  if (isCheap(text)) {
    yield await render(text)
    return
  }
  for (const block of blocksOf(text)) {
    if (block === '') yield ''
    else if (isCheap(block)) yield await render(block)
    // Shown as it was written.
    else yield* preformatted(block.trimEnd(), 'plain')
  }
}

function isCheap(block: string): boolean {
  if (block.length > MAX_BLOCK_CHARS) return false
  if ((block.match(/\[/g)?.length ?? 0) > MAX_BRACKETS) return false
  return (block.match(/:\/\//g)?.length ?? 0) <= MAX_ADDRESSES
}

const FENCE = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/
/** What may belong to the block above it. */
const CONTINUES = /^(?:\s|$|>|[-*+]\s|\d{1,9}[.)]\s)/

/** Cuts where a block has surely ended: outside of code, below a blank line. Yields '' while it looks. */
function* blocksOf(text: string): Generator<string> {
  let start = 0
  let fence: string | null = null
  let isBelowBlank = false
  let lines = 0
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline + 1
    const line = text.slice(at, Math.min(end, at + 200)).trimEnd()
    const isBoundary = fence === null && isBelowBlank && !CONTINUES.test(line)
    if (isBoundary && at - start >= GOOD_BLOCK_CHARS) {
      yield text.slice(start, at)
      start = at
    }
    const [, marks, info = ''] = FENCE.exec(line) ?? []
    if (fence === null) fence = marks ?? null
    else if (marks?.startsWith(fence) && info.trim() === '') fence = null
    isBelowBlank = line.trim() === ''
    at = end
    if ((lines += 1) % LINES_PER_STEP === 0) yield ''
  }
  if (start < text.length) yield text.slice(start)
}
