import { type ComponentType, lazy, startTransition, Suspense, useEffect, useState } from 'react'
import { Boundary } from './boundary.tsx'
import { Button } from './button.tsx'

interface LazyPartOptions<Props> {
  /** Stands in its place until it is loaded. */
  fallback?: ComponentType<Props>
  /** Stands in its place if it cannot be loaded; without it the boundary above shows that. */
  failed?: ComponentType<Props>
}

/**
 * A component in a file of its own, loaded when it is first drawn, or earlier by `preload`. Once it
 * is loaded it draws at once; if that has failed, the next one to be drawn tries again.
 */
export function lazyPart<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  { fallback: Fallback = Nothing, failed: Failed }: LazyPartOptions<Props> = {},
) {
  let loaded: ComponentType<Props> | null = null

  async function preload(): Promise<{ default: ComponentType<Props> }> {
    loaded ??= (await load())[name]
    return { default: loaded }
  }
  function LazyPart(props: Props) {
    const [Part, setPart] = useState(() => loaded ?? Fallback)
    // After the first paint, and as a transition: React shows what replaces a fallback of Suspense
    // after 300 ms at the earliest.
    useEffect(() => {
      if (Part === Fallback) startTransition(() => setPart(() => loaded ?? lazy(preload)))
    }, [Part])
    const part = (
      <Suspense fallback={<Fallback {...props} />}>
        <Part {...props} />
      </Suspense>
    )
    if (Failed === undefined) return part
    return <Boundary fallback={<Failed {...props} />}>{part}</Boundary>
  }
  return Object.assign(LazyPart, { preload, isLoaded: () => loaded !== null })
}

export function Nothing() {
  return null
}

export function NotLoaded() {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3 text-sm">
      <p>This could not be loaded.</p>
      <Button onClick={() => location.reload()}>Reload</Button>
    </div>
  )
}
