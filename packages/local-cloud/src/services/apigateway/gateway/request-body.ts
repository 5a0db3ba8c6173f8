export interface EncodedBody {
  /** null if there is none. */
  readonly text: string | null;
  readonly isBase64Encoded: boolean;
  /** As it came. */
  readonly sizeBytes: number;
}

/** Text of a body, or base64. */
export function encodeBody(bytes: Buffer, isBinary: boolean): EncodedBody {
  const sizeBytes = bytes.byteLength;
  if (sizeBytes === 0) return { text: null, isBase64Encoded: false, sizeBytes };
  return { text: bytes.toString(isBinary ? 'base64' : 'utf8'), isBase64Encoded: isBinary, sizeBytes };
}

/** HTTP APIs tell text by its media type; a body that names none is text, and a form is not. */
export function isTextType(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  return /^\s*(?:text\/|application\/(?:json|javascript|xml|graphql)\s*(?:;|$)|application\/[\w.-]+\+(?:json|xml)\s*(?:;|$))/i.test(
    contentType,
  );
}

/** Whether REST API's binaryMediaTypes (image/png, image/*, *\/*) have a media type. */
export function isBinaryType(binaryMediaTypes: readonly string[], mediaType: string | undefined): boolean {
  const [essence = ''] = (mediaType ?? '').split(/[;,]/, 1);
  const given = essence.trim().toLowerCase();
  const [family = ''] = given.split('/', 1);
  return binaryMediaTypes.some((type) => {
    const wanted = type.toLowerCase();
    return wanted === '*/*' || (given !== '' && (wanted === given || wanted === `${family}/*`));
  });
}
