// The ledger behind the budget guard: a request is opened only when it was admitted, and what was held back
// for it is free again in the step that books it.
import type { BudgetShortage } from '#shared/budgets.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { CallLedger } from '../upstream/types.ts'
import type { BudgetGuard } from './budget-guard.ts'
import type { OnHeld } from './budget-wait-notice.ts'

/** Whether to look again: something has been allowed. May take as long as a person takes. */
type OnShort = (shortage: BudgetShortage, stop: AbortSignal) => Promise<boolean>

/** What happens when a request does not fit, or not yet. */
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
    // Waits until the row is stored: until then it was spent and stays held back. So does what is
    // still being counted.
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
        // It has a row already, also where that is not amended.
        budgetGuard.release(call.id, row)
      }
    },
  }
}

/** For what nobody waits for, like a title: what does not fit is not made. */
export const notMade: OnNoHeadroom = { onShort: () => Promise.resolve(false), onHeld: () => {} }
