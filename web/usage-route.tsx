// The pages of usage, and the receipt that they open.
import type { ReactNode } from 'react'
import { DialogNotLoaded } from './ui/dialog-not-loaded.tsx'
import { later, NotLoaded } from './ui/later.tsx'
import { UsagePage } from './usage/usage-page.tsx'

const CallReceipt = later(() => import('./receipt/call-receipt.tsx'), 'CallReceipt', {
  failed: DialogNotLoaded,
})
const ReconcilePage = later(() => import('./usage/reconcile/reconcile-page.tsx'), 'ReconcilePage', {
  failed: NotLoaded,
})

interface UsageRouteProps {
  isReconcile: boolean
  leading: ReactNode
}

export function UsageRoute({ isReconcile, leading }: UsageRouteProps) {
  if (isReconcile) return <ReconcilePage leading={leading} />
  return <UsagePage leading={leading} Receipt={CallReceipt} />
}
