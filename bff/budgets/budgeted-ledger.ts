// Wraps the ledger with the budget guard: a request is opened only if admitted, and its reservation
// is released in the step that stores its row.
import type { BudgetShortage } from '#shared/budgets.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { CallLedger } from '../upstream/types.ts'
import type { BudgetGuard } from './budget-guard.ts'
import type { OnHeld } from './budget-wait-notice.ts'

/** Resolves with true if the request should be tried again. May wait for the user. */
type OnShort = (shortage: BudgetShortage, stop: AbortSignal) => Promise<boolean>

/** Called if a request does not fit, or must wait. */
export interface OnNoHeadroom {
  onShort: OnShort
  onHeld: OnHeld
}

export function budgetedLedger(
  ledger: Omit<Required<CallLedger>, 'admit'>,
  budgetGuard: BudgetGuard,
  { onShort, onHeld }: OnNoHeadroom,
): Required<CallLedger> {
  return {
    admit: async (call, need, target, stop) => {
      for (;;) {
        const decision = await budgetGuard.admit(call, need, target, stop, onHeld)
        if (decision.kind === 'admitted')
          return { admitted: true, outputLimit: decision.outputLimit }
        const again = decision.kind === 'short' && (await onShort(decision.shortage, stop))
        if (!again) return { admitted: false, outputLimit: null }
      }
    },
    open: async (call, target) => {
      try {
        await ledger.open(call, target)
      } catch (error) {
        budgetGuard.release(call.id, null)
        throw error
      }
    },
    // Releases only when the row is stored, because until then the money is spent but not counted. A
    // stream that is read on stays reserved.
    close: async (call, facts, target) => {
      const row = await ledger.close(call, facts, target)
      if (facts.readsOn === true) budgetGuard.countOn(call.id)
      else budgetGuard.release(call.id, row)
      return row
    },
    amend: async (call, facts, target) => {
      let row: ModelCall | null = null
      try {
        row = await ledger.amend(call, facts, target)
        return row
      } finally {
        // The row exists even if amending it failed.
        budgetGuard.release(call.id, row)
      }
    },
  }
}

/** For requests that no one waits for, such as a title: they are skipped if they do not fit. */
export const notMade: OnNoHeadroom = { onShort: () => Promise.resolve(false), onHeld: () => {} }
