import { type ComponentType, useEffect, useState } from 'react'
import { Button } from './button.tsx'

/** A file of one component; a second one would be taken for the same. */
type Module<Name extends string, Props> = Record<Name, ComponentType<Props>>

interface MeanwhileOptions<Props> {
  /** Stands in its place until it is here. */
  meanwhile?: ComponentType<Props>
  /** Stands in its place when it could not be loaded; without it the boundary above shows that. */
  failed?: ComponentType<Props>
}

/**
 * A component that is loaded by itself: when it is first drawn, or before that by `prepare`. Once
 * it is here it draws at once.
 */
export function later<Name extends string, Props extends object>(
  load: () => Promise<Module<Name, Props>>,
  name: Name,
  { meanwhile: Meanwhile = Nothing, failed }: MeanwhileOptions<Props> = {},
) {
  let here: ComponentType<Props> | null = null
  let loading: Promise<Module<Name, Props>> | null = null

  async function prepare(): Promise<ComponentType<Props>> {
    loading ??= load()
    try {
      here = (await loading)[name]
      return here
    } catch (error) {
      // The next who needs it tries again.
      loading = null
      throw error
    }
  }
  function Later(props: Props) {
    const [Part, setPart] = useState(() => here ?? Meanwhile)
    useEffect(() => {
      if (Part !== Meanwhile) return
      prepare().then(
        (part) => setPart(() => part),
        (error: unknown) =>
          setPart(() => {
            if (failed === undefined) throw error
            return failed
          }),
      )
    }, [Part])
    return <Part {...props} />
  }
  return Object.assign(Later, { prepare, isHere: () => here !== null })
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
