// Scales estimated parts so that they add up to a known total.

/** Returns integers in proportion to `parts` whose sum is `whole`. */
export function shares(parts: number[], whole: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0)
  if (sum === 0) return parts.map(() => 0)
  const exact = parts.map((part) => (part * whole) / sum)
  const floors = exact.map(Math.floor)
  let missing = whole - floors.reduce((total, floor) => total + floor, 0)
  // Adds the missing units to the largest fractions.
  const byFraction = exact
    .map((value, index) => ({ index, fraction: value - Math.floor(value) }))
    .toSorted((a, b) => b.fraction - a.fraction)
  for (const { index } of byFraction) {
    if (missing <= 0) break
    floors[index] = (floors[index] ?? 0) + 1
    missing -= 1
  }
  return floors
}
