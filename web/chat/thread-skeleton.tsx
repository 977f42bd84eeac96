import { Skeleton } from '../ui/skeleton.tsx'

/** Comes in late and softly: most conversations are here before it would be seen. */
export function ThreadSkeleton() {
  return (
    <output className="mx-auto block w-full max-w-3xl flex-1 space-y-8 px-4 py-8 opacity-100 transition-opacity delay-200 duration-300 sm:px-6 starting:opacity-0">
      <span className="sr-only">Loading the conversation</span>
      <Skeleton className="ml-auto h-12 w-1/2 rounded-2xl" />
      <div className="space-y-3">
        <Skeleton className="h-4 w-11/12" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    </output>
  )
}
