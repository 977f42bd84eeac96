// Draws Markdown once, apart from the page, so that words of what a reader sees can be marked in it.
import { loadExtras, needsExtras } from '../markdown/lazy-extras.ts'
import { MarkdownDocument } from '../markdown/markdown-document.ts'
import type { TextPiece } from './word-difference.ts'

/** A longer text is drawn only near the view, so its words cannot all be marked. */
const MAX_RENDERED_CHARS = 60_000

export interface RenderedMarkdown {
  box: HTMLElement
  /** What a reader sees, with a line for each paragraph, item, cell or line of code. */
  text: string
  nodes: PlacedNode[]
}

interface PlacedNode {
  /** A text, or a formula, which is marked as a whole. */
  node: Text | HTMLElement
  /** Where its text begins in `text`. */
  start: number
  length: number
}

/** Returns null if the text is too long to be drawn whole, or what draws it cannot be loaded. */
export async function renderMarkdown(text: string): Promise<RenderedMarkdown | null> {
  if (text.length > MAX_RENDERED_CHARS) return null
  try {
    if (needsExtras(text)) await loadExtras()
  } catch {
    return null
  }
  const drawn = document.createElement('div')
  drawn.className = 'markdown'
  const markdown = new MarkdownDocument(drawn)
  markdown.draw(text, false)
  while (!markdown.isWhole) await new Promise((resolve) => setTimeout(resolve))
  const box = drawn.cloneNode(true)
  markdown.remove()
  if (!(box instanceof HTMLElement) || box.querySelector('.md-space') !== null) return null
  for (const button of box.querySelectorAll('button')) button.remove()
  // Two versions stand beside each other.
  for (const named of box.querySelectorAll('[id]')) named.removeAttribute('id')
  return { box, ...readText(box) }
}

const FORMULA = 'span.md-formula'
const BLOCKS = 'p, li, h1, h2, h3, h4, h5, h6, td, th, pre, figcaption, blockquote, div'

function readText(box: HTMLElement): Pick<RenderedMarkdown, 'text' | 'nodes'> {
  const nodes: PlacedNode[] = []
  let text = ''
  let block: Element | null = null
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_ALL, (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT
    const isFormula = node instanceof Element && node.matches(FORMULA)
    return isFormula ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP
  })
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!(node instanceof Text || node instanceof HTMLElement) || parent?.closest(FORMULA)) continue
    const now = parent?.closest(BLOCKS) ?? null
    if (now !== block && text !== '') text += '\n'
    block = now
    const own = node.textContent
    nodes.push({ node, start: text.length, length: own.length })
    text += own
  }
  return { text, nodes }
}

/** Marks the pieces of `text` that differ, then sets the formulas. */
export async function markPieces(
  { box, nodes }: RenderedMarkdown,
  pieces: TextPiece[],
  mark: () => HTMLElement,
): Promise<void> {
  const ranges = differentRanges(pieces)
  let next = 0
  for (const { node, start, length } of nodes) {
    const end = start + length
    // Both are in the order of the text.
    while ((ranges[next]?.[1] ?? Infinity) <= start) next += 1
    const inside: Range[] = []
    for (let at = next; (ranges[at]?.[0] ?? Infinity) < end; at += 1) {
      const [from, to] = ranges[at] ?? [0, 0]
      inside.push([Math.max(0, from - start), Math.min(length, to - start)])
    }
    if (node instanceof Text) markText(node, inside, mark)
    else if (inside.length > 0) wrap(node, mark())
  }
  const formulas = [...box.querySelectorAll<HTMLElement>(FORMULA)]
  if (formulas.length === 0) return
  const { typeset } = await import('../markdown/typeset.ts')
  for (const formula of formulas) {
    try {
      typeset(formula.textContent, formula.classList.contains('md-display'), formula)
    } catch {
      // What is no formula stays as it was written.
    }
  }
}

type Range = [from: number, to: number]

function differentRanges(pieces: TextPiece[]): Range[] {
  let at = 0
  return pieces.flatMap(({ text, isDifferent }): Range[] => {
    const from = at
    at += text.length
    return isDifferent ? [[from, at]] : []
  })
}

/** From the last to the first, so that the places of the others stay. */
function markText(node: Text, ranges: Range[], mark: () => HTMLElement): void {
  for (const [from, to] of ranges.toReversed()) {
    // Spaces alone are no words.
    if (node.data.slice(from, to).trim() === '') continue
    node.splitText(to)
    wrap(node.splitText(from), mark())
  }
}

function wrap(node: ChildNode, marked: HTMLElement): void {
  node.replaceWith(marked)
  marked.append(node)
}
