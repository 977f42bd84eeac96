import type { StoredRunEvent } from '../../../shared/run-event.ts'

/** Something that shows a run. `push` receives new events, `draw` updates the page. */
export interface Candidate {
  push(stored: StoredRunEvent): void
  draw(): void
  /** Whether the bench must keep the thread scrolled to its end. */
  pins: boolean
}

export type Mount = (target: HTMLElement, above: string[]) => Candidate

export function deltaOf({ event }: StoredRunEvent): string {
  return event.type === 'token' ? event.delta : ''
}
