// How long one call takes: the median and the 99th of a hundred, in milliseconds.
export async function timed(times, work) {
  const took = []
  for (let n = 0; n < times; n += 1) {
    const start = performance.now()
    const given = await work(n)
    took.push(typeof given === 'number' ? given : performance.now() - start)
  }
  return spread(took)
}

export function spread(took) {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)]
  return { median: at(0.5), p99: at(0.99) }
}
