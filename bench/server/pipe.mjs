// The lower bound: a node:http proxy that forwards every byte.
import { Agent, createServer, request } from 'node:http'

const upstream = Number(process.env.UPSTREAM_PORT)
const agent = new Agent({ keepAlive: true })

const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming
  const options = { host: '127.0.0.1', port: upstream, method, path, headers, agent }
  const passed = request(options, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers)
    answer.pipe(outgoing)
  })
  passed.on('error', () => outgoing.destroy())
  outgoing.on('close', () => passed.destroy())
  incoming.pipe(passed)
})
server.listen(0, '127.0.0.1', () => console.log(`at http://127.0.0.1:${server.address().port}`))
