// Code, tables, formulas of their own and plain text. Most texts have none of them, so what draws them
// loads with the first; until then their source stands in their place.
import { LazyModule } from '../ui/lazy-module.ts'
import type { Code, MathBlock, Plain, Table } from './blocks.ts'
import type { DocumentContext } from './document-context.ts'
import { MAX_FORMATTED_CHARS } from './source.ts'
import { h, type Host, type VNode } from './vdom.ts'

/** The header of a table whose rest has not arrived. */
export interface TableBeginning {
  kind: 'tableBeginning'
  header: string[]
}

export type RichBlock = Code | MathBlock | Plain | Table | TableBeginning

const MAX_SOURCE_LINES = 50

const views = new LazyModule(() => import('./block-views.ts'))

export async function loadBlockViews(): Promise<void> {
  await views.load()
}

/** Whether a text is drawn at once as it will stay. */
export function isDrawable(text: string): boolean {
  if (views.loaded() !== null) return true
  return text.length <= MAX_FORMATTED_CHARS && !/(?:^|\n)[ \t>]*(?:```|~~~|\||\$\$|\\\[)/.test(text)
}

interface LazyBlockProps {
  block: RichBlock
  context: DocumentContext
}

export class LazyBlock {
  readonly #host: Host
  #unsubscribe: (() => void) | null = null

  constructor(host: Host) {
    this.#host = host
  }

  render({ block, context }: LazyBlockProps): VNode {
    const loaded = views.loaded()
    if (loaded !== null) return loaded.drawRichBlock(block, context)
    return h('pre', { class: 'md-source' }, [sourceOf(block)])
  }

  drawn(): void {
    if (views.loaded() !== null || this.#unsubscribe !== null) return
    this.#unsubscribe = views.subscribe(() => {
      this.removed()
      this.#host.redraw()
    })
    // After a failed load its source stays readable, and the next block tries again.
    loadBlockViews().catch(() => {})
  }

  removed(): void {
    this.#unsubscribe?.()
  }
}

/** Its beginning: a long text would hold up the page. */
function sourceOf(block: RichBlock): string {
  switch (block.kind) {
    case 'plain':
      return block.content.linesOf(0).join('')
    case 'table':
      return [block.header, ...block.rows.slice(0, MAX_SOURCE_LINES).map(({ cells }) => cells)]
        .map((cells) => cells.join(' | '))
        .join('\n')
    case 'tableBeginning':
      return block.header.join(' | ')
    case 'code':
    case 'math':
      return block.lines.slice(0, MAX_SOURCE_LINES).join('')
  }
}
