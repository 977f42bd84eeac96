import { FileText, FileX } from 'lucide'
import { useState } from 'react'
import type { FilePart } from '#shared/message.ts'
import { isFileMissing } from '../api/file-missing.ts'
import { fileUrl } from '../api/files.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatBytes } from '../ui/format-bytes.ts'

const IMAGE_HEIGHT = 160

/** The files of a message: images, and others to download. */
export function MessageFiles({ files }: { files: readonly FilePart[] }) {
  const [open, setOpen] = useState<FilePart | null>(null)
  const [missing, setMissing] = useState<readonly string[]>([])
  const addMissing = (id: string) => setMissing((before) => [...before, id])
  return (
    <div className="mb-1.5 flex max-w-[85%] flex-wrap justify-end gap-1.5">
      {files.map((file, index) =>
        missing.includes(file.fileId) ? (
          <Missing key={index} name={file.name} />
        ) : file.width !== undefined && file.height !== undefined ? (
          <button
            key={index}
            type="button"
            aria-label={`Open ${file.name}`}
            className="max-w-full overflow-hidden rounded-xl border border-line bg-sunken"
            onClick={() => setOpen(file)}
          >
            {/* Its size is known, so that nothing moves when it comes. */}
            <img
              src={fileUrl(file.fileId)}
              alt={file.name}
              loading="lazy"
              onError={() =>
                void isFileMissing(file.fileId).then((is) => is && addMissing(file.fileId))
              }
              width={Math.round((IMAGE_HEIGHT * file.width) / file.height)}
              height={IMAGE_HEIGHT}
              className="h-40 max-w-full object-contain"
            />
          </button>
        ) : (
          <Download key={index} file={file} onMissing={() => addMissing(file.fileId)} />
        ),
      )}
      {open !== null && (
        <Dialog open onOpenChange={() => setOpen(null)} title={open.name}>
          <img
            src={fileUrl(open.fileId)}
            alt={open.name}
            width={open.width}
            height={open.height}
            className="mx-auto h-auto max-h-[70dvh] w-auto max-w-full"
          />
          <p className="mt-3 text-center text-sm">
            <a className="text-accent underline" href={fileUrl(open.fileId)} download={open.name}>
              Download
            </a>
          </p>
        </Dialog>
      )}
    </div>
  )
}

/** As when a conversation was imported without its files. */
function Missing({ name }: { name: string }) {
  return (
    <p className="flex h-11 max-w-full min-w-0 items-center gap-2 rounded-xl border border-line bg-sunken px-3 text-sm">
      <Icon of={FileX} className="size-4 shrink-0 text-muted" />
      <span className="truncate">{name}</span>
      <span className="shrink-0 text-xs text-muted">is not stored here</span>
    </p>
  )
}

function Download({ file, onMissing }: { file: FilePart; onMissing: () => void }) {
  const { fileId, name, size, pages, sentPages, send } = file
  const sent =
    send === 'original'
      ? 'sent as it is'
      : sentPages === undefined
        ? pages === undefined
          ? formatBytes(size)
          : `${pages} page${pages === 1 ? '' : 's'}`
        : `pages ${sentPages} of ${pages ?? '?'}`
  return (
    <a
      href={fileUrl(fileId)}
      download={name}
      onClick={() => void isFileMissing(file.fileId).then((is) => is && onMissing())}
      aria-label={`Download ${name}, ${sent}`}
      className="flex h-11 max-w-full min-w-0 items-center gap-2 rounded-xl border border-line bg-surface px-3 text-sm hover:bg-sunken"
    >
      <Icon of={FileText} className="size-4 shrink-0 text-muted" />
      <span className="truncate">{name}</span>
      <span className="shrink-0 text-xs text-muted">{sent}</span>
    </a>
  )
}
