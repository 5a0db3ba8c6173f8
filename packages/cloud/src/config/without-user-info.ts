/** A URL, or a text with URLs in it, as it may be printed: an endpoint's may hold a password. */
export function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/\s]*@/g, '//(hidden)@');
}
