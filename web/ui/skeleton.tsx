/** A quiet placeholder of about the size of what is being waited for. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <span aria-hidden className={`block animate-pulse rounded-md bg-line/60 ${className}`} />
}
