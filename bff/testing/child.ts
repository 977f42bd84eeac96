// For tests: a process that serves endless runs until it is killed. The argument is the data folder. It
// prints its port.
import { createHttpServer } from '../serve/http-server.ts'
import { createLog } from '../log/log.ts'
import { assemble } from './assemble.ts'

const { app } = await assemble(
  process.argv[2] ?? '',
  async (run) => {
    for (let n = 0; !run.signal.aborted; n += 1) {
      await run.emit({ type: 'token', at: new Date().toISOString(), delta: `${n} ` })
      const tool = { callId: 'call-1', name: 'clock', agent: run.agent }
      const at = new Date().toISOString()
      if (n === 3) await run.emit({ type: 'tool_call', phase: 'running', at, ...tool })
    }
    return { status: 'stopped' }
  },
  {},
)
const server = createHttpServer(app, createLog({ write: () => {} }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
