export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for element content; control characters, which XML 1.0 cannot hold, as numeric references like S3 writes them. */
export function escapeXml(text: string): string {
  return text.replace(
    /[&<>"'\p{Cc}]/gu,
    (char) => ENTITIES[char] ?? `&#x${char.charCodeAt(0).toString(16)};`,
  );
}

/** Serialised XML whose text may still hold control characters of a key, each made a numeric reference. */
export function escapeControls(xml: string): string {
  return xml.replace(/(?![\t\n\r])\p{Cc}/gu, (char) => `&#x${char.charCodeAt(0).toString(16)};`);
}
