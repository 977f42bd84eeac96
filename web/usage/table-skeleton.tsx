import { Skeleton } from '../ui/skeleton.tsx'

export function TableSkeleton() {
  return (
    <div className="space-y-4 rounded-xl border border-line bg-surface p-4">
      <Skeleton className="h-4 w-24" />
      {['first', 'second', 'third'].map((row) => (
        <div key={row} className="flex justify-between">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 w-1/4" />
        </div>
      ))}
    </div>
  )
}
