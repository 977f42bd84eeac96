import type { Amount } from '#shared/money.ts'
import { amountInWords } from '../ui/amount.tsx'

export function CertaintyBadge({ of }: { of: Amount }) {
  const firm = of.certainty === 'reported' || of.certainty === 'computed'
  const look = firm ? 'bg-accent-soft text-accent' : 'bg-warn-soft text-warn'
  return (
    <span className={`inline-block rounded-md px-2 py-0.5 text-xs font-medium ${look}`}>
      {amountInWords(of)}
    </span>
  )
}
