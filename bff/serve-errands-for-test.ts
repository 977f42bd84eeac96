// The process that browser tests start when they need a tool that takes as long as they want it to.
import { z } from 'zod'
import { defineTool } from './agent/define-tool.ts'
import { AGENTS } from './agent/registry.ts'
import { loadConfig } from './config.ts'
import { createLog } from './log.ts'
import { onSignal } from './shutdown.ts'
import { startTally } from './start-tally.ts'

const errand = defineTool({
  name: 'errand',
  description: 'Asks at an address and waits for the answer.',
  parameters: z.object({ address: z.string() }),
  execute: async ({ address }, { signal }) => (await fetch(address, { signal })).text(),
})

const messenger = {
  name: 'messenger',
  description: 'Runs errands.',
  prompt: 'Run the errands.',
  tools: [errand],
  handoffs: [],
}

const agents = [...AGENTS, messenger]
const config = loadConfig(process.cwd(), process.env)
const log = createLog()
const tally = await startTally(config, '0.0.0', log, agents)
onSignal(tally.stop, (error) => log.fault(error, 'shutdown'))
