// Sends a request with any Host and headers, and only the headers that Node requires.
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

export interface RawAnswer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

interface RawRequest {
  method?: string
  headers?: Record<string, string>
  body?: string
}

export async function rawRequest(url: string, init: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port, pathname } = new URL(url)
  const path = url.slice(new URL(url).origin.length) || pathname
  const { method = 'GET', headers = {}, body } = init
  const sent = request({ hostname, port, path, method, headers })
  sent.end(body)
  const [response]: IncomingMessage[] = await once(sent, 'response')
  if (!response) throw new Error(`No answer from ${url}`)
  const text = await Array.fromAsync<string>(response.setEncoding('utf8'))
  return { status: response.statusCode ?? 0, headers: response.headers, body: text.join('') }
}
