// What a person tells the running agent.
export interface Steer {
  id: string
  text: string
}

export interface Steers {
  /** What was said since the last request. It is told, or becomes a message when the run ends. */
  next: () => Promise<Steer[]>
  /** Resolves when the event and the item are stored. */
  tell: (steer: Steer) => Promise<void>
}
