// From which amount on the list of conversations always shows it; a smaller one shows on hover and focus.
import { Store, useStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'

const KEY = 'tally.amount-threshold'
const DEFAULT_NANO_USD = 1_000_000_000

class AmountThreshold extends Store {
  #nanoUsd = Number(readStored(KEY) ?? DEFAULT_NANO_USD)

  readonly get = () => this.#nanoUsd

  set(nanoUsd: number): void {
    this.#nanoUsd = nanoUsd
    writeStored(KEY, String(nanoUsd))
    this.notify()
  }
}

export const amountThreshold = new AmountThreshold()

export function useAmountThreshold(): number {
  return useStore(amountThreshold, amountThreshold.get)
}
