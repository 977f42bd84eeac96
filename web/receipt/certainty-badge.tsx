import type { ReactNode } from 'react'
import type { Amount } from '#shared/money.ts'

/** In words how well an amount is known, and in colour whether it can be relied on. */
export function CertaintyBadge({ of, children }: { of: Amount; children: ReactNode }) {
  const firm = of.certainty === 'reported' || of.certainty === 'computed'
  const isSure = of.demo === true || (firm && !of.unpricedCalls)
  const variant = isSure ? 'bg-accent-soft text-accent' : 'bg-warn-soft text-warn'
  return (
    <span className={`inline-block rounded-md px-2 py-0.5 text-xs font-medium ${variant}`}>
      {children}
    </span>
  )
}
