// For tests: a process that serves an agent whose tool asks, until it is killed. The arguments are the
// data folder, the address of the provider and how long the tool takes. It prints its port.
import { runAgent } from '../runtime/run-agent.ts'
import { createHttpServer } from '../serve/http-server.ts'
import { createLog } from '../log/log.ts'
import { realParts } from './agent-parts.ts'
import { assemble } from './assemble.ts'
import { payoutAgent } from './payout-agent.ts'

const [, , folder = '', baseUrl = '', lastsMs = '0'] = process.argv
const findAgent = () => payoutAgent(folder, Number(lastsMs))
const { app } = await assemble(folder, (run) => runAgent(run, { ...realParts, findAgent }), {
  findAgent,
  target: {
    provider: 'fake',
    kind: 'configured',
    api: 'chat_completions',
    baseUrl,
    apiKey: null,
    headers: {},
    maxRetries: 0,
    model: 'gpt-4.1-mini',
  },
})
const server = createHttpServer(app, createLog({ write: () => {} }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
