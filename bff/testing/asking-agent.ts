// For tests: an agent whose tools ask before they act, and what people see of that.
import { z } from 'zod'
import type { Run } from '#shared/api.ts'
import type { EventOf, RunEvent } from '#shared/run-event.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import type { Script, FakeUpstream } from '../../e2e/fake-upstream.ts'
import { askUser } from '../agents/ask-user.ts'
import type { AgentDefinition } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { agentWith } from './begin-run.ts'
import { type HeldTally, heldTally } from './budgets.ts'

export type Approval = Extract<EventOf<'waiting'>, { kind: 'approval' }>

/** `paid` gets the amounts that were really paid out. */
export function payingAgent(paid: number[]): AgentDefinition {
  const refund = defineTool({
    name: 'refund',
    description: 'Pays back.',
    parameters: z.object({ amount: z.number().positive() }),
    needsApproval: ({ amount }) => amount > 20 && `$${amount} is more than $20.`,
    pendingLabel: ({ amount }) => `Refund $${amount}`,
    label: ({ amount }) => `Refunded $${amount}`,
    execute: ({ amount }) => {
      paid.push(amount)
      return `Paid ${amount}.`
    },
  })
  const view = defineTool({
    name: 'view',
    description: 'Shows.',
    parameters: z.object({ at: z.string() }),
    isReadOnly: true,
    needsApproval: true,
    execute: ({ at }) => `Saw ${at}.`,
  })
  return agentWith([refund, view, askUser])
}

export const call = (name: string, args: object, id?: string): Answer => ({
  parts: [{ call: { name, arguments: args, ...(id && { id }) } }],
})
export const refunds = (...amounts: number[]): Answer => ({
  parts: amounts.map((amount, index) => ({
    call: { name: 'refund', arguments: { amount }, id: `call_${index}` },
  })),
})
export const END: Answer = { parts: [{ text: 'All done.' }] }

export async function startAsking(script: Script | FakeUpstream, options: object = {}) {
  const paid: number[] = []
  const agent = payingAgent(paid)
  const held = await heldTally(
    script,
    {},
    {
      findAgent: (name) => (name === 'assistant' ? agent : undefined),
      ...options,
    },
  )
  return { ...held, paid }
}

export async function waitings(
  tally: HeldTally,
  run: Run,
  count: number,
): Promise<EventOf<'waiting'>[]> {
  const found: EventOf<'waiting'>[] = []
  for await (const { event } of tally.follow(run.id)) {
    if (event.type === 'waiting') found.push(event)
    if (found.length === count) return found
  }
  throw new Error(`The run waited ${found.length} times.`)
}

export async function approvals(tally: HeldTally, run: Run, count = 1): Promise<Approval[]> {
  const found = await waitings(tally, run, count)
  return found.filter((event): event is Approval => event.kind === 'approval')
}

export const only = <Each>([first]: Each[]): Each => {
  if (first === undefined) throw new Error('There is none.')
  return first
}

export const results = (events: RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'tool_result' ? [[event.status, event.output] as const] : [],
  )
