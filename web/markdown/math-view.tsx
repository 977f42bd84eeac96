import type { MathBlock } from './blocks.ts'
import { Formula } from './formula.tsx'
import { scrollBox } from './scroll-box.ts'

export function MathView({ math }: { math: MathBlock }) {
  const tex = math.lines.join('').trim()
  if (tex === '') return null
  return (
    <div className="md-math" dir="ltr" {...scrollBox('Formula')}>
      <Formula tex={tex} display closed={math.closed} />
    </div>
  )
}
