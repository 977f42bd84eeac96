/** Classes of the link in a table row. */
export const ROW_LINK =
  'block truncate underline decoration-line-strong decoration-1 underline-offset-4 hover:decoration-ink aria-[current=true]:font-medium aria-[current=true]:decoration-ink pointer-coarse:py-2'
