import { createElement, Fragment, type ReactNode } from 'react'

/** A sentence with elements in it: rich`Press ${<kbd>Enter</kbd>} to send.` The build translates it. */
export function rich(english: TemplateStringsArray, ...values: ReactNode[]): ReactNode {
  return createElement(
    Fragment,
    null,
    ...english.flatMap((text, index) => (index === 0 ? [text] : [values[index - 1], text])),
  )
}
