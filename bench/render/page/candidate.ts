/** Something that shows a growing text. `push` takes what is new, `draw` brings it to the page. */
export interface Candidate {
  push(delta: string): void
  draw(): void
  end(): void
}

export type Mount = (target: HTMLElement) => Candidate
