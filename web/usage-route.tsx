// Connects the usage page with receipts.
import type { ReactNode } from 'react'
import { DialogNotLoaded } from './ui/dialog-not-loaded.tsx'
import { lazyPart, NotLoaded } from './ui/lazy-part.tsx'
import { UsagePage } from './usage/usage-page.tsx'

const CallReceipt = lazyPart(() => import('./receipt/call-receipt.tsx'), 'CallReceipt', {
  failed: DialogNotLoaded,
})
const ReconcilePage = lazyPart(
  () => import('./usage/reconcile/reconcile-page.tsx'),
  'ReconcilePage',
  {
    failed: NotLoaded,
  },
)

interface UsageRouteProps {
  isReconcile: boolean
  leading: ReactNode
}

export function UsageRoute({ isReconcile, leading }: UsageRouteProps) {
  if (isReconcile) return <ReconcilePage leading={leading} />
  return <UsagePage leading={leading} Receipt={CallReceipt} />
}
