import type { Formula as FormulaNode } from '#shared/find-formula.ts'
import { component, h, type Host, list, type VNode } from './vdom.ts'

/** A longer text is no handwritten formula. */
const MAX_FORMULA_CHARS = 4_000

type FormulaProps = Omit<FormulaNode, 'kind'>

/** A formula, set as soon as its end has come and the typesetter is here; its source until then. */
export function drawFormula({ tex, display, closed }: FormulaProps): VNode {
  // Another formula is another component: what the typesetter made of the first one is gone with it.
  return list([component(Formula, { tex, display, closed })], [tex])
}

class Formula {
  readonly #host: Host
  #props: FormulaProps | null = null
  #state: 'source' | 'setting' | 'failed' | 'removed' = 'source'

  constructor(host: Host) {
    this.#host = host
  }

  render(props: FormulaProps): VNode {
    const { tex, display, closed } = props
    this.#props = props
    const className = display ? 'md-formula md-display' : 'md-formula'
    const sets = closed && this.#state !== 'failed' && tex.length <= MAX_FORMULA_CHARS
    // Its text never changes, so what the typesetter puts there is left alone.
    return h(sets ? 'span' : 'code', { class: className }, [tex])
  }

  drawn(): void {
    const element = this.#host.firstNode()
    if (this.#props === null || this.#state !== 'source') return
    if (!(element instanceof HTMLSpanElement)) return
    this.#state = 'setting'
    void this.#set(this.#props, element)
  }

  async #set({ tex, display }: FormulaProps, element: HTMLElement): Promise<void> {
    try {
      const { typeset } = await import('./typeset.ts')
      if (this.#state === 'setting') typeset(tex, display, element)
    } catch {
      if (this.#state !== 'setting') return
      this.#state = 'failed'
      this.#host.redraw()
    }
  }

  removed(): void {
    this.#state = 'removed'
  }
}
