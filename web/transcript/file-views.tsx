// How the files of messages and of tools look.
import { FileText, FileX } from 'lucide'
import { useId } from 'react'
import type { FilePart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { isFileMissing } from '../api/file-missing.ts'
import { fileUrl } from '../api/files.ts'
import { Dialog } from '../ui/dialog.tsx'
import { formatBytes } from '#shared/format-bytes.ts'
import { Icon } from '../ui/icon.tsx'
import { plural, t } from '#shared/translate.ts'

interface FileProps {
  file: FilePart
  onMissing: () => void
}

interface FileImageProps extends FileProps {
  width: number
  height: number
  className: string
  onOpen: () => void
}

/** A picture that opens in full size. */
export function FileImage({ file, width, height, className, onMissing, onOpen }: FileImageProps) {
  const id = useId()
  const { fileId, name, alt } = file
  return (
    <>
      <button
        type="button"
        aria-label={t`Open ${visibleText(name)}`}
        aria-describedby={alt === undefined ? undefined : id}
        className="max-w-full overflow-hidden rounded-xl border border-line bg-sunken"
        onClick={onOpen}
      >
        {/* Its size is known, so that nothing moves when it comes. */}
        <img
          src={fileUrl(fileId)}
          alt={visibleText(alt ?? name)}
          loading="lazy"
          onError={() => void isFileMissing(fileId).then((is) => is && onMissing())}
          width={width}
          height={height}
          className={className}
        />
      </button>
      {alt !== undefined && (
        <span id={id} className="sr-only">
          {visibleText(alt)}
        </span>
      )}
    </>
  )
}

export function FileDialog({ file, onClose }: { file: FilePart; onClose: () => void }) {
  const { fileId, name, alt, width, height } = file
  return (
    <Dialog open onOpenChange={onClose} title={visibleText(name)}>
      <img
        src={fileUrl(fileId)}
        alt={visibleText(alt ?? name)}
        width={width}
        height={height}
        className="mx-auto h-auto max-h-[70dvh] w-auto max-w-full"
      />
      {alt !== undefined && <p className="mt-3 text-sm text-muted">{visibleText(alt)}</p>}
      <p className="mt-3 text-center text-sm">
        <a className="text-accent underline" href={fileUrl(fileId)} download={name}>
          {t`Download`}
        </a>
      </p>
    </Dialog>
  )
}

/** As when a conversation was imported without its files. */
export function FileMissing({ name }: { name: string }) {
  return (
    <p className="flex h-11 max-w-full min-w-0 items-center gap-2 rounded-xl border border-line bg-sunken px-3 text-sm">
      <Icon of={FileX} className="size-4 shrink-0 text-muted" />
      <span className="truncate">{visibleText(name)}</span>
      <span className="shrink-0 text-xs text-muted">{t`is not stored here`}</span>
    </p>
  )
}

interface FileDownloadProps extends FileProps {
  /** What is said of it besides its name. */
  about?: string
}

export function FileDownload({ file, onMissing, about = describe(file) }: FileDownloadProps) {
  const { fileId, name } = file
  return (
    <a
      href={fileUrl(fileId)}
      download={name}
      onClick={() => void isFileMissing(fileId).then((is) => is && onMissing())}
      aria-label={t`Download ${visibleText(name)}, ${about}`}
      className="flex h-11 max-w-full min-w-0 items-center gap-2 rounded-xl border border-line bg-surface px-3 text-sm hover:bg-sunken"
    >
      <Icon of={FileText} className="size-4 shrink-0 text-muted" />
      <span className="truncate">{visibleText(name)}</span>{' '}
      <span className="shrink-0 text-xs text-muted">{about}</span>
    </a>
  )
}

function describe({ size, pages, sentPages, send }: FilePart): string {
  if (send === 'original') return t`sent as it is`
  if (sentPages !== undefined) return t`pages ${sentPages} of ${pages ?? '?'}`
  return pages === undefined
    ? formatBytes(size)
    : plural(pages, { one: t`1 page`, other: t`${pages} pages` })
}
