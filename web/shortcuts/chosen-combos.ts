// The key combinations that the user has chosen, stored in this browser.
import { readStored, writeStored } from '../ui/stored.ts'
import { Store } from '../ui/store.ts'
import { type Action, ACTIONS } from './actions.ts'

const STORED = 'tally.shortcuts'

class ChosenCombos extends Store {
  #chosen = readChosen()

  /** The same object until something changes. */
  readonly all = () => this.#chosen

  /** Null: none. */
  comboOf({ id, keys }: Action): string | null {
    return this.#chosen[id] === undefined ? keys : this.#chosen[id]
  }

  actionOf(combo: string): Action | undefined {
    return ACTIONS.find((action) => this.comboOf(action) === combo)
  }

  choose({ id, keys }: Action, combo: string | null): void {
    const { [id]: _, ...others } = this.#chosen
    this.#save(combo === keys ? others : { ...others, [id]: combo })
  }

  resetAll(): void {
    this.#save({})
  }

  #save(chosen: Record<string, string | null>): void {
    this.#chosen = chosen
    writeStored(STORED, Object.keys(chosen).length === 0 ? null : JSON.stringify(chosen))
    this.notify()
  }
}

function readChosen(): Record<string, string | null> {
  try {
    const stored: unknown = JSON.parse(readStored(STORED) ?? '{}')
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
    return Object.fromEntries(
      entries.filter(([, combo]) => combo === null || typeof combo === 'string'),
    )
  } catch {
    return {}
  }
}

export const chosenCombos = new ChosenCombos()
