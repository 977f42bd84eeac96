// For tests: a process whose answers take a few milliseconds each, until it is killed. The argument is the
// data folder. It prints its port.
import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpServer } from '../serve/http-server.ts'
import { createLog } from '../log/log.ts'
import { assemble } from './assemble.ts'

const { app } = await assemble(
  process.argv[2] ?? '',
  async (run) => {
    await run.emit({ type: 'token', at: new Date().toISOString(), delta: 'Answer' })
    await sleep(5)
    return { status: 'completed' }
  },
  {},
)
const server = createHttpServer(app, createLog({ write: () => {} }))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
