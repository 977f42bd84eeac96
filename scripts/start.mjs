// `npm start`: installs and builds what is stale, then runs the server until a signal ends it.
import { buildIfStale } from './build.mjs'
import { ended, findNode, passSignals, serverArgs, start } from './command.mjs'
import { installIfStale } from './install.mjs'

await installIfStale()
const node = findNode()
await buildIfStale(node)
const server = start(node, 'node', serverArgs)
passSignals(server)
process.exitCode = await ended(server)
