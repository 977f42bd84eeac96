// `npm run dev`: Vite in front of the server, which restarts when its code changes.
import { ended, findNode, start } from './command.mjs'
import { installIfStale } from './install.mjs'

await installIfStale()
const node = findNode()
const children = [start(node, 'node', ['--watch', 'bff/server.ts']), start(node, 'vite', [])]
const stop = () => children.forEach((child) => child.kill('SIGTERM'))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
process.exitCode = await Promise.race(children.map(ended))
stop()
