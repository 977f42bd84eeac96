// Opens the port, or says in one sentence why it cannot.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { SettingRefused } from '../config/setting-refused.ts'

const CAUSES: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_host, port) => `Port ${port} is in use: stop the other program, or set PORT.`,
  EACCES: (_host, port) => `Port ${port} may not be opened by this user: set PORT to 1024 or more.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}: set HOST.`,
}

/** Returns the address to open in a browser. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const cause = CAUSES[code]
    throw cause === undefined ? error : new SettingRefused(cause(host, port))
  }
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
}
