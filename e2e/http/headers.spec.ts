import { expect, test } from '../fixtures.ts'

const CSP = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob:",
  'font-src': "'self'",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'frame-src': "'none'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'app',
}

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(self), geolocation=(), usb=(), serial=(), payment=()',
  'x-dns-prefetch-control': 'off',
}

test('every kind of response has all security headers', async ({ api, tally }) => {
  const run = await api.say('Hello')
  await api.ended(run)
  const page = await api.request('/')
  const html = await page.text()
  const asset = /(?:src|href)="(\/assets\/[^"]+)"/.exec(html)?.[1]
  if (!asset) throw new Error(`The page names no asset: ${html}`)

  const responses = {
    page: await api.request('/'),
    'page of a conversation': await api.request(`/c/${run.conversationId}`),
    asset: await api.request(asset),
    'missing asset': await api.request('/assets/nothing.js'),
    api: await api.request('/api/conversations'),
    'missing route': await api.request('/api/nothing'),
    'refused body': await api.post('/api/conversations', { title: 7 }),
    'refused origin': await api.post('/api/conversations', {}, { origin: 'https://evil.example' }),
    stream: await api.request(`/api/runs/${run.id}/events`),
    'empty stream': await api.request(`/api/runs/${run.id}/events?after=${run.lastSeq + 1000}`),
    csv: await api.request('/api/usage/export.csv'),
    openapi: await api.request('/api/openapi.json'),
  }

  for (const [name, { headers }] of Object.entries(responses)) {
    expect(parsePolicy(headers.get('content-security-policy')), name).toEqual(CSP)
    for (const [header, value] of Object.entries(EVERYWHERE)) {
      expect(headers.get(header), `${name}: ${header}`).toBe(value)
    }
    expect(headers.get('access-control-allow-origin'), name).toBeNull()
    expect(headers.get('x-powered-by'), name).toBeNull()
    expect(headers.get('strict-transport-security'), name).toBeNull()
  }
  expect(tally.isRunning).toBe(true)
})

test('assets may be cached forever, pages and the API never', async ({ api }) => {
  const page = await api.request('/')
  const asset = /(?:src|href)="(\/assets\/[^"]+)"/.exec(await page.text())?.[1] ?? ''

  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const kept = await api.request(asset)
  expect(kept.headers.get('cache-control')).toMatch(/immutable/)
  for (const path of ['/api/conversations', '/api/health', '/api/nothing']) {
    const response = await api.request(path)
    expect(response.headers.get('cache-control'), path).toBe('no-store')
  }
})

test('a stream is never compressed, cached or buffered', async ({ api }) => {
  const run = await api.say('Hello')
  const { headers } = await api.request(`/api/runs/${run.id}/events`, {
    headers: { 'accept-encoding': 'gzip, br' },
  })

  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-cache, no-transform')
  expect(headers.get('x-accel-buffering')).toBe('no')
  expect(headers.get('content-encoding')).toBeNull()
})

function parsePolicy(policy: string | null): Record<string, string> {
  const directives = (policy ?? '').split(';').map((directive) => directive.trim())
  return Object.fromEntries(
    directives.filter(Boolean).map((directive) => {
      const [name = '', ...values] = directive.split(/\s+/)
      return [name, values.join(' ')]
    }),
  )
}
