// Compares the page benches: interleaved rounds, medians, minus the cost of receiving.
import { measureIn } from './browser.mjs'

export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)

/** Runs the candidates in turn, so that other load affects all of them. */
export async function interleave(names, run) {
  const rounds = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) rounds[name].push(await run(name))
  }
  return rounds
}

/** Returns the median work of each in milliseconds, minus that of `null`, which only receives. */
export function netOf(rounds) {
  const base = median(rounds.null.map(({ ms }) => ms))
  const nets = Object.entries(rounds).map(([name, runs]) => {
    return [name, median(runs.map(({ ms }) => ms)) - base]
  })
  return Object.fromEntries(nets)
}

export function mounted({ browser, address }, name, cpu, act) {
  const before = (page) => page.evaluate((mounts) => window.bench.mount(mounts), name)
  return measureIn(browser, address, { cpu, before, act })
}

export function atMost(id, what, ratio, most) {
  return { id, what, ratio, target: `<= ${most}`, holds: ratio <= most }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
