import { type ComponentProps, useEffect, useLayoutEffect, useRef } from 'react'

interface UntilFoundProps extends ComponentProps<'div'> {
  shown: boolean
  /** The browser's search found a text in it, and is about to show it. */
  onFound: () => void
}

/** A box that can be closed without hiding its text from the browser's search. */
export function UntilFound({ shown, onFound, ...rest }: UntilFoundProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    // React only knows `hidden` as true or false.
    if (shown) box.current?.removeAttribute('hidden')
    else box.current?.setAttribute('hidden', 'until-found')
  }, [shown])
  useEffect(() => {
    const element = box.current
    element?.addEventListener('beforematch', onFound)
    return () => element?.removeEventListener('beforematch', onFound)
  }, [onFound])
  return <div ref={box} {...rest} />
}
