import type { StoredRunEvent } from '../../../shared/run-event.ts'

/** Something that shows a run. `push` takes what is new, `draw` brings it to the page. */
export interface Candidate {
  push(stored: StoredRunEvent): void
  draw(): void
  /** Whether the thread is to be kept at its end from outside. */
  pins: boolean
}

export type Mount = (target: HTMLElement, above: string[]) => Candidate

export function deltaOf({ event }: StoredRunEvent): string {
  return event.type === 'token' ? event.delta : ''
}
