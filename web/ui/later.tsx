import { type ComponentType, useEffect, useState } from 'react'

/**
 * A component that is loaded by itself: when it is first drawn, or before that by `prepare`. Once
 * it is here it draws at once; until then `Meanwhile` stands in its place.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props> = Nothing,
) {
  let here: ComponentType<Props> | null = null
  let loading: Promise<ComponentType<Props>> | null = null

  async function prepare(): Promise<ComponentType<Props>> {
    loading ??= load()
    try {
      here = await loading
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
          // Thrown while drawing, it comes to the boundary of this part of the page.
          setPart(() => {
            throw error
          }),
      )
    }, [Part])
    return <Part {...props} />
  }
  return Object.assign(Later, { prepare, isHere: () => here !== null })
}

function Nothing() {
  return null
}
