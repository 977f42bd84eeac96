import type { MathBlock } from './blocks.ts'
import { drawFormula } from './formula.ts'
import { scrollBox } from './scroll-box.ts'
import { h, type VNode } from './vdom.ts'
import { t } from '#shared/translate.ts'

export function drawMath({ lines, closed }: MathBlock): VNode {
  const tex = lines.join('').trim()
  if (tex === '') return null
  return h('div', { class: 'md-math', dir: 'ltr', ...scrollBox(t`Formula`) }, [
    drawFormula({ tex, display: true, closed }),
  ])
}
