import { language } from '#shared/translate.ts'

const UNITS = ['kB', 'MB', 'GB', 'TB']

/** Formats a size with two significant digits below ten: `4.1 MB`, `12 MB`, `0.5 kB`. */
export function formatBytes(bytes: number): string {
  let size = bytes === 0 ? 0 : Math.max(0.1, bytes / 1000)
  let unit = 0
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  const digits = { maximumFractionDigits: size < 10 ? 1 : 0, useGrouping: false }
  return `${size.toLocaleString(language(), digits)} ${UNITS[unit]}`
}
