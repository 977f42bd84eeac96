// Components that take the whole text and update once per frame: ours and other libraries'.
import { code } from '@streamdown/code'
import { type ReactNode, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import ReactMarkdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import remarkGfm from 'remark-gfm'
import { Streamdown } from 'streamdown'
import { Markdown } from '../../../web/markdown/markdown.tsx'
import { deltaOf, type Mount } from './candidate.ts'
import { QUESTION } from './messages.ts'

function component(show: (text: string, streaming: boolean) => ReactNode): Mount {
  return (target) => {
    let text = ''
    let shown = text
    let notify = () => {}
    const subscribe = (listener: () => void) => {
      notify = listener
      return () => {}
    }
    const question = show(QUESTION, false)
    const Answer = () =>
      show(
        useSyncExternalStore(subscribe, () => shown),
        true,
      )
    createRoot(target).render(
      <>
        <div>{question}</div>
        <div>
          <Answer />
        </div>
      </>,
    )
    return {
      pins: true,
      push: (stored) => {
        text += deltaOf(stored)
      },
      draw: () => {
        shown = text
        notify()
      },
    }
  }
}

export const markdown = component((text, streaming) => (
  <Markdown text={text} streaming={streaming} />
))

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
