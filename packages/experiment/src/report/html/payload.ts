import { gzipSync } from 'node:zlib';
import { escapeHtml } from '@skyground/charts';

/** Bytes that the page's scripts read, packed. No browser runs or loads an element of this type. */
export function payloadHtml(id: string, content: string | Uint8Array): string {
  const packed = gzipSync(content, { level: 9 }).toString('base64');
  return `<script type="text/plain" id="${escapeHtml(id)}">${packed}</script>`;
}
