// For tests: an agent whose tool asks, and writes each of its executions into a file, so that they can be
// counted over several processes.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type AgentDefinition, defineAgent } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'

/** `lastsMs`: how long an execution takes after its line is written. */
export function payoutAgent(folder: string, lastsMs: number): AgentDefinition {
  const payOut = defineTool({
    name: 'pay_out',
    description: 'Pays out.',
    parameters: z.object({ amount: z.number() }),
    maxConcurrent: 1,
    needsApproval: true,
    execute: async ({ amount }) => {
      appendFileSync(fileIn(folder), `${amount}\n`)
      await new Promise((resolve) => setTimeout(resolve, lastsMs))
      return `Paid ${amount}.`
    },
  })
  return defineAgent({
    name: 'assistant',
    description: 'Pays out.',
    instructions: 'Pay out.',
    tools: [payOut],
  })
}

/** The amounts in the order of their executions. */
export function paidOut(folder: string): number[] {
  if (!existsSync(fileIn(folder))) return []
  return readFileSync(fileIn(folder), 'utf8').split('\n').slice(0, -1).map(Number)
}

function fileIn(folder: string): string {
  return join(folder, 'paid-out.txt')
}
