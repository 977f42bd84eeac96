import { useEffect } from 'react'

/** Puts a number in front of the title of the tab, whatever the page sets it to. */
export function useTitleMark(count: number): void {
  useEffect(() => {
    if (count === 0) return
    const mark = `(${count}) `
    let marked = ''
    const apply = () => {
      if (document.title === marked) return
      marked = mark + document.title
      document.title = marked
    }
    apply()
    const observer = new MutationObserver(apply)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      observer.disconnect()
      if (document.title === marked) document.title = marked.slice(mark.length)
    }
  }, [count])
}
