import { copyText } from '../ui/copy-text.ts'
import { h, type Host, list, type VNode } from './vdom.ts'
import { t } from '#shared/translate.ts'

interface CopyButtonProps {
  label: string
  /** Asked for when it is copied. */
  text: () => string
}

export class CopyButton {
  readonly #host: Host
  #outcome: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host) {
    this.#host = host
  }

  render({ label, text }: CopyButtonProps): VNode {
    const copy = () => void copyText(text()).then((copied) => this.#tell(copied))
    return list([
      this.#outcome === null ? null : h('output', null, [this.#outcome]),
      h('button', { type: 'button', 'aria-label': label, onclick: copy }, [t`Copy`]),
    ])
  }

  removed(): void {
    clearTimeout(this.#timer)
  }

  #tell(copied: boolean): void {
    this.#show(copied ? t`Copied` : t`Not copied`)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#show(null), 2_000)
  }

  #show(outcome: string | null): void {
    this.#outcome = outcome
    this.#host.redraw()
  }
}
