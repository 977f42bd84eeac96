// What a person tells the running agent. It is a user message behind what the run had produced when it
// was said, and stands there in every later request of the run, whichever agent makes it.
import type { AgentInputItem } from '@openai/agents'
import type { Steers } from '../upstream/steers.ts'
import type { AgentDefinition } from './define-agent.ts'

interface Placed {
  /** How many items of the run are in front of it. */
  after: number
  item: AgentInputItem
}

export class Steering {
  readonly #steers: Steers | undefined
  readonly #check: (agent: AgentDefinition, text: string) => Promise<void>
  readonly #placed: Placed[] = []

  /** `check` throws if a guardrail blocks the text: it is not told. */
  constructor(
    steers: Steers | undefined,
    check: (agent: AgentDefinition, text: string) => Promise<void>,
  ) {
    this.#steers = steers
    this.#check = check
  }

  /** Returns what a request of this agent has in the place of what the run has produced. */
  of(agent: AgentDefinition): (own: AgentInputItem[]) => Promise<AgentInputItem[]> {
    return async (own) => {
      for (const steer of (await this.#steers?.next()) ?? []) {
        await this.#check(agent, steer.text)
        await this.#steers?.tell(steer)
        const item = { type: 'message', role: 'user', content: steer.text } as const
        this.#placed.push({ after: own.length, item })
      }
      return this.#placed.length === 0 ? own : this.#withSteers(own)
    }
  }

  #withSteers(own: AgentInputItem[]): AgentInputItem[] {
    const parts: AgentInputItem[] = []
    let from = 0
    for (const { after, item } of this.#placed) {
      parts.push(...own.slice(from, after), item)
      from = after
    }
    return [...parts, ...own.slice(from)]
  }
}
