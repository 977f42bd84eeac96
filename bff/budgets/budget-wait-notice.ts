// Reports what a request waits for, after a moment, and again when it changes.
import type { BudgetHeld } from '#shared/budgets.ts'

/** Shorter waits are not reported. */
const SHORT_WAIT_MS = 1_000

export type OnHeld = (held: BudgetHeld) => void

export function budgetWaitNotice(onHeld: OnHeld) {
  let newest: BudgetHeld | null = null
  let told: string | null = null
  const tell = () => {
    if (newest === null || told === matterOf(newest)) return
    told = matterOf(newest)
    onHeld(newest)
  }
  let timer: NodeJS.Timeout | undefined
  return {
    see(held: BudgetHeld): void {
      newest = held
      timer ??= setTimeout(tell, SHORT_WAIT_MS)
      if (told !== null) tell()
    },
    over(): void {
      clearTimeout(timer)
    },
  }
}

function matterOf({ scope, heldFor }: BudgetHeld): string {
  return JSON.stringify([scope, heldFor])
}
