export type SupportedFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif';

/** What the first bytes say that a file is. */
export type Content =
  | { readonly kind: 'supported'; readonly format: SupportedFormat }
  | { readonly kind: 'refused-image'; readonly what: string }
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'unknown' };

/** How many first bytes `sniff` looks at. */
export const SNIFF_BYTES = 4096;

interface Signature {
  readonly offset: number;
  /** One character per byte (latin1). */
  readonly magic: string;
  readonly content: Content;
}

const supported = (format: SupportedFormat): Content => ({ kind: 'supported', format });
const refused = (what: string): Content => ({ kind: 'refused-image', what });
const other = (what: string): Content => ({ kind: 'other', what });
const at = (offset: number, magic: string, content: Content): Signature => ({ offset, magic, content });

const SIGNATURES: readonly Signature[] = [
  at(0, '\xff\xd8\xff', supported('jpeg')),
  at(0, '\x89PNG\r\n\x1a\n', supported('png')),
  at(0, 'GIF87a', supported('gif')),
  at(0, 'GIF89a', supported('gif')),
  at(0, 'II*\0', supported('tiff')),
  at(0, 'MM\0*', supported('tiff')),
  at(0, 'II+\0', refused('BigTIFF')),
  at(0, 'MM\0+', refused('BigTIFF')),
  at(0, 'BM', refused('BMP')),
  at(0, '8BPS', refused('Photoshop')),
  at(0, '\0\0\x01\0', refused('Windows icon')),
  at(0, '\xff\x0a', refused('JPEG XL')),
  at(0, '\0\0\0\x0cJXL \r\n\x87\n', refused('JPEG XL')),
  at(0, '\0\0\0\x0cjP  \r\n\x87\n', refused('JPEG 2000')),
  at(0, '\xff\x4f\xff\x51', refused('JPEG 2000')),
  at(0, 'qoif', refused('QOI')),
  at(0, 'v/1\x01', refused('OpenEXR')),
  at(0, '#?RADIANCE', refused('Radiance HDR')),
  at(0, '%PDF', other('PDF document')),
  at(0, '%!PS', other('PostScript document')),
  at(0, 'PK\x03\x04', other('ZIP archive')),
  at(0, 'PK\x05\x06', other('ZIP archive')),
  at(0, '\x1f\x8b', other('gzip data (perhaps a compressed SVG)')),
  at(0, '7z\xbc\xaf\x27\x1c', other('7-Zip archive')),
  at(0, 'Rar!\x1a\x07', other('RAR archive')),
  at(0, '\xfd7zXZ\0', other('XZ data')),
  at(0, '\x28\xb5\x2f\xfd', other('Zstandard data')),
  at(0, 'BZh', other('bzip2 data')),
  at(0, '\x7fELF', other('ELF program')),
  at(0, 'MZ', other('Windows program')),
  at(0, '#!', other('script')),
  at(0, 'SQLite format 3\0', other('SQLite database')),
  at(0, '\x1a\x45\xdf\xa3', other('Matroska or WebM video')),
  at(0, 'OggS', other('Ogg audio or video')),
  at(0, 'ID3', other('MP3 audio')),
  at(257, 'ustar', other('tar archive')),
];

/**
 * Says what a file is by its first bytes. Only what this calls `supported` ever reaches libvips, whose own
 * guess would otherwise open the door to every loader it was built with.
 */
export function sniff(bytes: Uint8Array): Content {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SNIFF_BYTES));
  const text = head.toString('latin1');
  const signature = SIGNATURES.find(({ offset, magic }) => text.startsWith(magic, offset));
  return (
    signature?.content ?? sniffRiff(text) ?? sniffIsoMedia(text) ?? sniffText(head) ?? { kind: 'unknown' }
  );
}

function sniffRiff(text: string): Content | undefined {
  if (!text.startsWith('RIFF')) return undefined;
  return text.startsWith('WEBP', 8) ? supported('webp') : other('RIFF audio or video');
}

/** ISO base media files (AVIF, HEIC, MP4) name their brand in the first box. */
function sniffIsoMedia(text: string): Content | undefined {
  if (!text.startsWith('ftyp', 4)) return undefined;
  const brand = text.slice(8, 12);
  if (brand === 'avif' || brand === 'avis') return supported('avif');
  if (/^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand)) return refused('HEIC or HEIF');
  return other(`ISO media file of brand ${JSON.stringify(brand)}`);
}

function sniffText(head: Buffer): Content | undefined {
  const text = decodeText(head);
  if (text === undefined) return undefined;
  if (/<(?:\w+:)?svg[\s>/]/i.test(text)) return refused('SVG');
  const start = text.trimStart().slice(0, 64).toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return other('HTML page');
  if (start.startsWith('<?xml')) return other('XML document');
  return other('plain text');
}

/** The head as text, or undefined if it holds bytes that no text does. */
function decodeText(head: Buffer): string | undefined {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    // `stream` forgives a character that the cut at SNIFF_BYTES splits.
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    // Control characters other than white space are what tells binary from text.
    return /[^\P{Cc}\s]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
