export const HEAD =
  'border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal *:whitespace-nowrap'
export const CELL = 'border-b border-line tabular-nums last:border-0 *:px-4 *:py-2 *:text-right'
