import type { Code } from './blocks.ts'
import { CopyButton } from './copy-button.ts'
import { whenIdle } from './idle.ts'
import { CodeLines } from './line-groups.ts'
import { awaitHighlight, loadedHighlight } from './loaded-highlight.ts'
import { scrollBox } from './scroll-box.ts'
import { component, h, type Host, type VNode } from './vdom.ts'
import { type Highlighted, highlightWhole } from './whole-highlight.ts'
import { t } from '#shared/translate.ts'

export class CodeView {
  readonly #host: Host
  #code: Code | null = null
  /** A block that grows is coloured line by line, one that was here before all at once when idle. */
  #grew = false
  #highlighted: Highlighted | null = null
  #stopLoading: (() => void) | null = null
  #stopHighlighting: (() => void) | null = null

  constructor(host: Host) {
    this.#host = host
  }

  render(code: Code): VNode {
    if (code !== this.#code) this.#begin(code)
    const { language } = code
    const lines = shownLines(code)
    const name = language === '' ? t`Code` : t`Code: ${language}`
    const copied = () => lines.join('').replace(/\n$/, '')
    const highlight = language === '' ? null : loadedHighlight()
    const shown = {
      lines,
      language,
      highlight: this.#grew ? highlight : null,
      highlighted: this.#highlighted,
    }
    return h('figure', { class: 'md-code', dir: 'ltr' }, [
      h('figcaption', null, [
        h('span', { class: 'md-language' }, [language]),
        component(CopyButton, { label: t`Copy code`, text: copied }),
      ]),
      h('pre', scrollBox(name), [h('code', null, [component(CodeLines, shown)])]),
    ])
  }

  drawn(): void {
    const { language = '', open = true } = this.#code ?? {}
    if (language === '') return
    if (loadedHighlight() === null) this.#stopLoading ??= awaitHighlight(this.#host.redraw)
    else if (!open) this.#stopHighlighting ??= whenIdle(() => this.#highlightWhole())
  }

  removed(): void {
    this.#stopLoading?.()
    this.#stopHighlighting?.()
  }

  #begin(code: Code): void {
    this.removed()
    this.#stopHighlighting = null
    this.#code = code
    this.#grew = code.open
    this.#highlighted = null
  }

  #highlightWhole(): void {
    const highlight = loadedHighlight()
    if (this.#code === null || highlight === null) return
    this.#highlighted = highlightWhole(this.#code, highlight, this.#grew)
    this.#host.redraw()
  }
}

/** Blank lines behind indented code are no part of it. */
function shownLines({ lines, fence }: Code): readonly string[] {
  if (fence !== null) return lines
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1)
}
