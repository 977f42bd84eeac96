import { useEffect, useRef, useState } from 'react'
import type { Formula as FormulaNode } from './inline.ts'

/** Longer than this is no formula a person wrote. */
const MAX_FORMULA_CHARS = 4_000

type FormulaProps = Omit<FormulaNode, 'kind'>

/** A formula, set as soon as its end has come and the typesetter is here; its source until then. */
export function Formula({ tex, display, closed }: FormulaProps) {
  const [failed, setFailed] = useState(false)
  const target = useRef<HTMLSpanElement>(null)
  const sets = closed && !failed && tex.length <= MAX_FORMULA_CHARS
  useEffect(() => {
    const element = target.current
    if (!sets || element === null) return
    let current = true
    import('./typeset.ts')
      .then(({ typeset }) => current && typeset(tex, display, element))
      .catch(() => current && setFailed(true))
    return () => {
      current = false
    }
  }, [tex, display, sets])
  const className = display ? 'md-formula md-display' : 'md-formula'
  // Its text never changes, so React leaves what the typesetter puts there alone.
  if (sets)
    return (
      <span key={tex} ref={target} className={className}>
        {tex}
      </span>
    )
  return <code className={className}>{tex}</code>
}
