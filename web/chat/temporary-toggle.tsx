import { MessageCircleDashed } from 'lucide'
import { navigate } from '../router.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { focusComposer } from './focus-composer.ts'
import { NEW_TEMPORARY_CHAT } from './new-temporary-chat.ts'
import { t } from '#shared/translate.ts'

/** On the empty page: begins a temporary chat in place of an ordinary one, or the reverse. */
export function TemporaryToggle({ isOn }: { isOn: boolean }) {
  return (
    <IconButton
      label={t`Temporary chat`}
      aria-pressed={isOn}
      className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
      onClick={() => {
        navigate(isOn ? '/' : NEW_TEMPORARY_CHAT, { replace: true })
        focusComposer()
      }}
    >
      <Icon of={MessageCircleDashed} />
    </IconButton>
  )
}
