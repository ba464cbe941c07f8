/**
 * Files dropped anywhere in the window, or opened with Basalt from the system's file list. Without this a file dropped
 * beside its target would replace the page.
 */
import { onCleanup } from 'solid-js'

export interface FileDrop {
  readonly onDragging: (dragging: boolean) => void
  readonly onFiles: (files: readonly File[]) => void
}

/** Chromium's queue of files opened with the installed app; not in the standard types. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void
}

export function makeFileDrop({ onDragging, onFiles }: FileDrop): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const onDragOver = (event: DragEvent) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    onDragging(true)
  }
  const onDragLeave = (event: DragEvent) => {
    // Leaving the window itself; leaving one element for another has a related target.
    if (event.relatedTarget === null) onDragging(false)
  }
  const onDrop = (event: DragEvent) => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    onDragging(false)
    onFiles([...(event.dataTransfer?.files ?? [])])
  }
  window.addEventListener('dragover', onDragOver)
  window.addEventListener('dragleave', onDragLeave)
  window.addEventListener('drop', onDrop)
  onCleanup(() => {
    window.removeEventListener('dragover', onDragOver)
    window.removeEventListener('dragleave', onDragLeave)
    window.removeEventListener('drop', onDrop)
  })

  // `launchQueue` is there or not; the optional call covers both.
  const { launchQueue } = window as unknown as { readonly launchQueue?: LaunchQueue }
  launchQueue?.setConsumer(launch => {
    void Promise.all((launch.files ?? []).map(handle => handle.getFile())).then(onFiles)
  })
}
