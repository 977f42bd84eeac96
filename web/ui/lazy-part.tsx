import { type ComponentType, lazy, startTransition, Suspense, useEffect, useState } from 'react'
import { Boundary } from './boundary.tsx'
import { Button } from './button.tsx'
import { t } from '#shared/translate.ts'

interface LazyPartOptions<Props> {
  /** Shown until the part is loaded. */
  fallback?: ComponentType<Props>
  /** Shown if the part cannot be loaded; by default the nearest boundary handles that. */
  failed?: ComponentType<Props>
  /** Its classes are in the styles of the first page (scripts/first-page.ts). */
  onFirstPage?: boolean
}

/**
 * Splits off a component, which loads when it is first rendered, or earlier by `preload`. Once loaded
 * it renders synchronously. A failed load is retried by the next render. Its styles load beside it.
 */
export function lazyPart<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  { fallback: Fallback = Nothing, failed: Failed, onFirstPage }: LazyPartOptions<Props> = {},
) {
  let loaded: ComponentType<Props> | null = null

  async function preload(): Promise<{ default: ComponentType<Props> }> {
    if (loaded === null) {
      const [module] = await Promise.all([load(), onFirstPage || loadAllClasses()])
      loaded = module[name]
    }
    return { default: loaded }
  }
  function LazyPart(props: Props) {
    const [Part, setPart] = useState(() => loaded ?? Fallback)
    // Loads after the first paint and in a transition, because React shows content that replaces a
    // Suspense fallback after 300 ms at the earliest.
    useEffect(() => {
      if (Part !== Fallback) return
      const show = () => startTransition(() => setPart(() => loaded ?? lazy(preload)))
      if (loaded !== null) return show()
      // React may run effects before the paint, and what is read comes first.
      const timer = setTimeout(show)
      return () => clearTimeout(timer)
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

/** Loads the styles of everything that the first page does without. */
export const loadAllClasses = () => import('../all-classes.css')

export function Nothing() {
  return null
}

export function NotLoaded() {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3 text-sm">
      <p>{t`This could not be loaded.`}</p>
      <Button onClick={() => location.reload()}>{t`Reload`}</Button>
    </div>
  )
}
