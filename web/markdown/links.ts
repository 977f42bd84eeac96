// Addresses that a document may lead to, and the definitions it gives them.

export interface LinkTarget {
  address: string
  title: string | null
}

/** By label, made comparable. */
export type Links = ReadonlyMap<string, LinkTarget>

/** The definitions that the references in a document can use. */
export interface Definitions {
  links: Links
  /** The labels of its notes; null while more of them may come. */
  notes: ReadonlySet<string> | null
}

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

/** Letters that differ only in case are the same, also where one stands for two (ẞ and SS). */
export function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase()
}
