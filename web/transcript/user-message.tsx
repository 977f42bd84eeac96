import { messageText } from '#shared/message-text.ts'
import { BranchSwitcher } from './branch-switcher.tsx'
import { isLongText, LongText } from './long-text.tsx'
import type { MessageViewProps } from './message-view.tsx'

export function UserMessage({ row, actions }: MessageViewProps) {
  const { message, siblingIds } = row
  const text = messageText(message)
  return (
    <article aria-label="You" className="flex flex-col items-end pt-8">
      <div
        dir="auto"
        className="max-w-[85%] rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 text-base/7 wrap-anywhere whitespace-pre-wrap"
      >
        {isLongText(text) ? <LongText key={text} text={text} /> : text}
      </div>
      {message.parts.map(
        (part, index) =>
          part.type === 'notice' && (
            <p key={index} className="mt-1 max-w-[85%] text-sm text-warn">
              {part.text}
            </p>
          ),
      )}
      <BranchSwitcher id={message.id} siblingIds={siblingIds} onSelect={actions.selectBranch} />
    </article>
  )
}
