// The request gate: which requests are taken at all. It sees the request as it came in, before any
// router or library has an opinion, so that streams and files pass through it like everything else.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { MAX_FILE_BYTES } from '#shared/files.ts'
import { Problem } from './problem.ts'
import { t } from '#shared/translate.ts'

export const MAX_BODY_BYTES = 1024 * 1024

interface Upload {
  maxBytes: number
  tooLarge: () => Problem
}

/** The routes that take a raw body of any type. They limit the time without progress themselves. */
const UPLOADS: Record<string, Upload> = {
  '/api/files': { maxBytes: MAX_FILE_BYTES, tooLarge: fileTooLarge },
  // Only the disk limits an import.
  '/api/imports': { maxBytes: Number.MAX_SAFE_INTEGER, tooLarge },
}

export function uploadOf({ method, url = '' }: IncomingMessage): Upload | null {
  const path = url.split('?', 1)[0] ?? ''
  return method === 'POST' && Object.hasOwn(UPLOADS, path) ? (UPLOADS[path] ?? null) : null
}

const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost']
const DEFAULT_PORT = 80

/**
 * Throws the Problem that the request meets; returns when it may go on. `publicUrl` is the address
 * under which a tunnel or a proxy serves Tally, where there is one.
 */
export function checkRequest(request: IncomingMessage, publicUrl: URL | null = null): void {
  const host = checkHost(request, publicUrl)
  const isApi = checkPath(request.url ?? '')
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (isApi) checkReader(request)
  } else {
    checkOrigin(request, host, publicUrl)
    checkContentType(request)
    checkLength(request)
  }
}

/** A name that resolves to this machine but is not ours is another site's (DNS rebinding). */
function checkHost(request: IncomingMessage, publicUrl: URL | null): string {
  const { host = '' } = request.headers
  const { localAddress = '', localPort = 0 } = request.socket
  const names = [...LOOPBACK_NAMES, localAddress]
  const ours = names.flatMap((name) =>
    localPort === DEFAULT_PORT ? [name, `${name}:${localPort}`] : [`${name}:${localPort}`],
  )
  const isOurs = ours.includes(host.toLowerCase()) || isHostOf(publicUrl, host)
  if (countHeader(request, 'host') !== 1 || !isOurs) {
    throw new Problem(
      'misdirected_host',
      t`Open Tally at the address that it printed. Behind a tunnel or a proxy, set TALLY_PUBLIC_URL to the address that the browser shows.`,
    )
  }
  return host
}

/** Browsers leave out the standard port of a scheme; some tunnels write it. */
function isHostOf(url: URL | null, host: string): boolean {
  return (
    url !== null && URL.parse(`${url.protocol}//${host}`)?.host === url.host && isPlainHost(host)
  )
}

function isPlainHost(host: string): boolean {
  return /^[\w.:[\]-]+$/.test(host)
}

/** `/%61pi/` is `/api/` to a router: what needs no escape is written without one. */
const NEEDLESS_ESCAPE = /%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/i

/** Refuses every way to write a path that a router and a file system might read differently. */
function checkPath(target: string): boolean {
  const path = target.split('?', 1)[0] ?? ''
  const isPlain = path.startsWith('/') && !/\/\/|\\|%2f|%5c|%00/i.test(path)
  if (!isPlain || NEEDLESS_ESCAPE.test(path) || path.split('/').some(isDotSegment)) {
    throw new Problem('bad_request', t`The address is not written plainly.`)
  }
  return path.startsWith('/api/')
}

function isDotSegment(segment: string): boolean {
  return segment === '.' || segment === '..'
}

/** The API is read by our own page, by a user who opens an address, or outside a browser. */
function checkReader(request: IncomingMessage): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') refuseOrigin()
}

function checkOrigin(request: IncomingMessage, host: string, publicUrl: URL | null): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (origin === undefined) {
    if (looksLikeBrowser(request)) refuseOrigin()
  } else if (!isOurOrigin(origin, host, publicUrl) || (site ?? 'same-origin') !== 'same-origin') {
    refuseOrigin()
  }
}

/** A proxy may pass on its own Host and the browser's Origin, so either of our addresses will do. */
function isOurOrigin(origin: string, host: string, publicUrl: URL | null): boolean {
  return (
    origin === publicUrl?.origin ||
    (!isHostOf(publicUrl, host) && origin === `http://${host.toLowerCase()}`)
  )
}

/**
 * Browsers send Origin with every change, and Sec-Fetch-Site beside the other Sec-Fetch headers.
 * `Sec-Fetch-Mode: cors` on its own is the fetch of Node, which has no site it could come from.
 */
function looksLikeBrowser({ headers }: IncomingMessage): boolean {
  return Object.entries(headers).some(
    ([name, value]) =>
      name === 'cookie' ||
      (name.startsWith('sec-fetch-') && !(name === 'sec-fetch-mode' && value === 'cors')),
  )
}

function refuseOrigin(): never {
  throw new Problem('forbidden_origin', t`Use the page of Tally itself, or a program.`)
}

function checkContentType(request: IncomingMessage): void {
  const { headers } = request
  if (uploadOf(request) !== null) return
  if (!hasBody(headers) && headers['content-type'] === undefined) return
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new Problem('unsupported_media_type', t`Set the header Content-Type: application/json.`)
  }
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0
}

/** Refused here, a body is left unread, which Node knows how to deal with. */
function checkLength(request: IncomingMessage): void {
  const limit = uploadOf(request) ?? { maxBytes: MAX_BODY_BYTES, tooLarge }
  if (Number(request.headers['content-length'] ?? 0) > limit.maxBytes) throw limit.tooLarge()
}

const MAX_FILE_MB = MAX_FILE_BYTES / 1024 / 1024

export function fileTooLarge(): Problem {
  return new Problem('body_too_large', t`A file may have ${MAX_FILE_MB} MB.`)
}

export function tooLarge(): Problem {
  return new Problem('body_too_large', t`A request may hold 1 MB.`)
}

function countHeader({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length
}
