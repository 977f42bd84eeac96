export function Spinner({ label }: { label?: string }) {
  return (
    <span role={label === undefined ? undefined : 'status'} className="inline-flex shrink-0">
      <span
        aria-hidden
        className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent opacity-70"
      />
      {label !== undefined && <span className="sr-only">{label}</span>}
    </span>
  )
}
