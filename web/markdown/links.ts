// Addresses that a document may lead to, and the definitions it gives them.

/** Label, made comparable, to address. */
export type Links = Map<string, string>

const allowed = new Set(['http:', 'https:', 'mailto:'])

/** The address in its normal form, or null when it is not one a reader may be sent to. */
export function safeAddress(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && allowed.has(url.protocol) ? url : null
}

/** Whom the address belongs to, as a reader would name it. */
export function hostOf(url: URL): string {
  return url.protocol === 'mailto:' ? url.pathname : url.host
}

export function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase()
}
