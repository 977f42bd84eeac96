// The typesetter, loaded with its style and fonts when the first formula comes.
import 'katex/dist/katex.min.css'
import { render } from 'katex'

export function typeset(tex: string, display: boolean, target: HTMLElement): void {
  render(tex, target, {
    displayMode: display,
    throwOnError: true,
    strict: 'ignore',
    trust: false,
    maxExpand: 200,
    maxSize: 20,
  })
}
