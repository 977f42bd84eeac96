// `npm start`: installs and builds what is stale, then runs the server until a signal ends it.
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { ended, findNode, passSignals, root, serverArgs, start } from './command.mjs'
import { installIfStale } from './install.mjs'

await installIfStale()
const node = findNode()
await buildIfStale(node)
// Node caches compiled code here, which halves the time of the next start.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled') }
const server = start(node, 'node', serverArgs, { env })
passSignals(server)
process.exitCode = await ended(server)
