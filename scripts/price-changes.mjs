// Compares two versions of the price data, model by model, by the rates in force at one moment.

/** Returns the rates as text by name. A tier includes its start. */
export function ratesAt(prices, now) {
  const entry = Array.isArray(prices) ? prices.findLast((one) => isInForce(one, now)) : { prices }
  const rates = Object.entries(entry?.prices ?? {}).filter(([, price]) => price !== undefined)
  return Object.fromEntries(rates.map(([name, price]) => [name, format(price)]))
}

function isInForce({ constraint }, now) {
  return constraint?.start_date === undefined
    ? constraint === undefined
    : new Date(constraint.start_date) <= now
}

function format(price) {
  if (typeof price === 'number') return String(price)
  const tiers = price.tiers.map(({ start, price: rate }) => `${rate} above ${start}`)
  return [price.base, ...tiers].join(', ')
}

/** Returns one line for every model that is new, removed or priced differently. */
export function priceChanges(provider, before, after, now) {
  const old = new Map(before.map((model) => [model.id, ratesAt(model.prices, now)]))
  const young = new Map(after.map((model) => [model.id, ratesAt(model.prices, now)]))
  const ids = [...new Set([...old.keys(), ...young.keys()])].toSorted((a, b) => a.localeCompare(b))
  return ids.flatMap((id) => {
    const words = change(old.get(id), young.get(id))
    return words === null ? [] : [`${provider}/${id}: ${words}`]
  })
}

function change(before, after) {
  if (before === undefined) return `new (${list(after)})`
  if (after === undefined) return 'gone'
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => before[name] !== after[name])
  if (changed.length === 0) return null
  return changed
    .map((name) => `${name} ${before[name] ?? 'none'} → ${after[name] ?? 'none'}`)
    .join('; ')
}

const list = (rates) =>
  Object.entries(rates)
    .map(([name, rate]) => `${name} ${rate}`)
    .join('; ') || 'no price'
