/** The bytes one record came from: the line of the file, or hexadecimal beside text for what a device sent. */
import { Show } from 'solid-js'
import type { EvidenceRow, RawBytes } from '#workers/api.ts'
import { useApi } from '../state/api.ts'
import { createAnswer } from '../state/createAnswer.ts'
import { useFormat } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { Answered } from './Answered.tsx'

const t = reportTexts.evidence
const BYTES_A_LINE = 16

export function RawBytesView(props: { readonly of: Pick<EvidenceRow, 'artifactId' | 'page' | 'offset' | 'length'> }) {
  const api = useApi()
  const format = useFormat()
  const raw = createAnswer(() => {
    const { artifactId, page, offset, length } = props.of
    return api.data.raw({ artifactId, page, offset, length })
  })
  const origin = (bytes: RawBytes) =>
    bytes.line === undefined
      ? t.fromDevice(
          bytes.artifactName,
          format.number(props.of.offset),
          format.number(props.of.length),
          format.number(props.of.page + 1),
        )
      : t.fromFile(format.number(bytes.line), bytes.artifactName)
  return (
    <Answered of={raw}>
      {bytes => (
        <>
          <p class="small soft" title={format.momentExact(bytes().receivedAt)}>
            {origin(bytes())}, {t.received(format.moment(bytes().receivedAt))}
          </p>
          <Show
            when={bytes().line === undefined}
            fallback={
              <pre class="raw-bytes raw-line" tabindex="0">
                {lineText(bytes().bytes)}
              </pre>
            }
          >
            <pre class="raw-bytes" tabindex="0" aria-label={t.rawBytes}>
              {hexLines(bytes().bytes, props.of.offset)}
            </pre>
          </Show>
        </>
      )}
    </Answered>
  )
}

/** Files come in UTF-8 or, older ones, in Windows-1252; the line's end is not shown. */
function lineText(bytes: Uint8Array<ArrayBuffer>): string {
  const text = (() => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return new TextDecoder('windows-1252').decode(bytes)
    }
  })()
  return text.replace(/[\r\n]+$/, '')
}

/** "000010  02 31 48 …  .1H…", sixteen bytes a line; offsets count from the page's start. */
export function hexLines(bytes: Uint8Array, firstOffset: number): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    const line = [...bytes.subarray(at, at + BYTES_A_LINE)]
    const hex = line.map(byte => byte.toString(16).padStart(2, '0')).join(' ')
    const text = line.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
    lines.push(`${(firstOffset + at).toString(16).padStart(6, '0')}  ${hex.padEnd(BYTES_A_LINE * 3 - 1)}  ${text}`)
  }
  return lines.join('\n')
}
