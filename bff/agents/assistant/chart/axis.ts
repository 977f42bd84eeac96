// The scale of a chart: round numbers from below its values to above them.
export interface Axis {
  min: number
  max: number
  ticks: number[]
}

const MAX_STEPS = 5

/** Bars stand on zero, so that their lengths can be compared. */
export function axisFor(values: readonly number[], withZero: boolean): Axis {
  const all = withZero ? [...values, 0] : values
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const step = stepFor(low === high ? Math.abs(high) || 1 : high - low)
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil(high / step))
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return { min: first * step, max: last * step, ticks }
}

function stepFor(range: number): number {
  const rough = range / MAX_STEPS
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10
  return factor * power
}

const LONG = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })
const SHORT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4, notation: 'compact' })

/** In as much space as a chart has: "1,250", "1.25M". */
export function formatValue(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && size < 1e-4) return value.toExponential(2)
  if (size >= 1e15) return value.toExponential(2)
  return (size >= 100_000 ? SHORT : LONG).format(value)
}
