import type { ReactNode } from 'react'
import type { Amount } from '#shared/money.ts'

/** Shows how certain an amount is, green if it can be relied on. */
export function CertaintyBadge({ of, children }: { of: Amount; children: ReactNode }) {
  const firm = of.certainty === 'reported' || of.certainty === 'computed'
  const isSure = of.demo === true || (firm && !of.unpricedCalls)
  const color = isSure ? 'bg-accent-soft text-accent' : 'bg-warn-soft text-warn'
  return (
    <span className={`inline-block rounded-md px-2 py-0.5 text-xs font-medium ${color}`}>
      {children}
    </span>
  )
}
