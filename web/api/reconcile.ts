// Reconciling: rows of a bill, or an admin key, in; the ledger next to them out.
import { paths } from '#shared/paths.ts'
import { type Reconcile, type ReconcileOpenAi, Reconciliation } from '#shared/reconcile.ts'
import { request } from './request.ts'

export function reconcileRows(body: Reconcile): Promise<Reconciliation> {
  return request(paths.reconcile, Reconciliation, { method: 'POST', body })
}

export function reconcileOpenAi(body: ReconcileOpenAi): Promise<Reconciliation> {
  return request(paths.reconcileOpenAi, Reconciliation, { method: 'POST', body })
}
