// Remembers the result for each key. Keys are untrusted input, so a full cache is cleared.
const MAX_ENTRIES = 5000

export function memoize<Found>(find: (key: string) => Found): (key: string) => Found {
  const known = new Map<string, { found: Found }>()
  return (key) => {
    const entry = known.get(key) ?? { found: find(key) }
    if (known.size >= MAX_ENTRIES) known.clear()
    known.set(key, entry)
    return entry.found
  }
}
