// Components that take the whole text, told once per frame that it grew.
import { code } from '@streamdown/code'
import { type ReactNode, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import ReactMarkdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'
import { Streamdown } from 'streamdown'
import { Markdown } from '../../../web/markdown/markdown.tsx'
import type { Mount } from './candidate.ts'

/** What stands above the answer when it begins, drawn by the same component. */
const question = 'How is this done **well**? Compare:\n\n- with `a` loop\n- [without](https://example.org)\n'

type Show = (text: string, streaming: boolean) => ReactNode

interface Shown {
  text: string
  streaming: boolean
}

function component(show: Show): Mount {
  return (target) => {
    let text = ''
    let shown: Shown = { text, streaming: true }
    let notify = () => {}
    const subscribe = (listener: () => void) => {
      notify = listener
      return () => {}
    }
    const asked = show(question, false)
    const View = () => {
      const now = useSyncExternalStore(subscribe, () => shown)
      return (
        <>
          <div>{asked}</div>
          <div>{show(now.text, now.streaming)}</div>
        </>
      )
    }
    createRoot(target).render(<View />)
    const draw = (streaming: boolean) => {
      shown = { text, streaming }
      notify()
    }
    return {
      push: (delta) => {
        text += delta
      },
      draw: () => draw(true),
      end: () => draw(false),
    }
  }
}

export const tally = component((text, streaming) => <Markdown text={text} streaming={streaming} />)

export const streamdown = component((text, streaming) => (
  <Streamdown plugins={{ code }} isAnimating={streaming}>
    {text}
  </Streamdown>
))

export const reactMarkdown = component((text) => (
  <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeHighlight]}>
    {text}
  </ReactMarkdown>
))
