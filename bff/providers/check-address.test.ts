import { expect, test } from 'vitest'
import { checkAddress } from './check-address.ts'

test.each([
  'https://api.openai.com/v1',
  'http://127.0.0.1:11434/v1',
  'http://[::1]:8000/v1',
  'http://10.0.0.5:8000/v1',
  'http://gpu-box:8000/v1',
  'https://x.openai.azure.com/openai?api-version=2026-10-01',
])('%s can be a provider', (address) => {
  expect(checkAddress(address).href).toContain(address)
})

test.each([
  ['localhost:11434', /must begin with http:\/\/ or https:\/\//],
  ['gpu-box/v1', /must begin with http:\/\/ or https:\/\//],
  ['file:///etc/passwd', /must be an address like/],
  ['https://ann:pass@example.com/v1', /user or a password/],
  ['https://example.com/v1?key=abc', /after the \?/],
  ['https://example.com/v1#top', /#/],
  ['http://169.254.169.254/latest', /no provider can be/],
  ['http://0xA9FEA9FE/', /no provider can be/],
  ['http://[::ffff:169.254.169.254]/', /no provider can be/],
  ['http://[::169.254.169.254]/', /no provider can be/],
  ['http://[64:ff9b::169.254.169.254]/', /no provider can be/],
  ['http://[fd00:ec2::254]/', /no provider can be/],
  ['http://[::]:8000/v1', /no provider can be/],
  ['http://[fe80::1]/v1', /no provider can be/],
  ['http://0.0.0.0:8000/v1', /no provider can be/],
])('%s cannot', (address, words) => {
  expect(() => checkAddress(address)).toThrow(words)
})
