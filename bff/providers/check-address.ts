// Validates the base URL of a provider that the user enters. It is stored and shown in plain text, so it
// must not contain a secret. It must not point to metadata addresses of the local network.
import { BlockList, isIP } from 'node:net'
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'
import { type AddressError, OPENAI_URL, parseAddress } from '../config/provider-address.ts'

const NO_SERVER = new BlockList()
NO_SERVER.addSubnet('0.0.0.0', 8)
NO_SERVER.addSubnet('169.254.0.0', 16)
NO_SERVER.addSubnet('224.0.0.0', 3)
NO_SERVER.addAddress('::', 'ipv6')
// IPv4 addresses written as IPv6 ones, directly or for NAT64.
NO_SERVER.addRange('::2', '::ffff:ffff', 'ipv6')
NO_SERVER.addSubnet('64:ff9b::', 96, 'ipv6')
// The metadata address of a large cloud, outside of fe80.
NO_SERVER.addAddress('fd00:ec2::254', 'ipv6')
NO_SERVER.addSubnet('fe80::', 10, 'ipv6')
NO_SERVER.addSubnet('ff00::', 8, 'ipv6')

export function checkAddress(text: string): URL {
  const { url, wrong } = parseAddress(text)
  if (url === null) refuse(WRONG[wrong]())
  if (url.username !== '' || url.password !== '') {
    refuse(t`The base URL holds a user or a password: leave them out, and set the key instead.`)
  }
  if ([...url.searchParams.keys()].some((name) => !/version/i.test(name))) {
    refuse(
      t`The base URL holds more after the ? than a version: leave it out, and set the key instead.`,
    )
  }
  if (url.hash !== '') refuse(t`The base URL ends in a #…: leave it out.`)
  if (isNoServer(url.hostname))
    refuse(t`The base URL names an address at which no provider can be.`)
  return url
}

function isNoServer(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  return family !== 0 && NO_SERVER.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

const WRONG: Record<AddressError, () => string> = {
  not_an_address: () =>
    t`The base URL must be an address like ${OPENAI_URL} or ${'http://127.0.0.1:11434/v1'}.`,
  without_scheme: () => t`The base URL must begin with http:// or https://.`,
  unescaped: () => t`The base URL has a % in its user or password: write it as %25.`,
}

function refuse(sentence: string): never {
  throw new Problem('bad_request', sentence)
}
